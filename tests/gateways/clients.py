"""Customers and agents as the tests play them, over real HTTP."""

import base64
import io
from collections.abc import AsyncIterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import msgspec
from yarl import URL

from config.demo import DEMO_PASSWORD
from gateways.agents.shifts import begin_shift
from gateways.http.problems import PROBLEM_TYPE
from schemas.api.problem import ProblemDetails
from schemas.records import conversation_stream
from tests.gateways.centre import Centre
from tests.gateways.declared_problems import undeclared_problem
from tests.gateways.followers import EventStream, WebSocketFeed, open_event_stream, open_web_socket
from tests.gateways.uploads import FORM, file_part, form, id_part

__all__ = ["Agent", "Answer", "Body", "Caller", "Customer", "text", "upload_of"]

_UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": base64.b64encode(b"0123456789abcdef").decode(),
}

Body = bytes | AsyncIterable[bytes] | Mapping[str, Any] | None


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.content)

    @property
    def replayed(self) -> bool:
        return self.headers.get("Idempotent-Replayed") == "true"

    def of(self, status: int) -> Any:
        """The body of an answer with this status; fails for any other status."""
        assert self.status == status, self.content
        return self.json if self.content else None

    def problem(self, status: int, code: str) -> ProblemDetails:
        """The problem details, checked to be well-formed and to have this status and code."""
        assert self.headers["Content-Type"] == "application/problem+json", self.content
        details = msgspec.json.decode(self.content, type=ProblemDetails, strict=True)
        assert (self.status, details.code) == (status, code), self.content
        assert details.status == status
        assert details.type == f"urn:hybridchat:problem:{code}"
        assert details.title
        assert details.detail
        return details


class Caller:
    """Calls the APIs with a token, or without one."""

    def __init__(self, centre: Centre, token: str | None = None) -> None:
        self.centre = centre
        self.token = token

    async def call(self, method: str, path: str, body: Body = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Calls the API. A mapping is sent as JSON, any other body as it is."""
        raw = msgspec.json.encode(body) if isinstance(body, Mapping) else body
        data = io.BytesIO(raw) if isinstance(raw, bytes) else raw
        sent = {"Content-Type": "application/json"} if body is not None else {}
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        sent |= headers or {}
        url = URL(self.centre.url + path, encoded=True)
        async with self.centre.http.request(method, url, data=data, headers=sent, allow_redirects=False) as response:
            content = await response.read()
        if response.content_type == PROBLEM_TYPE and "Upgrade" not in sent:
            assert (wrong := undeclared_problem(method, path, response.status, content)) is None, wrong
        return Answer(response.status, response.headers, content)

    async def get(self, path: str) -> Answer:
        return await self.call("GET", path)

    async def post(self, path: str, body: Body = None, **headers: str) -> Answer:
        return await self.call("POST", path, body, headers)

    async def put(self, path: str, body: Body) -> Answer:
        return await self.call("PUT", path, body)

    async def knock(self, path: str, **headers: str) -> Answer:
        """Asks for a WebSocket, and returns the HTTP answer to the handshake."""
        return await self.call("GET", path, headers={**_UPGRADE, **headers})

    def web_socket(self, path: str, **options: Any) -> AbstractAsyncContextManager[WebSocketFeed]:
        return open_web_socket(self.centre, path, self.token, **options)

    def event_stream(self, path: str, **headers: str) -> AbstractAsyncContextManager[EventStream]:
        return open_event_stream(self.centre, path, self.token, headers)


class Customer(Caller):
    """A customer in a conversation."""

    def __init__(self, centre: Centre, started: Mapping[str, Any]) -> None:
        super().__init__(centre, started["token"])
        self.id: str = started["conversation_id"]
        self.path = f"/customer/v1/conversations/{self.id}"
        self.stream = conversation_stream(self.id)

    @staticmethod
    async def start(centre: Centre, channel: str = "web-direct", **body: Any) -> "Customer":
        answer = await Caller(centre).post("/customer/v1/conversations", {"channel": channel, **body})
        return Customer(centre, answer.of(201))

    async def write(self, words: str, message_id: str | None = None) -> Answer:
        return await self.post(f"{self.path}/messages", text(words, message_id))

    async def upload(self, content: bytes, name: str, media_type: str, attachment_id: str | None = None) -> Answer:
        return await self.post(f"{self.path}/attachments", upload_of(content, name, media_type, attachment_id), **FORM)

    async def send(self, content: Mapping[str, Any], message_id: str | None = None) -> Answer:
        body = {"content": content} if message_id is None else {"content": content, "id": message_id}
        return await self.post(f"{self.path}/messages", body)

    async def state(self) -> Any:
        return (await self.get(self.path)).of(200)

    async def events(self, after: int = 0) -> list[Any]:
        events: list[Any] = (await self.get(f"{self.path}/events?after={after}")).of(200)["events"]
        return events

    async def end(self) -> Answer:
        return await self.post(f"{self.path}/end")

    def follow(self, after: int = 0) -> AbstractAsyncContextManager[WebSocketFeed]:
        return self.web_socket(f"{self.path}/events?after={after}")


class Agent(Caller):
    """An agent who has a session."""

    def __init__(self, centre: Centre, session: Mapping[str, Any]) -> None:
        super().__init__(centre, session["access_token"])
        self.refresh_token: str = session["refresh_token"]
        self.id: str = session["agent"]["agent_id"]

    @staticmethod
    async def log_in(centre: Centre, name: str = "alice") -> "Agent":
        body = {"username": name, "password": DEMO_PASSWORD}
        return Agent(centre, (await Caller(centre).post("/agent/v1/login", body)).of(200))

    @staticmethod
    async def on_shift(centre: Centre, name: str = "alice") -> "Agent":
        """An agent whose shift has begun, as it does with a live feed, and who is not ready yet."""
        agent = await Agent.log_in(centre, name)
        await begin_shift(centre.services, name)
        return agent

    @staticmethod
    async def ready(centre: Centre, name: str = "alice") -> "Agent":
        agent = await Agent.log_in(centre, name)
        await agent.go("ready")
        return agent

    async def go(self, state: str, **more: str) -> Any:
        return (await self.put("/agent/v1/me/state", {"state": state, **more})).of(200)

    async def me(self) -> Any:
        return (await self.get("/agent/v1/me")).of(200)

    async def offers(self) -> list[Any]:
        return [task for task in (await self.me())["tasks"] if task["state"] == "reserved"]

    async def accept(self, task_id: str) -> Answer:
        return await self.post(f"/agent/v1/tasks/{task_id}/accept")

    async def accept_only_offer(self) -> Any:
        """Accepts the only offered task, and returns it."""
        (task,) = await self.offers()
        (await self.accept(task["task_id"])).of(200)
        return task

    async def decline(self, task_id: str, **body: str) -> Answer:
        return await self.post(f"/agent/v1/tasks/{task_id}/decline", body)

    def path(self, customer: Customer, action: str) -> str:
        return f"/agent/v1/conversations/{customer.id}/{action}"

    async def write(self, customer: Customer, words: str, message_id: str | None = None) -> Answer:
        return await self.post(self.path(customer, "messages"), text(words, message_id))

    async def upload(self, customer: Customer, content: bytes, name: str, media_type: str) -> Answer:
        return await self.post(self.path(customer, "attachments"), upload_of(content, name, media_type), **FORM)

    async def send(self, customer: Customer, content: Mapping[str, Any]) -> Answer:
        return await self.post(self.path(customer, "messages"), {"content": content})

    async def note(self, customer: Customer, words: str, message_id: str | None = None) -> Answer:
        body = {"text": words} if message_id is None else {"text": words, "id": message_id}
        return await self.post(self.path(customer, "notes"), body)

    async def end(self, customer: Customer) -> Answer:
        return await self.post(self.path(customer, "end"))

    async def log_out(self, **body: Any) -> Answer:
        return await self.post("/agent/v1/logout", body)

    async def position(self) -> int:
        position: int = (await self.me())["position"]
        return position

    def follow(self, after: int = 0) -> AbstractAsyncContextManager[WebSocketFeed]:
        return self.web_socket(f"/agent/v1/events?after={after}")


def upload_of(content: bytes, name: str, media_type: str, attachment_id: str | None = None) -> bytes:
    """The body that uploads a file."""
    parts = [file_part(content, name, media_type)]
    return form(*(parts if attachment_id is None else [id_part(attachment_id), *parts]))


def text(words: str, message_id: str | None = None) -> dict[str, Any]:
    """The body that posts a text."""
    body: dict[str, Any] = {"content": {"type": "text", "text": words}}
    return body if message_id is None else {**body, "id": message_id}
