"""A router's state: its lines, its agents, and how events change them."""

from datetime import datetime
from typing import Any, assert_never

import msgspec
from sortedcontainers import SortedList

from actors.router.line import WaitingLine
from actors.router.pool import AgentPool, Availability, Service
from actors.router.task import LetGo, Place, RoutedTask
from schemas.configuration import Queue
from schemas.events import (
    AgentAttributesLearned,
    AgentAvailabilityChanged,
    EligibilityWidened,
    ExclusionLifted,
    QueueConfigured,
    RouterEvent,
    TaskAssigned,
    TaskCancelled,
    TaskExpired,
    TaskMoved,
    TaskOffered,
    TaskQueued,
    TaskRequeued,
)
from schemas.queues import QueueSettings

__all__ = ["Router", "evolve", "rules_of"]


class Router(msgspec.Struct):
    """``preferred`` has for each agent the tasks that wait for that agent alone, ``due`` every waiting task of which
    something changes by itself, soonest first, and ``let_go`` the tasks that an agent has let go."""

    mrd: str
    version: int = 0
    tasks: dict[str, RoutedTask] = {}
    lines: dict[str, WaitingLine] = {}
    pool: AgentPool = msgspec.field(default_factory=AgentPool)
    preferred: dict[str, "SortedList[Place]"] = {}
    due: "SortedList[tuple[datetime, str]]" = msgspec.field(default_factory=SortedList)
    let_go: set[str] = set()

    def describe(self) -> dict[str, Any]:
        """The state for people, without its indexes, which follow from it."""
        return {
            "mrd": self.mrd,
            "version": self.version,
            "queues": {name: line.describe() for name, line in self.lines.items()},
            "preferred": {agent_id: [place.task_id for place in places] for agent_id, places in self.preferred.items()},
            "tasks": self.tasks,
            "agents": {agent_id: agent.describe() for agent_id, agent in self.pool.agents.items()},
        }


def rules_of(queue: QueueSettings) -> Queue:
    """The rules of a queue of which only the settings in a request are known."""
    return Queue(
        mrd=queue.mrd,
        priority=queue.priority,
        offer_timeout_seconds=queue.offer_timeout_seconds,
        wrap_up_seconds=queue.wrap_up_seconds,
        response_seconds=queue.response_seconds,
    )


def evolve(state: Router, event: RouterEvent) -> None:
    state.version += 1
    match event:
        case TaskQueued():
            _queue(state, event)
        case EligibilityWidened():
            _widen(state, event)
        case TaskOffered():
            _offer(state, event)
        case TaskRequeued():
            _requeue(state, event)
        case ExclusionLifted():
            _lift(state, state.tasks[event.task_id], event.agent_id)
            state.pool.agents[event.agent_id].let_go.remove(event.task_id)
        case TaskMoved():
            _move(state, event)
        case TaskAssigned():
            _assign(state, event)
        case TaskCancelled() | TaskExpired():
            _leave(state, event.task_id)
        case AgentAvailabilityChanged():
            _change_availability(state, event)
        case AgentAttributesLearned():
            agent = _admit(state, event.agent_id, None)
            agent.attributes = event.attributes
            _learn(state, agent)
        case QueueConfigured():
            _configure(state, event)
        case _:
            assert_never(event)


def _queue(state: Router, event: TaskQueued) -> None:
    line = _line(state, event.queue)
    place = Place.of(
        event.task_id,
        event.queued_at,
        ahead=event.ahead,
        priority=event.priority,
        queue_priority=line.queue.priority,
    )
    task = RoutedTask(
        task_id=event.task_id,
        conversation_id=event.conversation_id,
        queue=event.queue.name,
        place=place,
        priority=event.priority,
        direction=event.direction,
        entered_at=event.entered_at or event.queued_at,
        ahead=event.ahead,
        step=min(event.step, len(line.steps) - 1),
        not_before=event.not_before,
        preferred_agent=event.preferred_agent,
        preferred_until=event.preferred_until,
        preferred_only=event.preferred_only,
        estimated_wait_seconds=event.estimated_wait_seconds,
    )
    state.tasks[task.task_id] = task
    giver = state.pool.get(event.without_agent or "")
    if giver is not None:
        task.excluded[giver.agent_id] = LetGo("gave_away", event.excluded_until)
        giver.let_go.append(task.task_id)
        state.let_go.add(task.task_id)
    _stand(state, task)


def _widen(state: Router, event: EligibilityWidened) -> None:
    task = state.tasks[event.task_id]
    _unstand(state, task)
    if event.reason == "due":
        task.entered_at = task.not_before or task.entered_at
        task.not_before = None
        line = state.lines[task.queue]
        line.busy_since = line.busy_since or task.entered_at
    elif event.reason == "preference_over":
        task.preferred_until = None
    task.step = event.step
    _stand(state, task)


def _offer(state: Router, event: TaskOffered) -> None:
    task = state.tasks[event.task_id]
    _step_out(state, task)
    task.offered_to = event.agent_id
    agent = state.pool.agents[event.agent_id]
    agent.offers[event.task_id] = agent.available_since
    agent.available_since = event.offered_at
    state.pool.index(agent)


def _requeue(state: Router, event: TaskRequeued) -> None:
    task = state.tasks[event.task_id]
    agent = state.pool.agents[event.agent_id]
    del agent.offers[event.task_id]
    state.pool.index(agent)
    task.offered_to, task.preferred_until = None, None
    task.step = min(event.step, len(state.lines[task.queue].steps) - 1)
    if event.reason in ("rona", "declined"):
        if event.agent_id not in task.excluded:
            agent.let_go.append(event.task_id)
        task.excluded[event.agent_id] = LetGo(event.reason, event.excluded_until)
        state.let_go.add(event.task_id)
    _stand(state, task)


def _move(state: Router, event: TaskMoved) -> None:
    task = state.tasks[event.task_id]
    _step_out(state, task)
    line = _line(state, event.queue)
    task.queue, task.entered_at, task.step = line.name, event.moved_at, event.step
    if not task.preferred_only:
        task.preferred_until = None
    task.place = task.place_in(line.queue.priority)
    _stand(state, task)


def _assign(state: Router, event: TaskAssigned) -> None:
    task = _forget(state, event.task_id)
    agent = state.pool.agents[event.agent_id]
    del agent.offers[event.task_id]
    agent.active_tasks += 1
    state.pool.index(agent)
    if event.assigned_at is not None:
        state.lines[task.queue].last_assigned_at = event.assigned_at
        agent.serving[event.task_id] = Service(task.queue, event.assigned_at)


def _leave(state: Router, task_id: str) -> None:
    """The task leaves without an agent. An agent to whom it was offered counts as available since before the offer."""
    task = _forget(state, task_id)
    if task.offered_to is None:
        _step_out(state, task)
        return
    agent = state.pool.agents[task.offered_to]
    agent.available_since = min(agent.available_since, agent.offers.pop(task_id))
    state.pool.index(agent)


def _forget(state: Router, task_id: str) -> RoutedTask:
    task = state.tasks.pop(task_id)
    for agent_id in task.excluded:
        state.pool.agents[agent_id].let_go.remove(task_id)
    state.let_go.discard(task_id)
    return task


def _change_availability(state: Router, event: AgentAvailabilityChanged) -> None:
    agent = _admit(state, event.agent_id, event.available_since)
    if agent.accepting != event.accepting:
        for queue in agent.reach:
            state.lines[queue].working += 1 if event.accepting else -1
    agent.accepting = event.accepting
    agent.max_tasks = event.max_tasks
    agent.active_tasks = event.active_tasks
    agent.available_since = event.available_since
    if event.served or agent.serving:
        _note_served(state, agent, event)
    if event.returned:
        for task_id in [each for each in agent.let_go if state.tasks[each].takes_back(agent.agent_id)]:
            _lift(state, state.tasks[task_id], agent.agent_id)
            agent.let_go.remove(task_id)
    state.pool.index(agent)


def _note_served(state: Router, agent: Availability, event: AgentAvailabilityChanged) -> None:
    for served in event.served:
        agent.serving.pop(served.task_id, None)
        if served.queue in state.lines:
            state.lines[served.queue].note_service(served.seconds)
    if not event.active_tasks:
        agent.serving.clear()


def _admit(state: Router, agent_id: str, at: datetime | None) -> Availability:
    agent = state.pool.get(agent_id)
    if agent is None:
        agent = state.pool.admit(agent_id, at or _LONG_AGO)
        _learn(state, agent)
    return agent


def _learn(state: Router, agent: Availability) -> None:
    for line in state.lines.values():
        line.learn((agent,))


def _configure(state: Router, event: QueueConfigured) -> None:
    """All tasks of the queue take their places by its new rules."""
    waiting = [task for task in state.tasks.values() if task.queue == event.name]
    for task in waiting:
        if task.offered_to is None:
            _unstand(state, task)
    before = state.lines.get(event.name)
    line = WaitingLine.of(event.name, event.queue)
    line.learn(state.pool)
    state.lines[event.name] = line
    if before is not None:
        line.last_assigned_at, line.busy_since = before.last_assigned_at, before.busy_since
        line.service_seconds, line.served = before.service_seconds, before.served
    for task in waiting:
        task.step = min(task.step, len(line.steps) - 1)
        task.place = task.place_in(line.queue.priority)
        if task.offered_to is None:
            _stand(state, task)


def _line(state: Router, queue: QueueSettings) -> WaitingLine:
    line = state.lines.get(queue.name)
    if line is None:
        line = state.lines[queue.name] = WaitingLine.of(queue.name, rules_of(queue))
        line.learn(state.pool)
    return line


def _lift(state: Router, task: RoutedTask, agent_id: str) -> None:
    if task.offered_to is None:
        _unstand(state, task)
    del task.excluded[agent_id]
    if not task.excluded:
        state.let_go.discard(task.task_id)
    if task.offered_to is None:
        _stand(state, task)


def _stand(state: Router, task: RoutedTask) -> None:
    """A waiting task stands in the lists in which matching agents look, and among those that are due."""
    line = state.lines[task.queue]
    if task.not_before is None:
        for places in _lists(state, line, task):
            places.add(task.place)
    if line.busy_since is None and line.is_contested:
        line.busy_since = task.entered_at
    task.due = line.next_change(task)
    if task.due is not None:
        state.due.add((task.due, task.task_id))


def _step_out(state: Router, task: RoutedTask) -> None:
    """The task leaves the line, which is idle when nobody else waits in it."""
    _unstand(state, task)
    line = state.lines[task.queue]
    if not line.is_contested:
        line.busy_since = None


def _unstand(state: Router, task: RoutedTask) -> None:
    """The task leaves its place, for another one if it goes on waiting."""
    line = state.lines[task.queue]
    if task.not_before is None:
        for places in _lists(state, line, task):
            places.remove(task.place)
        if task.preferred_until is not None and not state.preferred[task.preferred_agent or ""]:
            del state.preferred[task.preferred_agent or ""]
    if task.due is not None:
        state.due.remove((task.due, task.task_id))


def _lists(state: Router, line: WaitingLine, task: RoutedTask) -> tuple["SortedList[Place]", ...]:
    """The lists in which a task stands that is due and waits."""
    if task.preferred_until is None:
        return line.places, line.steps[task.step]
    return line.places, line.alone, state.preferred.setdefault(task.preferred_agent or "", SortedList())


_LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
