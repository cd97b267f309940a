"""A small busy centre, with a correct call of every endpoint, so that a test can make one thing wrong at a time."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from config.demo import DEMO_PASSWORD
from gateways.application.application import API
from gateways.http.endpoints import Endpoint, Feed
from gateways.openapi.problems import problem_codes
from schemas.api.admin import BotAttemptRequest, CriterionRequest, NewKeyRequest, PasswordRequest
from schemas.api.agent import (
    AnnouncementRequest,
    AssistRequest,
    AttributesRequest,
    ChangePasswordRequest,
    DeclineRequest,
    EndRequest,
    FlushRequest,
    HandOverRequest,
    LabelsRequest,
    LoginRequest,
    LogoutRequest,
    MessageRequest,
    NoteRequest,
    OpenIdSessionRequest,
    OutboundRequest,
    PrimaryRequest,
    RaiseHandRequest,
    ReceiptRequest,
    RefreshRequest,
    SetAgentStateRequest,
    SetStateRequest,
    WhisperRequest,
    WrapUpRequest,
)
from schemas.api.customer import (
    AgentRequest,
    CallbackRequest,
    Ended,
    PostMessage,
    Rating,
    Receipt,
    ReturnRequest,
    StartConversationRequest,
    Typing,
)
from schemas.api.deliveries import RewindRequest
from schemas.api.extern import ApplicationMessageRequest, OutsideTaskRequest
from schemas.api.problem import ProblemDetails
from schemas.api.webhooks import NewWebhookRequest, WebhookRequest
from schemas.configuration import Agent as ConfiguredAgent
from schemas.configuration import ApiKey as ConfiguredKey
from schemas.configuration import (
    Attribute,
    Bot,
    Calendar,
    CannedMessage,
    Channel,
    Mrd,
    Queue,
    ReasonCode,
    Team,
    Webhook,
    WrapUpCode,
)
from schemas.identifiers import new_id
from schemas.instants import format_instant, utc_now
from tests.gateways.centre import NO_BOT, Centre
from tests.gateways.clients import Agent, Answer, Body, Caller, Customer
from tests.gateways.identity.signing import PUBLIC_KEY
from tests.gateways.uploads import FORM, PNG, file_part, form

__all__ = [
    "BODIES",
    "ENDPOINTS",
    "FOR_LEADERS",
    "KEYED",
    "KEYS",
    "PROTECTED",
    "TAKES_BODY",
    "Scene",
    "first_of_each",
    "named",
]

T = TypeVar("T")

ENDPOINTS = API
PROTECTED = [endpoint for endpoint in API if endpoint.access not in ("anyone", "extern", "subscriber")]
KEYED = [endpoint for endpoint in API if endpoint.access in ("extern", "subscriber")]
FOR_LEADERS = [endpoint for endpoint in API if isinstance(endpoint, Endpoint) and "role_missing" in endpoint.errors]
TAKES_BODY = [endpoint for endpoint in API if isinstance(endpoint, Endpoint) and endpoint.request is not None]

WEBHOOK: dict[str, Any] = {
    "url": f"{NO_BOT}/hybridchat",
    "events": ["ConversationStarted", "MessagePosted"],
    "channels": ["web"],
    "queues": ["support"],
    "teams": ["service"],
    "personal": False,
    "enabled": True,
}
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
        "identity": "header.claims.signature",
    },
    PostMessage: {"content": {"type": "text", "text": "Hello"}, "id": new_id()},
    MessageRequest: {"content": {"type": "text", "text": "Hello"}, "id": new_id()},
    OutboundRequest: {
        "channel": "sms",
        "customer": {
            "id": "+442079460958",
            "name": "Ada",
            "email": "ada@example.org",
            "phone": "+44 20 7946 0958",
            "attributes": {"vip": True},
        },
        "content": {"type": "text", "text": "Your parcel is here"},
        "id": new_id(),
        "queue": "support",
        "language": "en-GB",
        "attributes": {"order": "4711"},
    },
    ApplicationMessageRequest: {
        "content": {"type": "text", "text": "Your parcel is here"},
        "id": new_id(),
        "conversation_id": None,
        "channel": "sms",
        "customer": {
            "id": "+442079460123",
            "name": "Ada",
            "email": "ada@example.org",
            "phone": "+44 20 7946 0123",
            "attributes": {"vip": True},
        },
        "queue": "support",
        "language": "en-GB",
        "attributes": {"order": "4711"},
    },
    CallbackRequest: {
        "name": "Ada",
        "phone": "+44 20 7946 0958",
        "id": new_id(),
        "channel": "callback",
        "subject": "My invoice",
        "wanted_at": format_instant(utc_now() + timedelta(days=30)),
        "attributes": {"page": "/prices"},
    },
    OutsideTaskRequest: {
        "queue": "support",
        "subject": "Damaged parcel",
        "id": new_id(),
        "channel": "task",
        "priority": 7,
        "attributes": {"value": 120},
        "customer": {"id": "c-7", "name": "Ada"},
        "wanted_at": format_instant(utc_now() + timedelta(days=30)),
        "url": "https://crm.example.com/claims/4711",
        "override": False,
    },
    ChangePasswordRequest: {"current_password": DEMO_PASSWORD, "password": "a harbour full of kites"},
    Typing: {"active": True},
    Receipt: {"message_id": new_id(), "status": "read"},
    Rating: {"score": 5, "comment": "Quick and kind"},
    ReturnRequest: {"channel": "web", "identity": "eyJ.eyJ.x"},
    AgentRequest: {"queue": "support", "reason": "a person, please"},
    Ended: {},
    LoginRequest: {"username": "alice", "password": "demo"},
    OpenIdSessionRequest: {"code": "rubbish", "code_verifier": "v" * 43},
    RefreshRequest: {"refresh_token": "rubbish"},
    LogoutRequest: {"reason": "end_of_shift", "tasks": {"chat": "close"}},
    SetStateRequest: {"state": "not_ready", "reason": "lunch"},
    PrimaryRequest: {"place": new_id()},
    DeclineRequest: {"reason": "busy"},
    NoteRequest: {"text": "noted", "id": new_id()},
    HandOverRequest: {"to": {"queue": "support"}, "note": "a difficult one", "id": new_id(), "override": False},
    AssistRequest: {"to": {"queue": "support"}, "note": "a difficult one", "id": new_id(), "override": False},
    LabelsRequest: {"add": ["refund"], "remove": ["order"]},
    AttributesRequest: {"attributes": {"order": "4711"}},
    RaiseHandRequest: {"raised": True, "reason": "a refund"},
    ReceiptRequest: {"message_id": new_id(), "status": "read"},
    EndRequest: {"force": True},
    WhisperRequest: {"text": "Offer the voucher", "id": new_id()},
    SetAgentStateRequest: {"state": "logged_out", "reason": "end_of_shift"},
    AnnouncementRequest: {"text": "The shop is down", "team": "blue", "id": new_id()},
    FlushRequest: {"to": "sales", "override": False},
    WrapUpRequest: {"codes": ["sale"], "note": "done"},
    Attribute: {"type": "proficiency"},
    Mrd: {"max_tasks": 3, "interruptible": True},
    Calendar: {
        "zone": "Europe/Vienna",
        "shifts": {"monday": ["09:00-17:00"]},
        "holidays": ["2026-12-24"],
        "country": "AT",
        "subdivision": "9",
    },
    Queue: {
        "mrd": "chat",
        "priority": 5,
        "distribution": "push",
        "offer_timeout_seconds": 20.0,
        "wrap_up_seconds": 0.0,
        "service_level_seconds": 60.0,
        "time_to_live_seconds": 600.0,
        "sticky_seconds": 0.0,
        "response_seconds": 60.0,
        "steps": [{"criterion": "english >= 5", "seconds": 30.0}],
        "overflow": {"queue": "sales", "after_seconds": 60.0},
        "calendar": "office",
    },
    Bot: {
        "url": "http://127.0.0.1:5005",
        "timeout_seconds": 5.0,
        "tries": 3,
        "backoff_seconds": 0.5,
        "silent_turns": 2,
        "suggests": False,
        "signing_secret": "bot_signing",
        "secret_headers": {"X-Api-Key": "bot_key"},
    },
    Channel: {
        "queue": "support",
        "queues": ["sales"],
        "kind": "web",
        "bot": "greeter",
        "allowed_origins": ["https://shop.example"],
        "inactivity_seconds": 600.0,
        "identity_keys": [PUBLIC_KEY],
        "identity_secret": "web_identity",
        "identity_issuer": "https://shop.example",
        "identity_audience": "hybridchat",
        "identity_required": True,
        "language": "en",
        "texts": {"agent_joined": {"en": "Somebody is here"}},
        "connector": None,
        "widget": {
            "mode": "both",
            "callback_channel": "callback",
            "max_wait_seconds": 600.0,
            "accent": "#0b5cad",
            "theme": "dark",
            "launcher": "open",
            "storage": "none",
            "attachments": False,
            "location": True,
            "sound": False,
            "texts": {"waiting": {"en": "Place {place}"}},
            "form": [
                {
                    "name": "subject",
                    "label": {"en": "What is it about?"},
                    "kind": "choice",
                    "required": True,
                    "options": [{"value": "order", "label": {"en": "My order", "de": "Meine Bestellung"}}],
                }
            ],
            "invitation": {
                "text": {"en": "May we help?"},
                "after_seconds": 10.0,
                "paths": ["/shop/*"],
                "visitors": "new",
                "exit_intent": True,
            },
        },
    },
    Team: {"label": "Service", "supervisors": ["sue"]},
    ConfiguredAgent: {
        "name": "Alice",
        "role": "agent",
        "team": "service",
        "mrds": ["chat"],
        "attributes": {"english": 9},
        "email": "alice@example.org",
        "disabled": False,
    },
    ReasonCode: {"label": "Lunch", "use": "not_ready"},
    WrapUpCode: {"label": "Order status"},
    CannedMessage: {"text": "Hello", "label": "Welcome", "queue": "sales", "language": "en"},
    ConfiguredKey: {"sha256": "0" * 64, "scopes": ["connector"]},
    Webhook: {
        **WEBHOOK,
        "signing_secret": "bot_signing",
        "former_signing_secret": "bot_signing",
        "made_by": "crm",
        "disabled_because": "moved",
    },
    WebhookRequest: WEBHOOK,
    NewWebhookRequest: {**WEBHOOK, "id": new_id()},
    BotAttemptRequest: {"text": "Hello", "sender": new_id()},
    CriterionRequest: {"criterion": "english >= 5", "mrd": "chat"},
    NewKeyRequest: {"scopes": ["connector"]},
    PasswordRequest: {"password": "correct horse"},
    RewindRequest: {"position": 42, "at": "2026-11-22T10:00:00Z"},
}
"""A body of each type with every field filled in."""

EXTERN_KEY = "extern-key"
SESSION = new_id()
"""A session of nobody."""
KEYS = {
    "crm": {"sha256": hashlib.sha256(EXTERN_KEY.encode()).hexdigest(), "scopes": ["extern"]},
    "sms": {"sha256": hashlib.sha256(b"sms-key").hexdigest(), "scopes": ["connector"]},
}

SECRETS = {"bot_signing": f"whsec_{'A' * 32}", "bot_key": "0123456789abcdef"}

QUERIES = {"/customer/v1/availability": "?channel=web", "/customer/v1/widget": "?channel=web"}


NAMES = {
    "attributes": "english",
    "mrds": "chat",
    "calendars": "office",
    "queues": "support",
    "bots": "greeter",
    "channels": "web",
    "reason-codes": "lunch",
    "wrap-up-codes": "complaint",
    "canned-messages": "welcome",
    "agents": "alice",
    "teams": "service",
    "api-keys": "sms",
    "webhooks": "crm",
}
"""The name of a configured item, by its table's part of the path."""


def named(endpoint: Endpoint | Feed) -> str:
    """The endpoint's name in the ids of tests."""
    return f"{endpoint.method} {endpoint.path}"


def first_of_each(found: Iterable[T], kind: Callable[[T], object]) -> list[T]:
    """The first of each kind. Rules that depend on the kind alone are tested on it in full; elsewhere a test only
    shows that they are applied."""
    firsts: dict[object, T] = {}
    for each in found:
        firsts.setdefault(kind(each), each)
    return list(firsts.values())


@dataclass(frozen=True)
class Scene:
    """``customer`` is with ``agent``, to whom ``offer`` is offered too, and has uploaded ``attachment``; ``other``
    waits. ``leader`` calls the endpoints for supervisors. The task ``work`` of another application is scheduled for
    later, and ``webhook`` is the webhook of that application. One delivery waits for a target that nothing serves."""

    centre: Centre
    customer: Customer
    other: Customer
    agent: Agent
    leader: Agent
    offer: str
    attachment: str
    administrator: Agent
    work: str
    webhook: str

    @staticmethod
    async def set(centre: Centre) -> "Scene":
        agent = await Agent.ready(centre, "alice")
        customer = await Customer.start(centre, text="Hello")
        await agent.accept_only_offer()
        await Customer.start(centre)
        (offer,) = await agent.offers()
        attachment = (await customer.upload(PNG, "photo.png", "image/png")).of(201)["attachment_id"]
        leader = await Agent.log_in(centre, "sue")
        administrator = await Agent.log_in(centre, "root")
        other = await Customer.start(centre, "web")
        later = {**BODIES[OutsideTaskRequest], "id": new_id()}
        work = (await Caller(centre, EXTERN_KEY).post("/extern/v1/tasks", later)).of(201)["task_id"]
        centre.services.outbox.add("nothing", "webhook:crm", "lane", b"", 0.0)
        made = await Caller(centre, EXTERN_KEY).post("/extern/v1/webhooks", {"url": f"{NO_BOT}/made"})
        webhook = made.of(201)["id"]
        return Scene(centre, customer, other, agent, leader, offer["task_id"], attachment, administrator, work, webhook)

    def token(self, endpoint: Endpoint | Feed) -> str | None:
        agent = self.leader if endpoint in FOR_LEADERS else self.agent
        tokens = {
            "customer": self.customer.token,
            "agent": agent.token,
            "extern": EXTERN_KEY,
            "subscriber": EXTERN_KEY,
            "anyone": None,
        }
        return tokens.get(endpoint.access, self.administrator.token)

    def path(self, endpoint: Endpoint | Feed, **parts: str) -> str:
        """The endpoint's path with these parts, and with valid parts elsewhere."""
        name = NAMES.get("/".join(endpoint.path.split("/")[3:4]), "")
        task_id = self.work if endpoint.access == "extern" else self.offer
        return endpoint.path.format(**{**self.parts, "name": name, "task_id": task_id, **parts})

    @property
    def parts(self) -> dict[str, str]:
        """Valid parts of every path."""
        return {
            "id": self.customer.id,
            "task_id": self.offer,
            "attachment_id": self.attachment,
            "mrd": "chat",
            "queue": "support",
            "stream": self.customer.stream,
            "event_id": self.event_id,
            "session_id": SESSION,
            "delivery_id": "1",
            "target": "webhook:crm",
            "webhook_id": self.webhook,
        }

    @property
    def event_id(self) -> str:
        """The id of the customer's first event."""
        return self.centre.services.journal.read_stream(self.customer.stream, 0, 1)[0].event_id

    def query(self, endpoint: Endpoint | Feed) -> str:
        """The query without which the endpoint cannot answer."""
        return QUERIES.get(endpoint.path, "")

    def body(self, endpoint: Endpoint | Feed) -> Body:
        if not isinstance(endpoint, Endpoint):
            return None
        if endpoint.form is not None:
            return form(file_part(PNG, "photo.png", "image/png"))
        return None if endpoint.request is None else BODIES[endpoint.request]

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
        """Calls the endpoint, with a valid token unless another one, or None for no token, is given."""
        if isinstance(endpoint, Endpoint) and endpoint.form is not None:
            headers = {**FORM, **(headers or {})}
        caller = Caller(self.centre, self.token(endpoint) if token == "" else token)
        return await caller.call(endpoint.method, self.path(endpoint, **parts) + query, body, headers)

    async def refused(self, endpoint: Endpoint | Feed, *allowed: str, **call: Any) -> ProblemDetails:
        """The problem of a refused call, checked to be one of the ``status code`` allowed, to be described, and to
        have left no trace."""
        position = self.centre.services.journal.last_position()
        answer = await self.call(endpoint, **call)
        status, code = next((found.split() for found in allowed if found.startswith(str(answer.status))), ("0", ""))
        details = answer.problem(int(status), code)
        assert code in problem_codes(endpoint)[status], "the description names every problem"
        assert self.centre.services.journal.last_position() == position
        return details
