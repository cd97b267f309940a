"""Every kind of caller, and the objects that belong to some of them."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from config.demo import DEMO_PASSWORD
from gateways.http.endpoints import Endpoint, Feed
from schemas.api.extern import OutsideTaskRequest
from schemas.api.webhooks import NewWebhookRequest
from schemas.identifiers import new_id
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Answer, Caller, Customer
from tests.gateways.scene import BODIES, QUERIES
from tests.gateways.uploads import FORM, PNG, file_part, form

__all__ = ["CALLERS", "CENTRE", "Objects"]

_AGENTS = {
    "agent": "alice",
    "other agent": "bob",
    "supervisor": "sue",
    "other supervisor": "tom",
    "administrator": "root",
}
_KEYS = {
    "connector": "connector",
    "bot": "bot",
    "application": "extern",
    "other application": "extern",
    "inspecting key": "inspect",
    "reporting key": "reports",
    "administering key": "admin",
}
CALLERS = ("nobody", "customer", "other customer", *_AGENTS, *_KEYS)

CENTRE: dict[str, Any] = {
    "queues": {"support": {"mrd": "chat", "offer_timeout_seconds": 3600}},
    "agents": {"tom": {"name": "Tom", "role": "supervisor"}},
    "teams": {"service": {"supervisors": ["sue"]}, "night": {"supervisors": ["tom"]}},
    "limits": {"failed_logins_per_minute": 0},
    "api_keys": {
        name.replace(" ", "-"): {"sha256": hashlib.sha256(name.encode()).hexdigest(), "scopes": [scope]}
        for name, scope in _KEYS.items()
    },
}
"""The settings of the centre beside the demo's."""


@dataclass
class Objects:
    """The objects of this moment, and the callers' tokens."""

    centre: Centre
    agents: dict[str, Agent]
    tokens: dict[str, str | None]
    parts: dict[str, str]
    customers: list[Customer]

    @staticmethod
    async def make(centre: Centre, at_work: dict[str, Agent] | None = None) -> "Objects":
        """The agent serves the customer and is offered the conversation of another. Those ``at_work`` are logged in
        and not ready already."""
        agents = await _come(centre, at_work or {})
        agent = agents["agent"]
        await agent.go("ready")
        (await agent.put("/agent/v1/me/mrds/chat/state", {"state": "ready"})).of(200)
        customer = await Customer.start(centre, text="Hello")
        await agent.accept_only_offer()
        other = await Customer.start(centre, text="Hello")
        (offer,) = await agent.offers()
        attachment = (await customer.upload(PNG, "photo.png", "image/png")).of(201)["attachment_id"]
        sessions = (await agent.get("/agent/v1/me/sessions")).of(200)["sessions"]
        work = {**BODIES[OutsideTaskRequest], "id": new_id()}
        task_id = (await Caller(centre, "application").post("/extern/v1/tasks", work)).of(201)["task_id"]
        webhook = {**BODIES[NewWebhookRequest], "id": new_id()}
        webhook_id = (await Caller(centre, "application").post("/extern/v1/webhooks", webhook)).of(201)["id"]
        event_id = centre.services.journal.read_stream(customer.stream, 0, 1)[0].event_id
        tokens = {
            "nobody": None,
            "customer": customer.token,
            "other customer": other.token,
            **{caller: found.token for caller, found in agents.items()},
            **{key: key for key in _KEYS},
        }
        parts = {
            "id": customer.id,
            "task_id": offer["task_id"],
            "work": task_id,
            "attachment_id": attachment,
            "session_id": sessions[0]["session_id"],
            "mrd": "chat",
            "queue": "support",
            "stream": customer.stream,
            "event_id": event_id,
            "webhook_id": webhook_id,
            "name": "nothing",
            "delivery_id": "1",
            "target": "webhook%3Anothing",
        }
        return Objects(centre, agents, tokens, parts, [customer, other])

    async def renewed(self, changed: Collection[str]) -> "Objects":
        """New objects in place of these. Agents whose streams are not among the ``changed`` are still at work; the
        agent who serves the customer begins anew."""
        await self._clear()
        at_work = {
            caller: found
            for caller, found in self.agents.items()
            if caller != "agent" and f"agent-{_AGENTS[caller]}" not in changed
        }
        return await Objects.make(self.centre, at_work)

    def stream_of(self, caller: str) -> str | None:
        """The stream of the caller who is an agent."""
        return f"agent-{_AGENTS[caller]}" if caller in _AGENTS else None

    async def _clear(self) -> None:
        """Ends what is going on, so that the agent has nothing to do."""
        for customer in self.customers:
            await customer.end()
        await Caller(self.centre, "application").call("DELETE", f"/extern/v1/tasks/{self.parts['work']}")

    async def call(self, endpoint: Endpoint | Feed, caller: str) -> Answer:
        """Calls the operation on the objects with a valid body, as this caller."""
        parts = dict(self.parts)
        if endpoint.path.startswith("/extern/"):
            parts["task_id"] = parts["work"]
        if endpoint.path.startswith("/agent/v1/agents/"):
            parts["id"] = "alice"
        path = endpoint.path.format(**parts) + QUERIES.get(endpoint.path, "")
        token = self.tokens[caller]
        if not isinstance(endpoint, Endpoint):
            return await Caller(self.centre, token).get(path)
        if endpoint.form is not None:
            upload = form(file_part(PNG, "photo.png", "image/png"))
            return await Caller(self.centre, token).post(path, upload, **FORM)
        body = None if endpoint.request is None else BODIES.get(endpoint.request)
        return await Caller(self.centre, token).call(endpoint.method, path, body)


async def _come(centre: Centre, at_work: dict[str, Agent]) -> dict[str, Agent]:
    coming = {caller: name for caller, name in _AGENTS.items() if caller not in at_work}
    centre.services.accounts.set_passwords(dict.fromkeys(coming.values(), DEMO_PASSWORD))
    come = {caller: await Agent.on_shift(centre, name) for caller, name in coming.items()}
    for found in come.values():
        await found.go("not_ready")
    return at_work | come
