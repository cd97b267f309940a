"""``hybridchat events``: reading and checking the journal."""

import click

from gateways.command_line.events.export import export
from gateways.command_line.events.show import show
from gateways.command_line.events.tail import tail
from gateways.command_line.events.verify import verify

__all__ = ["events"]


@click.group()
def events() -> None:
    """Read and check the journal."""


for command in (tail, show, export, verify):
    events.add_command(command)
