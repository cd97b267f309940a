"""``hybridchat connectors``: whether a running server's channels are set up at their providers."""

from urllib.parse import quote

import click

from gateways.command_line.neutralising import neutralise
from gateways.command_line.running_server import RunningServer, server_options
from schemas.api.admin import ChannelFindings

__all__ = ["connectors"]


@click.group()
def connectors() -> None:
    """Check channels at their providers, and set them up there."""


@connectors.command()
@click.argument("channel")
@server_options
def check(channel: str, url: str, user: str | None, password_stdin: bool) -> None:
    """Ask a channel's provider whether all is set up.

    It ends with exit code 1 when a fault is found.
    """
    _ask("check", channel, RunningServer(url, user, password_stdin))


@connectors.command()
@click.argument("channel")
@server_options
def setup(channel: str, url: str, user: str | None, password_stdin: bool) -> None:
    """Register a channel at its provider, or say what to do there by hand.

    It ends with exit code 1 when a fault is found.
    """
    _ask("setup", channel, RunningServer(url, user, password_stdin))


def _ask(operation: str, channel: str, server: RunningServer) -> None:
    path = f"/admin/v1/channels/{quote(channel, safe='')}/{operation}"
    findings = server.ask(ChannelFindings, "POST", path).findings
    for each in findings:
        click.echo(neutralise(f"{each.status}: {each.words}"))
    if any(each.status == "fault" for each in findings):
        raise click.exceptions.Exit(1)
