"""The rows of the live floor: agents, queues and conversations, and what differs between two floors."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

import msgspec

from gateways.api.bodies import conversation_body, queue_body, task_body
from gateways.conversations.queue_standings import QueueStanding, list_queues
from gateways.conversations.rights import may_supervise, may_supervise_conversation
from gateways.http.principal import Principal
from gateways.services import Services
from projections import AgentView, ConversationView
from schemas.api.agent import QueueState
from schemas.api.floor import LiveAgent, LiveConversation, LiveFloor, LiveFloorPatch, LiveMrd

__all__ = ["FloorRows", "patch_between"]

_MAX_CONVERSATIONS = 5_000
_Row = TypeVar("_Row", LiveAgent, QueueState, LiveConversation)


class _Line(NamedTuple):
    """What the router knows of a conversation that waits."""

    waiting_since: datetime | None = None
    scheduled_for: datetime | None = None
    offered_to: str | None = None


class FloorRows:
    """Reads the floor of one caller again and again. A conversation's row is made anew only when it has changed. It is
    used on the event loop, because it reads the live views."""

    def __init__(self, services: Services, principal: Principal) -> None:
        self._services = services
        self._principal = principal
        self._conversations: dict[str, tuple[tuple[int, _Line], LiveConversation]] = {}

    def read(self) -> LiveFloor:
        open_ = [view for view in self._services.conversations if self._is_in_charge(view)]
        held = open_ if len(open_) <= _MAX_CONVERSATIONS else sorted(open_, key=_urgency)[:_MAX_CONVERSATIONS]
        rows = {view.conversation_id: self._row_of(view) for view in held}
        self._conversations = rows
        return LiveFloor(
            at=self._services.clock(),
            agents=list(self._agents()),
            queues=[queue_body(_without_estimate(standing)) for standing in list_queues(self._services)],
            conversations=[row for _, row in rows.values()],
            conversations_left_out=len(open_) - len(held),
        )

    def _is_in_charge(self, view: ConversationView) -> bool:
        """A supervisor who has taken a conversation over is in charge of it as well."""
        takes_part = self._principal.subject in view.agents
        return view.status != "ended" and (
            takes_part or may_supervise_conversation(self._services, self._principal, view)
        )

    def _row_of(self, view: ConversationView) -> tuple[tuple[int, _Line], LiveConversation]:
        made_from = (view.version, self._line_of(view))
        before = self._conversations.get(view.conversation_id)
        if before is not None and before[0] == made_from:
            return before
        body = msgspec.structs.asdict(conversation_body(view))
        row = LiveConversation(**body, **made_from[1]._asdict())
        return made_from, row

    def _line_of(self, view: ConversationView) -> _Line:
        waits = view.status == "waiting_for_agent" and view.task_id is not None
        task = self._services.queues.task(view.mrd, view.task_id or "") if waits else None
        if task is None:
            return _Line()
        if task.not_before is not None:
            return _Line(scheduled_for=task.not_before)
        return _Line(task.entered_at, offered_to=task.offered_to)

    def _agents(self) -> Iterator[LiveAgent]:
        for agent_id, configured in self._services.configuration.agents.items():
            if may_supervise(self._services, self._principal, agent_id):
                view = self._services.agents.view(agent_id, configured.name)
                yield _agent(view, configured.team, self._services)


def _agent(view: AgentView, team: str | None, services: Services) -> LiveAgent:
    return LiveAgent(
        agent_id=view.agent_id,
        name=view.name,
        state=view.state,
        mrds=[LiveMrd(**msgspec.structs.asdict(mrd)) for mrd in view.mrds] if view.state != "logged_out" else [],
        tasks=[task_body(task) for task in services.agents.held(view.agent_id)],
        team=team,
        reason=view.reason,
        since=view.state_since,
    )


def _without_estimate(standing: QueueStanding) -> QueueStanding:
    """The estimated wait changes at every moment, and would make each queue differ."""
    return msgspec.structs.replace(standing, estimated_wait_seconds=None)


def _urgency(view: ConversationView) -> tuple[bool, bool, int]:
    return not view.hands, view.status != "waiting_for_agent", view.position


def patch_between(before: LiveFloor, now: LiveFloor) -> LiveFloorPatch | None:
    """What makes the one floor the other; None when nothing but the time has changed."""
    agents, gone_agents = _differing(before.agents, now.agents, lambda agent: agent.agent_id)
    queues, gone_queues = _differing(before.queues, now.queues, lambda queue: queue.queue)
    conversations, gone = _differing(before.conversations, now.conversations, lambda each: each.conversation_id)
    left_out = now.conversations_left_out
    changed = agents or gone_agents or queues or gone_queues or conversations or gone
    if not changed and left_out == before.conversations_left_out:
        return None
    return LiveFloorPatch(
        at=now.at,
        agents=agents,
        queues=queues,
        conversations=conversations,
        gone_agents=gone_agents,
        gone_queues=gone_queues,
        gone_conversations=gone,
        conversations_left_out=left_out,
    )


def _differing(before: Sequence[_Row], now: Sequence[_Row], key: Callable[[_Row], str]) -> tuple[list[_Row], list[str]]:
    """The rows that are new or have changed, and the keys of those that are gone."""
    old, new = {key(row): row for row in before}, {key(row): row for row in now}
    changed = [row for name, row in new.items() if old.get(name) is not row and old.get(name) != row]
    return changed, [name for name in old if name not in new]
