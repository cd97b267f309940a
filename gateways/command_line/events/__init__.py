"""``hybridchat events``: reading, checking and moving the journal."""

import click

from gateways.command_line.events.export import export
from gateways.command_line.events.head import head
from gateways.command_line.events.importing import import_events
from gateways.command_line.events.show import show
from gateways.command_line.events.tail import tail
from gateways.command_line.events.verify import verify

__all__ = ["events"]


@click.group()
def events() -> None:
    """Read, check and move the journal."""


for command in (tail, show, export, import_events, verify, head):
    events.add_command(command)
