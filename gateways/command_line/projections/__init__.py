"""``hybridchat projections``: listing, watching and rebuilding the tables that are built from the journal."""

import click

from gateways.command_line.projections.listing import list_projections
from gateways.command_line.projections.rebuilding import rebuild
from gateways.command_line.projections.status import status

__all__ = ["projections"]


@click.group()
def projections() -> None:
    """List, watch and rebuild the tables built from the journal."""


for command in (list_projections, status, rebuild):
    projections.add_command(command)
