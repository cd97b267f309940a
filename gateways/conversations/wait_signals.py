"""The signals on waiting customers' feeds: how their place in the line and the estimated wait change."""

import asyncio
from typing import TypeAlias

import msgspec

from actors.engine import Committed
from gateways.conversations.queue_standings import agents_logged_in
from gateways.conversations.signals import customer_feed_owner
from gateways.feeds.hub import Signal
from gateways.services import Services
from schemas.events import AgentLoggedIn, AgentLoggedOut
from schemas.instants import format_instant
from schemas.records import conversation_stream, entity_id_of, is_router_stream

__all__ = ["WaitChanged", "WaitSignals"]

_EVERY_SECONDS = 1.0
_LOGINS = (AgentLoggedIn, AgentLoggedOut)


class WaitChanged(msgspec.Struct, frozen=True, omit_defaults=True):
    """The customer's ``position`` in the line, from 1, the number of the logged-in agents who may serve the customer,
    and the estimated wait from now on. The estimate is left out while there is nothing to base it on."""

    position: int
    agents_logged_in: int
    estimated_wait_seconds: float | None = None


_Standing: TypeAlias = tuple[int, int, int | None]


class WaitSignals:
    """Signals to each customer who waits and follows the conversation: at most once a second, and only what has
    changed. An estimate that changes by less than a second is not signalled."""

    def __init__(self, services: Services, every_seconds: float = _EVERY_SECONDS) -> None:
        self._services = services
        self._every_seconds = every_seconds
        self._changed: set[str] = set()
        self._signalled: dict[str, dict[str, _Standing]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def notice(self, committed: list[Committed]) -> None:
        """Takes note of committed events: every change of a line comes with an event of its router, and agents log in
        and out."""
        for record, event in committed:
            if is_router_stream(record.stream):
                self._changed.add(entity_id_of(record.stream))
            elif isinstance(event, _LOGINS):
                self._changed.update(self._services.configuration.mrds)
        if self._changed and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._every_seconds, self.signal)

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def signal(self) -> None:
        """Signals what has changed since the last time."""
        changed, self._changed, self._timer = self._changed, set(), None
        for mrd in changed:
            before = self._signalled.get(mrd, {})
            self._signalled[mrd] = {
                task_id: self._signal(mrd, task_id, conversation_id, before.get(task_id))
                for task_id, conversation_id in self._services.queues.waiting_tasks(mrd)
                if self._is_followed(task_id, conversation_id)
            }

    def _is_followed(self, task_id: str, conversation_id: str) -> bool:
        """True if a customer waits by this task, and not an agent for another, and follows the conversation."""
        if not self._services.hub.listens(customer_feed_owner(conversation_id)):
            return False
        view = self._services.conversations.get(conversation_id)
        return view is not None and view.task_id == task_id and view.status == "waiting_for_agent"

    def _signal(self, mrd: str, task_id: str, conversation_id: str, before: "_Standing | None") -> "_Standing":
        services, now = self._services, self._services.clock()
        position = services.queues.position(mrd, task_id) or 1
        estimate = services.queues.estimated_wait_of(mrd, task_id, now)
        view = services.conversations.get(conversation_id)
        logged_in = agents_logged_in(services, view.queue) if view is not None else 0
        standing = (position, logged_in, None if estimate is None else round(estimate))
        if standing != before:
            data = msgspec.Raw(msgspec.json.encode(WaitChanged(position, logged_in, estimate)))
            owner = customer_feed_owner(conversation_id)
            signal = Signal("WaitChanged", format_instant(now), data, conversation_id, sender_key="")
            services.hub.signal(conversation_stream(conversation_id), signal, only=owner)
        return standing
