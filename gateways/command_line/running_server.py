"""A running server, as the commands that administer it call it."""

import asyncio
import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import aiohttp
import click
import msgspec
from yarl import URL

from gateways.command_line.terminal import neutralise
from schemas.api.agent import Session
from schemas.api.problem import ProblemDetails

__all__ = ["RunningServer", "server_options"]

F = TypeVar("F", bound=Callable[..., Any])

_KEY = "HYBRIDCHAT_API_KEY"
_TIMEOUT = aiohttp.ClientTimeout(total=120)


def server_options(command: F) -> F:
    """Adds ``--url``, ``--user`` and ``--password-stdin``, which the command takes as arguments of RunningServer."""
    url = click.option("--url", default="http://127.0.0.1:8080", show_default=True, help="Where the server is.")
    user = click.option("--user", help=f"Log in as this administrator; without it, {_KEY} holds an API key.")
    stdin = click.option("--password-stdin", is_flag=True, help="Read the password from one line of standard input.")
    return url(user(stdin(command)))


class RunningServer:
    """Raises ClickException for whatever goes wrong."""

    def __init__(self, url: str, user: str | None, password_stdin: bool) -> None:
        self._url = _checked(url)
        self._token = os.environ.get(_KEY, "") if user is None else self._log_in(user, password_stdin)
        if not self._token:
            raise click.ClickException(f"who are you? Set {_KEY}, or log in with --user")
        if not (self._token.isascii() and self._token.isprintable()):
            raise click.ClickException(f"{_KEY} holds what no API key is made of")

    def call(self, method: str, path: str, body: bytes | None = None, media: str = "application/json") -> bytes:
        """The body of the answer, which was a success."""
        return asyncio.run(self._call(method, path, body, media))

    def _log_in(self, user: str, password_stdin: bool) -> str:
        password = sys.stdin.readline().rstrip("\r\n") if password_stdin else click.prompt("Password", hide_input=True)
        self._token = ""
        body = msgspec.json.encode({"username": user, "password": password})
        return msgspec.json.decode(self.call("POST", "/agent/v1/login", body), type=Session).access_token

    async def _call(self, method: str, path: str, body: bytes | None, media: str) -> bytes:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        headers |= {"Content-Type": media} if body is not None else {}
        url = URL(f"{self._url}{path}", encoded=True)
        try:
            async with (
                aiohttp.ClientSession(timeout=_TIMEOUT) as http,
                http.request(method, url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                content = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise click.ClickException(f"cannot reach {self._url}: {str(error) or type(error).__name__}") from error
        if not response.ok or response.status >= 300:
            raise click.ClickException(_told(response.status, content))
        return content


def _checked(url: str) -> str:
    try:
        parsed = URL(url)
    except ValueError:
        parsed = URL()
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise click.BadParameter(f"{url!r} is no address such as http://127.0.0.1:8080")
    return url.rstrip("/")


def _told(status: int, content: bytes) -> str:
    """The problem in words, one line an error where there are several."""
    try:
        problem = msgspec.json.decode(content, type=ProblemDetails)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return f"the server answered {status}; is it Hybrid Chat?"
    if len(problem.errors) < 2:
        return neutralise(problem.detail)
    return "\n".join(f"{neutralise(error.path)}: {neutralise(error.message)}" for error in problem.errors)
