"""A running server, as the commands that ask or administer it call it."""

import asyncio
import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click
import msgspec

from gateways.client.client import Client, bearer
from gateways.client.exceptions import BusyError, RefusedError, UnreachableError
from gateways.command_line.server_address import parse_url
from gateways.command_line.terminal import neutralise
from schemas.api.agent import LoginRequest, Session

__all__ = ["RunningServer", "call_server", "server_options"]

F = TypeVar("F", bound=Callable[..., Any])

_KEY = "HYBRIDCHAT_API_KEY"
_CALL_SECONDS = 120.0


def server_options(command: F) -> F:
    """Adds ``--url``, ``--user`` and ``--password-stdin``, which the command takes as arguments of RunningServer."""
    url = click.option(
        "--url", callback=parse_url, default="http://127.0.0.1:8080", show_default=True, help="Where the server is."
    )
    user = click.option("--user", help=f"Log in as this administrator; without it, {_KEY} holds an API key.")
    stdin = click.option("--password-stdin", is_flag=True, help="Read the password from one line of standard input.")
    return url(user(stdin(command)))


class RunningServer:
    """Raises ClickException for whatever goes wrong."""

    def __init__(self, url: str, user: str | None, password_stdin: bool) -> None:
        self._url = url
        self._token = os.environ.get(_KEY, "") if user is None else self._log_in(user, password_stdin)
        if not self._token:
            raise click.ClickException(f"who are you? Set {_KEY}, or log in with --user")

    def call(self, method: str, path: str, body: bytes = b"", media: str = "application/json") -> bytes:
        """The body of the answer, which was a success."""
        return call_server(self._url, method, path, self._token, body, media)

    def _log_in(self, user: str, password_stdin: bool) -> str:
        password = sys.stdin.readline().rstrip("\r\n") if password_stdin else click.prompt("Password", hide_input=True)
        body = msgspec.json.encode(LoginRequest(user, password))
        answer = call_server(self._url, "POST", "/agent/v1/login", "", body)
        return msgspec.json.decode(answer, type=Session).access_token


def call_server(
    url: str, method: str, path: str, token: str, body: bytes = b"", media: str = "application/json"
) -> bytes:
    """The body of the answer, in one try. Raises ClickException for whatever goes wrong."""
    if not (token.isascii() and token.isprintable()):
        raise click.ClickException(f"cannot reach {url}: the key or token holds what none is made of")
    headers = {**(bearer(token) if token else {}), "Content-Type": media}
    try:
        return asyncio.run(_call(url, method, path, headers, body))
    except UnreachableError as error:
        raise click.ClickException(f"cannot reach {url}: {neutralise(str(error))}") from error
    except (RefusedError, BusyError) as error:
        raise click.ClickException(_in_words(error)) from error


async def _call(url: str, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    async with Client(url, keep_trying=0, call_seconds=_CALL_SECONDS) as client:
        return await client.call_once(method, client.at(path), headers, body)


def _in_words(error: RefusedError | BusyError) -> str:
    """One line an error where the server names several."""
    if isinstance(error, BusyError):
        return neutralise(str(error))
    if not error.code:
        return f"the server answered {error.status}; is it Hybrid Chat?"
    if len(error.errors) < 2:
        return neutralise(str(error))
    return "\n".join(f"{neutralise(each.path)}: {neutralise(each.message)}" for each in error.errors)
