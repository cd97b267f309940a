"""A busy little centre, and every endpoint of it called rightly, so that one thing can be made wrong at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateways.application import API
from gateways.http.endpoints import Endpoint, Feed
from gateways.openapi.problems import problem_codes
from schemas.api.agent import (
    AnnouncementRequest,
    AttributesRequest,
    DeclineRequest,
    EndRequest,
    FlushRequest,
    HandOverRequest,
    LabelsRequest,
    LoginRequest,
    LogoutRequest,
    NoteRequest,
    RaiseHandRequest,
    ReceiptRequest,
    RefreshRequest,
    SetAgentStateRequest,
    SetStateRequest,
    WhisperRequest,
    WrapUpRequest,
)
from schemas.api.customer import AgentRequest, Ended, PostMessage, StartConversationRequest, Typing
from schemas.api.problem import ProblemDetails
from schemas.identifiers import new_id
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Answer, Body, Caller, Customer

__all__ = ["BODIES", "ENDPOINTS", "FOR_LEADERS", "PROTECTED", "TAKES_BODY", "Scene", "named"]

ENDPOINTS = API
PROTECTED = [endpoint for endpoint in API if endpoint.access != "anyone"]
TAKES_BODY = [endpoint for endpoint in API if isinstance(endpoint, Endpoint) and endpoint.request is not None]
FOR_LEADERS = [
    endpoint for endpoint in API if isinstance(endpoint, Endpoint) and "403 supervisors_only" in endpoint.errors
]

BODIES: dict[Any, dict[str, Any]] = {
    StartConversationRequest: {
        "channel": "web-direct",
        "id": new_id(),
        "customer": {
            "id": "c-7",
            "name": "Ada",
            "email": "ada@example.org",
            "phone": "+44 20",
            "attributes": {"vip": True},
        },
        "queue": "support",
        "language": "en-GB",
        "attributes": {"page": "/prices"},
        "text": "Hello",
    },
    PostMessage: {"content": {"type": "text", "text": "Hello"}, "id": new_id()},
    Typing: {"active": True},
    AgentRequest: {"queue": "support", "reason": "a person, please"},
    Ended: {},
    LoginRequest: {"username": "alice", "password": "demo"},
    RefreshRequest: {"refresh_token": "rubbish"},
    LogoutRequest: {"reason": "end_of_shift", "tasks": {"chat": "close"}},
    SetStateRequest: {"state": "not_ready", "reason": "lunch"},
    DeclineRequest: {"reason": "busy"},
    NoteRequest: {"text": "noted", "id": new_id()},
    HandOverRequest: {"to": {"queue": "support"}, "note": "a difficult one", "id": new_id()},
    LabelsRequest: {"add": ["refund"], "remove": ["order"]},
    AttributesRequest: {"attributes": {"order": "4711"}},
    RaiseHandRequest: {"raised": True, "reason": "a refund"},
    ReceiptRequest: {"message_id": new_id(), "status": "read"},
    EndRequest: {"force": True},
    WhisperRequest: {"text": "Offer the voucher", "id": new_id()},
    SetAgentStateRequest: {"state": "logged_out", "reason": "end_of_shift"},
    AnnouncementRequest: {"text": "The shop is down", "team": "blue", "id": new_id()},
    FlushRequest: {"to": "sales"},
    WrapUpRequest: {"codes": ["order"], "note": "done"},
}
"""A body of each type with every field filled in."""


def named(endpoint: Endpoint | Feed) -> str:
    """How a test's name shows the endpoint."""
    return f"{endpoint.method} {endpoint.path}"


@dataclass(frozen=True)
class Scene:
    """``customer`` is with ``agent``, to whom ``offer`` is offered too; ``other`` waits. ``leader`` calls what is for
    supervisors."""

    centre: Centre
    customer: Customer
    other: Customer
    agent: Agent
    leader: Agent
    offer: str

    @staticmethod
    async def set(centre: Centre) -> "Scene":
        agent = await Agent.ready(centre, "alice")
        customer = await Customer.start(centre, text="Hello")
        await agent.accept_only_offer()
        await Customer.start(centre)
        (offer,) = await agent.offers()
        leader = await Agent.log_in(centre, "sue")
        return Scene(centre, customer, await Customer.start(centre, "web"), agent, leader, offer["task_id"])

    def token(self, endpoint: Endpoint | Feed) -> str | None:
        agent = self.leader if endpoint in FOR_LEADERS else self.agent
        return {"customer": self.customer.token, "agent": agent.token, "anyone": None}[endpoint.access]

    def path(self, endpoint: Endpoint | Feed, **parts: str) -> str:
        """The endpoint's path with these parts in it, or good ones."""
        return endpoint.path.format(
            **{"id": self.customer.id, "task_id": self.offer, "mrd": "chat", "queue": "support", **parts}
        )

    def body(self, endpoint: Endpoint | Feed) -> Body:
        return BODIES[endpoint.request] if isinstance(endpoint, Endpoint) and endpoint.request else None

    async def call(
        self,
        endpoint: Endpoint | Feed,
        *,
        body: Body = None,
        token: str | None = "",
        query: str = "",
        headers: Mapping[str, str] | None = None,
        **parts: str,
    ) -> Answer:
        """With a good token where none is given; None for none."""
        caller = Caller(self.centre, self.token(endpoint) if token == "" else token)
        return await caller.call(endpoint.method, self.path(endpoint, **parts) + query, body, headers)

    async def refused(self, endpoint: Endpoint | Feed, *allowed: str, **call: Any) -> ProblemDetails:
        """The problem, found to be one of ``status code``, to be described, and to have left no trace."""
        position = self.centre.services.journal.last_position()
        answer = await self.call(endpoint, **call)
        status, code = next((found.split() for found in allowed if found.startswith(str(answer.status))), ("0", ""))
        details = answer.problem(int(status), code)
        assert code in problem_codes(endpoint)[status], "the description names every problem"
        assert self.centre.services.journal.last_position() == position
        return details
