"""The router of one media routing domain: its waiting line, and who gets which task."""

from bisect import bisect_left, insort
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, assert_never

import msgspec

from actors.decider import Decider, Decision, Message, no_deadlines
from schemas.commands import (
    CancelTask,
    ConfigureQueue,
    ConfirmTask,
    EnqueueTask,
    MatchTask,
    OfferTask,
    ReportAvailability,
    ReturnTask,
    RouterCommand,
    WithdrawOffer,
)
from schemas.events import (
    AgentAvailabilityChanged,
    Candidate,
    Event,
    Exclusion,
    RouterEvent,
    TaskAssigned,
    TaskCancelled,
    TaskOffered,
    TaskQueued,
    TaskRequeued,
)
from schemas.queues import QueueSettings

__all__ = ["NAMED_CANDIDATES", "ROUTER", "Availability", "Place", "RoutedTask", "Router"]

NAMED_CANDIDATES = 20
"""How many candidates a routing decision names; it counts them all."""


class Place(NamedTuple):
    """A task's place in the line. In order: the task's priority, the queue's priority, the longest wait."""

    task_rank: int
    queue_rank: int
    queued_at: datetime
    task_id: str


class RoutedTask(msgspec.Struct):
    """A task in the line or offered. ``excluded`` maps agents that let it go to how they did."""

    task_id: str
    conversation_id: str
    queue: QueueSettings
    place: Place
    offered_to: str | None = None
    excluded: dict[str, Literal["rona", "declined"]] = {}


class Availability(msgspec.Struct):
    """An agent as the router sees it.

    ``offers`` counts the router's own pending offers; ``let_go`` lists its tasks from which the agent is excluded.
    """

    agent_id: str
    accepting: bool
    max_tasks: int
    active_tasks: int
    available_since: datetime
    offers: int = 0
    let_go: list[str] = []

    @property
    def free_slots(self) -> int:
        return self.max_tasks - self.active_tasks - self.offers if self.accepting else 0


class Router(msgspec.Struct):
    mrd: str
    version: int = 0
    tasks: dict[str, RoutedTask] = {}
    line: list[Place] = []
    agents: dict[str, Availability] = {}


def decide(state: Router, command: RouterCommand) -> Decision:
    match command:
        case EnqueueTask():
            return _enqueue(state, command)
        case CancelTask():
            return _cancel(state, command)
        case ConfirmTask():
            return _confirm(state, command)
        case ReturnTask():
            return _return(state, command)
        case ReportAvailability():
            return _report_availability(state, command)
        case MatchTask():
            return _match(state, command)
        case ConfigureQueue():
            return Decision()
    assert_never(command)


def _enqueue(state: Router, command: EnqueueTask) -> Decision:
    if command.task_id in state.tasks:
        return Decision()
    queued = TaskQueued(
        task_id=command.task_id,
        conversation_id=command.conversation_id,
        queue=command.queue,
        priority=command.priority,
        queued_at=command.queued_at,
    )
    return _then_match(state, [queued], command.at)


def _cancel(state: Router, command: CancelTask) -> Decision:
    task = state.tasks.get(command.task_id)
    if task is None:
        return Decision()
    cancelled = TaskCancelled(task_id=task.task_id, conversation_id=task.conversation_id, reason=command.reason)
    decision = _then_match(state, [cancelled], command.at)
    if task.offered_to is not None:
        withdraw = WithdrawOffer(at=command.at, task_id=task.task_id, reason=command.reason)
        decision.messages.insert(0, Message(f"agent-{task.offered_to}", withdraw))
    return decision


def _confirm(state: Router, command: ConfirmTask) -> Decision:
    task = state.tasks.get(command.task_id)
    if task is None or task.offered_to != command.agent_id:
        return Decision()
    assigned = TaskAssigned(task_id=task.task_id, conversation_id=task.conversation_id, agent_id=command.agent_id)
    return Decision([assigned])


def _return(state: Router, command: ReturnTask) -> Decision:
    task = state.tasks.get(command.task_id)
    if task is None or task.offered_to != command.agent_id:
        return Decision()
    requeued = TaskRequeued(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        agent_id=command.agent_id,
        reason=command.reason,
    )
    return _then_match(state, [requeued], command.at)


def _report_availability(state: Router, command: ReportAvailability) -> Decision:
    changed = AgentAvailabilityChanged(
        agent_id=command.agent_id,
        accepting=command.accepting,
        max_tasks=command.max_tasks,
        active_tasks=command.active_tasks,
        available_since=command.at,
        returned=command.returned,
    )
    return _then_match(state, [changed], command.at)


def _then_match(state: Router, events: list[Event], at: datetime) -> Decision:
    """Whatever frees a task or an agent is matched at once: no task waits beside an agent who may take it."""
    return Decision(events, [Message(f"router-{state.mrd}", MatchTask(at=at))])


def _match(state: Router, command: MatchTask) -> Decision:
    """Decides one offer and comes back for the next."""
    found = _first_match(state)
    if found is None:
        return Decision()
    task, candidates = found
    chosen = candidates[0].agent_id
    expires_at = command.at + timedelta(seconds=task.queue.offer_timeout_seconds)
    offered = TaskOffered(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        agent_id=chosen,
        offered_at=command.at,
        expires_at=expires_at,
        rule="longest_available",
        candidates=candidates[:NAMED_CANDIDATES],
        candidate_count=len(candidates),
        excluded=[Exclusion(agent_id, reason) for agent_id, reason in task.excluded.items()],
    )
    offer = OfferTask(
        at=command.at,
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        queue=task.queue,
        expires_at=expires_at,
    )
    decision = _then_match(state, [offered], command.at)
    decision.messages.insert(0, Message(f"agent-{chosen}", offer))
    return decision


def _first_match(state: Router) -> tuple[RoutedTask, list[Candidate]] | None:
    """The first task in line that a free agent may take, and those agents, longest available first."""
    if not state.line:
        return None
    free = [agent for agent in state.agents.values() if agent.free_slots > 0]
    if not free:
        return None
    free.sort(key=lambda agent: (agent.available_since, agent.agent_id))
    for place in state.line:
        task = state.tasks[place.task_id]
        eligible = [agent for agent in free if agent.agent_id not in task.excluded]
        if eligible:
            return task, [Candidate(agent.agent_id, agent.available_since, agent.free_slots) for agent in eligible]
    return None


def evolve(state: Router, event: RouterEvent) -> None:
    state.version += 1
    match event:
        case TaskQueued():
            _evolve_queued(state, event)
        case TaskOffered():
            task = state.tasks[event.task_id]
            task.offered_to = event.agent_id
            _leave_line(state, task)
            agent = state.agents[event.agent_id]
            agent.offers += 1
            agent.available_since = event.offered_at
        case TaskAssigned():
            _forget(state, event.task_id)
            agent = state.agents[event.agent_id]
            agent.offers -= 1
            agent.active_tasks += 1
        case TaskRequeued():
            _evolve_requeued(state, event)
        case TaskCancelled():
            task = _forget(state, event.task_id)
            if task.offered_to is None:
                _leave_line(state, task)
            else:
                state.agents[task.offered_to].offers -= 1
        case AgentAvailabilityChanged():
            _evolve_availability(state, event)
        case _:
            assert_never(event)


def _evolve_queued(state: Router, event: TaskQueued) -> None:
    place = Place(-event.priority, -event.queue.priority, event.queued_at, event.task_id)
    state.tasks[event.task_id] = RoutedTask(event.task_id, event.conversation_id, event.queue, place)
    insort(state.line, place)


def _evolve_requeued(state: Router, event: TaskRequeued) -> None:
    task = state.tasks[event.task_id]
    agent = state.agents[event.agent_id]
    agent.offers -= 1
    task.offered_to = None
    insort(state.line, task.place)
    if event.reason in ("rona", "declined"):
        task.excluded[event.agent_id] = event.reason
        agent.let_go.append(event.task_id)


def _evolve_availability(state: Router, event: AgentAvailabilityChanged) -> None:
    known = state.agents.get(event.agent_id)
    agent = Availability(
        agent_id=event.agent_id,
        accepting=event.accepting,
        max_tasks=event.max_tasks,
        active_tasks=event.active_tasks,
        available_since=event.available_since,
        offers=known.offers if known else 0,
        let_go=known.let_go if known else [],
    )
    if event.returned:
        for task_id in agent.let_go:
            del state.tasks[task_id].excluded[event.agent_id]
        agent.let_go = []
    state.agents[event.agent_id] = agent


def _forget(state: Router, task_id: str) -> RoutedTask:
    task = state.tasks.pop(task_id)
    for agent_id in task.excluded:
        state.agents[agent_id].let_go.remove(task_id)
    return task


def _leave_line(state: Router, task: RoutedTask) -> None:
    del state.line[bisect_left(state.line, task.place)]


def finished(state: Router) -> bool:
    return False


ROUTER = Decider("router", Router, decide, evolve, no_deadlines, finished)
