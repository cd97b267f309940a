"""``hybridchat configuration``: the whole configuration of a running server, as one TOML file."""

import os
from pathlib import Path

import click
import msgspec
import tomli_w

from config import SettingsError, load_settings, load_tables
from gateways.command_line.neutralising import neutralise_lines
from gateways.command_line.output_file import output_option, write_export
from gateways.command_line.running_server import RunningServer, server_options
from schemas.api.admin import ImportResult
from schemas.configuration import TABLES

__all__ = ["configuration", "print_import_result"]

_SECRETS = "HYBRIDCHAT__SECRETS__"

_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.group()
def configuration() -> None:
    """Export, import and check the configuration."""


@configuration.command()
@output_option
@server_options
def export(output: Path | None, url: str, user: str | None, password_stdin: bool) -> None:
    """Write the configuration of a running server as TOML."""
    server = RunningServer(url, user, password_stdin)
    write_export(server.call("GET", "/admin/v1/configuration"), output)


@configuration.command("import")
@_file
@click.option("--replace", is_flag=True, help="Remove the items that the file does not hold.")
@server_options
def import_(file: Path, replace: bool, url: str, user: str | None, password_stdin: bool) -> None:
    """Bring the tables of a TOML file into a running server, all or nothing.

    Other sections of a settings file, such as [server], are not sent.
    """
    try:
        tables = load_tables(file)
    except SettingsError as error:
        raise click.ClickException(neutralise_lines(str(error))) from error
    server = RunningServer(url, user, password_stdin)
    path = f"/admin/v1/configuration?replace={str(replace).lower()}"
    content = tomli_w.dumps(msgspec.to_builtins(tables)).encode()
    print_import_result(server.ask(ImportResult, "PUT", path, content, "application/toml"))


@configuration.command()
@_file
def check(file: Path) -> None:
    """Check a TOML file as a server's first configuration, without a server. Secrets that it names are looked for in
    the file and in the environment."""
    secrets = {name: text for name, text in os.environ.items() if name.upper().startswith(_SECRETS)}
    try:
        tables = load_settings(file, environment=secrets).tables
    except SettingsError as error:
        raise click.ClickException(neutralise_lines(str(error))) from error
    counts = [f"{len(getattr(tables, table))} {table}" for table in TABLES if getattr(tables, table)]
    click.echo(f"{file} is good: {', '.join(counts) or 'it configures nothing'}")


def print_import_result(result: ImportResult) -> None:
    click.echo(f"Added {result.added}, changed {result.changed}, removed {result.removed}")
