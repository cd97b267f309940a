"""``hybridchat deliveries``: what is on its way from a running server to outside systems."""

import click

from gateways.command_line.deliveries.changing import drop, resume, retry, rewind
from gateways.command_line.deliveries.reading import list_, show, targets

__all__ = ["deliveries"]


@click.group()
def deliveries() -> None:
    """Look at deliveries to outside systems, and try them again."""


for command in (targets, list_, show, retry, drop, resume, rewind):
    deliveries.add_command(command)
