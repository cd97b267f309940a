"""``hybridchat projections``: what is built from the record, how far it is, and building it anew."""

import click

from gateways.command_line.projections.listing import list_projections
from gateways.command_line.projections.rebuilding import rebuild
from gateways.command_line.projections.status import status

__all__ = ["projections"]


@click.group()
def projections() -> None:
    """List, watch and rebuild what is built from the record."""


for command in (list_projections, status, rebuild):
    projections.add_command(command)
