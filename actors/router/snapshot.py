"""A router's state as bytes, without its indexes, which are made anew."""

from datetime import datetime

import msgspec
from sortedcontainers import SortedList

from actors.router.line import WaitingLine
from actors.router.pool import AgentPool, Availability
from actors.router.state import Router
from actors.router.task import Place, RoutedTask
from schemas.configuration import Queue

__all__ = ["restore", "snapshot"]


class _Line(msgspec.Struct):
    name: str
    queue: Queue
    busy_since: datetime | None
    last_assigned_at: datetime | None
    service_seconds: float | None = None
    served: int = 0


class _RouterSnapshot(msgspec.Struct):
    """Agents in the order of their numbers; tasks and lines in the order in which they came."""

    mrd: str
    version: int
    agents: list[Availability]
    lines: list[_Line]
    tasks: list[RoutedTask]


_decoder = msgspec.json.Decoder(_RouterSnapshot)


def snapshot(state: Router) -> bytes:
    lines = [
        _Line(line.name, line.queue, line.busy_since, line.last_assigned_at, line.service_seconds, line.served)
        for line in state.lines.values()
    ]
    taken = _RouterSnapshot(state.mrd, state.version, state.pool.by_number, lines, list(state.tasks.values()))
    return msgspec.json.encode(taken)


def restore(data: bytes) -> Router:
    taken = _decoder.decode(data)
    pool = _pool(taken.agents)
    state = Router(
        mrd=taken.mrd,
        version=taken.version,
        tasks={task.task_id: task for task in taken.tasks},
        lines={line.name: _line(line, pool) for line in taken.lines},
        pool=pool,
    )
    state.let_go = {task.task_id for task in taken.tasks if task.excluded}
    _stand(state, [task for task in taken.tasks if task.offered_to is None])
    return state


def _pool(agents: list[Availability]) -> AgentPool:
    pool = AgentPool(agents={agent.agent_id: agent for agent in agents}, by_number=agents)
    for agent in agents:
        agent.standing, agent.slots = None, 0
        pool.index(agent)
    return pool


def _line(taken: _Line, pool: AgentPool) -> WaitingLine:
    """Each agent's ``reach`` has the first step that admits the agent: no criterion is evaluated again."""
    line = WaitingLine.of(taken.name, taken.queue)
    line.busy_since, line.last_assigned_at = taken.busy_since, taken.last_assigned_at
    line.service_seconds, line.served = taken.service_seconds, taken.served
    for agent in pool:
        for step in range(agent.reach.get(line.name, len(line.steps)), len(line.steps)):
            line.eligible[step] |= 1 << agent.number
    line.working = (line.eligible[-1] & pool.accepting).bit_count()
    return line


def _stand(state: Router, waiting: list[RoutedTask]) -> None:
    """Puts all places into the lists at once: adding them one by one takes ten times as long."""
    steps: dict[tuple[str, int], list[Place]] = {}
    preferred: dict[str, list[Place]] = {}
    lines: dict[str, list[Place]] = {}
    alone: dict[str, list[Place]] = {}
    for task in waiting:
        if task.not_before is not None:
            continue
        lines.setdefault(task.queue, []).append(task.place)
        if task.preferred_until is None:
            steps.setdefault((task.queue, task.step), []).append(task.place)
        else:
            preferred.setdefault(task.preferred_agent or "", []).append(task.place)
            alone.setdefault(task.queue, []).append(task.place)
    for queue, places in lines.items():
        state.lines[queue].places.update(places)
    for queue, places in alone.items():
        state.lines[queue].alone.update(places)
    for (queue, step), places in steps.items():
        state.lines[queue].steps[step].update(places)
    state.preferred = {agent_id: SortedList(places) for agent_id, places in preferred.items()}
    state.due = SortedList((task.due, task.task_id) for task in waiting if task.due is not None)
