"""Calling a running server from the commands that ask or administer it."""

import asyncio
import os
from collections.abc import Callable
from typing import TypeVar

import click
import msgspec

from gateways.client.client import Client, bearer, decoded
from gateways.client.exceptions import BusyError, CallRefusedError, UnexpectedAnswerError, UnreachableError
from gateways.command_line.neutralising import neutralise, neutralise_lines
from gateways.command_line.passwords import password_stdin_option, read_password
from gateways.command_line.server_address import parse_url
from schemas.api.agent import LoginRequest, Session

__all__ = ["RunningServer", "call_server", "decode_answer", "server_options"]

F = TypeVar("F", bound=Callable[..., object])
T = TypeVar("T")

_KEY = "HYBRIDCHAT_API_KEY"
_CALL_SECONDS = 120.0


def server_options(command: F) -> F:
    """Adds ``--url``, ``--user`` and ``--password-stdin``: the command passes them to RunningServer."""
    url = click.option(
        "--url", callback=parse_url, default="http://127.0.0.1:8080", show_default=True, help="Where the server is."
    )
    user = click.option("--user", help=f"Log in as this administrator; without it, {_KEY} holds an API key.")
    return url(user(password_stdin_option(command)))


class RunningServer:
    """Calls one server with the key or the login that the command was given.

    Everything that goes wrong is raised as a ClickException.
    """

    def __init__(self, url: str, user: str | None, password_stdin: bool) -> None:
        self._url = url
        self._token = os.environ.get(_KEY, "") if user is None else self._log_in(user, password_stdin)
        if not self._token:
            raise click.ClickException(f"no API key is given. Set {_KEY}, or log in with --user")

    def call(self, method: str, path: str, body: bytes = b"", media: str = "application/json") -> bytes:
        """Returns the body of a successful answer."""
        return call_server(self._url, method, path, self._token, body, media)

    def ask(self, kind: type[T], method: str, path: str, body: bytes = b"", media: str = "application/json") -> T:
        """Returns a successful answer, read as ``kind``."""
        return self.decode(kind, self.call(method, path, body, media))

    def decode(self, kind: type[T], content: bytes) -> T:
        """Reads what the server answered as ``kind``."""
        return decode_answer(self._url, content, kind)

    def _log_in(self, user: str, password_stdin: bool) -> str:
        body = msgspec.json.encode(LoginRequest(user, read_password(password_stdin)))
        answer = call_server(self._url, "POST", "/agent/v1/login", "", body)
        return self.decode(Session, answer).access_token


def call_server(
    url: str, method: str, path: str, token: str, body: bytes = b"", media: str = "application/json"
) -> bytes:
    """Calls once and returns the body of a successful answer. Raises ClickException for everything that goes wrong."""
    if not (token.isascii() and token.isprintable()):
        raise click.ClickException(f"cannot reach {url}: the key or token has a character that none can have")
    headers = {**(bearer(token) if token else {}), "Content-Type": media}
    try:
        return asyncio.run(_call(url, method, path, headers, body))
    except UnreachableError as error:
        raise click.ClickException(f"cannot reach {url}: {neutralise_lines(str(error))}") from error
    except (CallRefusedError, BusyError) as error:
        raise click.ClickException(_in_words(error)) from error


def decode_answer(url: str, content: bytes, kind: type[T]) -> T:
    """Reads an answer of the server at ``url``. Raises ClickException when it is not of this kind."""
    try:
        return decoded(content, kind)
    except UnexpectedAnswerError as error:
        raise click.ClickException(f"{url} does not answer as Hybrid Chat does; check --url") from error


async def _call(url: str, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    async with Client(url, keep_trying=0, call_seconds=_CALL_SECONDS) as client:
        return await client.call_once(method, client.at(path), headers, body)


def _in_words(error: CallRefusedError | BusyError) -> str:
    """Describes a refusal. If the server names several errors, each of them has a line."""
    if isinstance(error, BusyError):
        return neutralise_lines(str(error))
    if not error.code:
        return f"the server answered {error.status}; is it Hybrid Chat?"
    if len(error.errors) < 2:
        return neutralise_lines(str(error))
    return "\n".join(f"{neutralise(each.path)}: {neutralise_lines(each.message)}" for each in error.errors)
