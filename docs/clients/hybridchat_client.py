"""A client of Hybrid Chat in one file, to copy into a program of your own. It needs Python 3.11 and aiohttp.

    async with aiohttp.ClientSession() as session:
        conversation = await Conversation.start(session, "https://chat.example.com", channel="web", text="Hello")
        async for event in conversation.events():
            if event["type"] == "MessagePosted":
                print(event["data"]["content"])

Calls are repeated while the server is away or busy, which is safe, because all that is created carries an id. Feeds go
on at their cursor after every interruption: each event comes once, in order.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from random import SystemRandom
from typing import Any
from uuid import uuid4

import aiohttp

__all__ = ["Agent", "Conversation", "Json", "ProblemError"]

Json = dict[str, Any]

_BUSY = (429, 502, 503, 504)
"""Answers after which a call is repeated. A proxy answers with 502 or 504 while the server is away."""
_FIRST_PAUSE_SECONDS = 0.2
_MAX_PAUSE_SECONDS = 30.0
_HEARTBEAT_SECONDS = 20.0
_CALL_TIMEOUT = aiohttp.ClientTimeout(total=15.0)


class ProblemError(Exception):
    """The server has refused a call. ``code`` is for programs, the text for people; ``problem`` has all of it."""

    def __init__(self, status: int, problem: Json, retry_after: float | None = None) -> None:
        super().__init__(f"{problem.get('code')}: {problem.get('detail')}")
        self.status = status
        self.code = str(problem.get("code", ""))
        self.problem = problem
        self.retry_after = retry_after


class _Caller:
    """Calls with one token, and follows one feed with it."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str = "") -> None:
        self._session = session
        self._url = url.rstrip("/")
        self._token = token

    async def call(self, method: str, path: str, body: Json | None = None) -> Json:
        """The answer's body. While the server is away or busy, the call is repeated. Raises ProblemError."""
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                return await self._call_once(method, path, body)
            except ProblemError as problem:
                renewed = problem.code == "token_expired" and await self._renew()
                if not renewed and problem.status not in _BUSY:
                    raise
                wait = 0.0 if renewed else problem.retry_after
            except (aiohttp.ClientError, OSError):
                wait = None
            pause = await _sleep(pause, wait)

    async def _call_once(self, method: str, path: str, body: Json | None) -> Json:
        async with self._session.request(
            method, self._url + path, json=body, headers=self._headers(), timeout=_CALL_TIMEOUT
        ) as response:
            content = await response.text()
            if response.ok:
                return _decoded(content)
            problem = _decoded(content) if response.content_type == "application/problem+json" else {"detail": content}
            retry_after = response.headers.get("Retry-After")
            raise ProblemError(response.status, problem, float(retry_after) if retry_after else None)

    async def _follow(self, path: str, after: int) -> AsyncIterator[Json]:
        """The feed's events beyond the cursor, and then what happens. Raises ProblemError when it is over for good."""
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                async with self._session.ws_connect(
                    f"{self._url}{path}?after={after}",
                    headers=self._headers(),
                    protocols=("hybridchat.v1",),
                    heartbeat=_HEARTBEAT_SECONDS,
                ) as socket:
                    async for frame in socket:
                        if frame.type is not aiohttp.WSMsgType.TEXT:
                            break
                        event = _decoded(frame.data)
                        # Signals have no cursor.
                        cursor: int | None = event.get("position", event.get("version"))
                        after = after if cursor is None else cursor
                        pause = _FIRST_PAUSE_SECONDS
                        yield event
            except (aiohttp.ClientError, OSError):
                pass  # the call below finds out whether it is for good
            pause = await _sleep(pause)
            # It waits for a server that is away, renews a token that has expired, and is refused when the session is
            # over. So no code of a closed WebSocket needs a case of its own.
            await self.call("GET", f"{path}?after={after}&limit=1")

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}

    async def _renew(self) -> bool:
        """Gets a new token for one that has expired, where that is possible."""
        return False


class Conversation(_Caller):
    """A conversation on its customer's side. Channels of kind ``connector`` want their API key at the start."""

    def __init__(self, session: aiohttp.ClientSession, url: str, api_key: str, start: Json) -> None:
        super().__init__(session, url)
        self._api_key = api_key
        self._start = start
        self.id = ""

    @classmethod
    async def start(
        cls, session: aiohttp.ClientSession, url: str, channel: str, *, api_key: str = "", **start: Any
    ) -> "Conversation":
        """Starts a conversation, or goes on with the one that the customer has open. ``start`` has the other fields of
        ``POST /customer/v1/conversations``, such as ``customer`` and ``text``."""
        conversation = cls(session, url, api_key, {"id": str(uuid4()), "channel": channel, **start})
        await conversation._renew()
        return conversation

    def events(self, after: int = 0) -> AsyncIterator[Json]:
        """The events that the customer sees. Keep the last ``version`` that you have dealt with."""
        return self._follow(f"/customer/v1/conversations/{self.id}/events", after)

    async def post(self, text: str, message_id: str | None = None) -> Json:
        """Posts the customer's message. The same ``message_id`` again posts nothing twice."""
        body = {"id": message_id or str(uuid4()), "content": {"type": "text", "text": text}}
        return await self.call("POST", f"/customer/v1/conversations/{self.id}/messages", body)

    async def _renew(self) -> bool:
        """The same start again is answered with the same conversation."""
        started = await _Caller(self._session, self._url, self._api_key).call(
            "POST", "/customer/v1/conversations", self._start
        )
        self.id, self._token = started["conversation_id"], started["token"]
        return True


class Agent(_Caller):
    """An agent who is logged in. The shift begins with the feed or with going ready."""

    def __init__(self, session: aiohttp.ClientSession, url: str, tokens: Json) -> None:
        super().__init__(session, url, tokens["access_token"])
        self._refresh_token: str = tokens["refresh_token"]
        self._begins = 0

    @classmethod
    async def log_in(cls, session: aiohttp.ClientSession, url: str, username: str, password: str) -> "Agent":
        body = {"username": username, "password": password}
        agent = cls(session, url, await _Caller(session, url).call("POST", "/agent/v1/login", body))
        agent._begins = (await agent.call("GET", "/agent/v1/me"))["position"]
        return agent

    def events(self, after: int | None = None) -> AsyncIterator[Json]:
        """The agent's own events, and those of the conversations that the agent takes part in: from the login on, or
        beyond the last ``position`` that you have dealt with."""
        return self._follow("/agent/v1/events", self._begins if after is None else after)

    async def go(self, state: str) -> Json:
        """Goes ``ready`` or ``not_ready``."""
        return await self.call("PUT", "/agent/v1/me/state", {"state": state})

    async def accept(self, task_id: str) -> Json:
        return await self.call("POST", f"/agent/v1/tasks/{task_id}/accept")

    async def post(self, conversation_id: str, text: str, message_id: str | None = None) -> Json:
        """Posts the agent's message. The same ``message_id`` again posts nothing twice."""
        body = {"id": message_id or str(uuid4()), "content": {"type": "text", "text": text}}
        return await self.call("POST", f"/agent/v1/conversations/{conversation_id}/messages", body)

    async def _renew(self) -> bool:
        body = {"refresh_token": self._refresh_token}
        tokens = await _Caller(self._session, self._url).call("POST", "/agent/v1/refresh", body)
        self._token, self._refresh_token = tokens["access_token"], tokens["refresh_token"]
        return True


def _decoded(content: str) -> Json:
    decoded: Json = json.loads(content) if content else {}
    return decoded


async def _sleep(pause: float, wait: float | None = None) -> float:
    """Sleeps for the time that the server wants, or else about so long. Returns the next pause."""
    await asyncio.sleep(pause * SystemRandom().uniform(0.5, 1.0) if wait is None else wait)
    return min(2 * pause, _MAX_PAUSE_SECONDS)
