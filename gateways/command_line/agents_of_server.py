"""``hybridchat agents list``, ``export`` and ``import``: the agents of a running server."""

from pathlib import Path
from typing import BinaryIO

import click

from gateways.command_line.configuration import say_result
from gateways.command_line.listing import all_items
from gateways.command_line.output_file import write_export
from gateways.command_line.running_server import RunningServer, server_options
from gateways.command_line.terminal import neutralise

__all__ = ["export", "import_", "list_"]


@click.command("list")
@server_options
def list_(url: str, user: str | None, password_stdin: bool) -> None:
    """List the agents of a running server."""
    server = RunningServer(url, user, password_stdin)
    for name, agent in all_items(server, "agents"):
        role, team = agent.get("role", "agent"), agent.get("team", "-")
        click.echo(neutralise(f"{name:24} {role:14} {team:24} {agent['name']}"))


@click.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="The file; standard output without it.")
@server_options
def export(output: Path | None, url: str, user: str | None, password_stdin: bool) -> None:
    """Write the agents of a running server as CSV."""
    server = RunningServer(url, user, password_stdin)
    write_export(server.call("GET", "/admin/v1/agents.csv"), output)


@click.command("import")
@click.argument("file", type=click.File("rb"))
@server_options
def import_(file: BinaryIO, url: str, user: str | None, password_stdin: bool) -> None:
    """Bring the agents of a CSV file into a running server, all or none; the others stay."""
    content = file.read()
    server = RunningServer(url, user, password_stdin)
    say_result(server.call("PUT", "/admin/v1/agents.csv", content, "text/csv"))
