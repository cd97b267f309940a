"""An agent's session: it logs in, and renews its tokens before they expire."""

import asyncio
import time
from http import HTTPStatus
from typing import NamedTuple

import aiohttp
import msgspec

from gateways.client.client import Client, Headers, bearer, decoded
from gateways.client.exceptions import CallRefusedError, LoginError
from schemas.api.agent import LoginRequest, RefreshRequest, Session

__all__ = ["AgentSession", "Credentials"]

_BASE = "/agent/v1"
_RENEW_AT = 0.8
"""The part of a token's lifetime after which it is renewed."""


class Credentials(NamedTuple):
    username: str
    password: str


class AgentSession:
    """Calls the Agent API as one agent. If the server has ended the session, the agent logs in again."""

    def __init__(self, client: Client, credentials: Credentials) -> None:
        self._client = client
        self._credentials = credentials
        self._renewing = asyncio.Lock()
        self._renew_at = 0.0
        self._refresh_token = ""
        self._headers: Headers = {}

    async def log_in(self) -> None:
        """Raises LoginError when the server does not accept the credentials."""
        body = msgspec.json.encode(LoginRequest(*self._credentials))
        try:
            await self._begin("login", body)
        except CallRefusedError as error:
            raise LoginError(f"{self._credentials.username} cannot log in: {error}") from error

    async def call(self, method: str, path: str, body: bytes = b"") -> bytes:
        """Does the same as ``Client.call`` at a path of the Agent API."""
        url = self._client.at(_BASE + path)
        headers = await self._authenticate()
        try:
            return await self._client.call(method, url, headers, body)
        except CallRefusedError as error:
            if error.status != HTTPStatus.UNAUTHORIZED:
                raise
        await self._renew(headers)
        return await self._client.call(method, url, self._headers, body)

    async def open_feed(self, path: str) -> aiohttp.ClientWebSocketResponse:
        """Does the same as ``Client.open_feed`` at a path of the Agent API."""
        headers = await self._authenticate()
        try:
            return await self._client.open_feed(_BASE + path, headers)
        except CallRefusedError as error:
            if error.status != HTTPStatus.UNAUTHORIZED:
                raise
        await self._renew(headers)
        return await self._client.open_feed(_BASE + path, self._headers)

    async def _authenticate(self) -> Headers:
        if time.monotonic() >= self._renew_at:
            await self._renew(self._headers)
        return self._headers

    async def _renew(self, stale: Headers) -> None:
        """Renews the token once, however many calls find at the same time that it has expired: a refresh token can be
        used only once."""
        async with self._renewing:
            if self._headers is not stale:
                return
            try:
                await self._begin("refresh", msgspec.json.encode(RefreshRequest(self._refresh_token)))
            except CallRefusedError:
                await self.log_in()

    async def _begin(self, how: str, body: bytes) -> None:
        answer = await self._client.call("POST", self._client.at(f"{_BASE}/{how}"), body=body)
        session = decoded(answer, Session)
        self._renew_at = time.monotonic() + _RENEW_AT * session.expires_in
        self._refresh_token = session.refresh_token
        self._headers = bearer(session.access_token)
