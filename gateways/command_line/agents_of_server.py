"""``hybridchat agents list``, ``export`` and ``import``: the agents of a running server."""

from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from gateways.command_line.configuration import print_import_result
from gateways.command_line.configured_items import configured_items
from gateways.command_line.neutralising import neutralise
from gateways.command_line.output_file import output_option, write_export
from gateways.command_line.running_server import RunningServer, server_options
from schemas.api.admin import ImportResult

__all__ = ["export", "import_", "list_"]


class _ListedAgent(msgspec.Struct):
    name: str
    role: str = "agent"
    team: str | None = None


@click.command("list")
@server_options
def list_(url: str, user: str | None, password_stdin: bool) -> None:
    """List the agents of a running server."""
    server = RunningServer(url, user, password_stdin)
    for name, agent in configured_items(server, "agents", _ListedAgent):
        click.echo(neutralise(f"{name:24} {agent.role:14} {agent.team or '-':24} {agent.name}"))


@click.command()
@output_option
@server_options
def export(output: Path | None, url: str, user: str | None, password_stdin: bool) -> None:
    """Write the agents of a running server as CSV."""
    server = RunningServer(url, user, password_stdin)
    write_export(server.call("GET", "/admin/v1/agents.csv"), output)


@click.command("import")
@click.argument("file", type=click.File("rb"))
@server_options
def import_(file: BinaryIO, url: str, user: str | None, password_stdin: bool) -> None:
    """Bring the agents of a CSV file into a running server, all or none.

    Agents that the file does not name stay as they are.
    """
    content = file.read()
    server = RunningServer(url, user, password_stdin)
    print_import_result(server.ask(ImportResult, "PUT", "/admin/v1/agents.csv", content, "text/csv"))
