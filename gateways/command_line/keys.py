"""``hybridchat keys``: the API keys of a running server."""

from typing import get_args

import click
import msgspec

from gateways.command_line.configured_items import configured_items
from gateways.command_line.neutralising import neutralise
from gateways.command_line.running_server import RunningServer, server_options
from schemas.api.admin import NewKey
from schemas.configuration import Scope
from schemas.identifiers import ConfiguredName

__all__ = ["keys"]


class _ListedKey(msgspec.Struct):
    scopes: list[str]


@click.group()
def keys() -> None:
    """Manage the API keys."""


@keys.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice(get_args(Scope)),
    help="What the key allows.",
)
@server_options
def create(name: str, scopes: tuple[str, ...], url: str, user: str | None, password_stdin: bool) -> None:
    """Make an API key and print it. It is shown only this once."""
    _check_name(name)
    server = RunningServer(url, user, password_stdin)
    body = msgspec.json.encode({"scopes": scopes})
    made = server.ask(NewKey, "POST", f"/admin/v1/api-keys/{name}", body)
    click.echo(f"The key {made.name}, which is shown only this once:", err=True)
    click.echo(made.key)


@keys.command("list")
@server_options
def list_(url: str, user: str | None, password_stdin: bool) -> None:
    """List the API keys and their scopes."""
    server = RunningServer(url, user, password_stdin)
    for name, key in configured_items(server, "api-keys", _ListedKey):
        click.echo(neutralise(f"{name:24} {' '.join(key.scopes)}"))


@keys.command()
@click.argument("name")
@server_options
def remove(name: str, url: str, user: str | None, password_stdin: bool) -> None:
    """Remove an API key. It is refused from then on."""
    _check_name(name)
    RunningServer(url, user, password_stdin).call("DELETE", f"/admin/v1/api-keys/{name}")
    click.echo(f"Removed {name}")


def _check_name(name: str) -> None:
    """Raises BadParameter for a name that no configured item can have."""
    try:
        msgspec.convert(name, ConfiguredName)
    except msgspec.ValidationError:
        raise click.BadParameter(f"{name!r} is no name of lower-case letters, digits, '.', '_' and '-'") from None
