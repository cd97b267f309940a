"""The estimated wait, whose counts are remembered and corrected, against an estimate that counts everything anew."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

import pytest

from actors.router import ROUTER, Place, PlaceInLine, Router, estimated_wait
from actors.router.sharing import SharedAgents
from schemas.commands import (
    AdvanceLine,
    CancelTask,
    ConfigureQueue,
    ConfirmTask,
    EnqueueTask,
    MatchAgent,
    ReportAvailability,
    ReturnTask,
    RouterCommand,
)
from schemas.configuration import Queue, Step
from schemas.queues import QueueSettings
from tests.actors.router.examples import away, configured, free, learned, served, state_of
from tests.examples import identifier, later

AGENTS = [f"agent-{number}" for number in range(30)]
QUEUES = ["support", "sales", "billing", "returns"]
SKILLS = ["english", "french"]


@pytest.mark.parametrize("seed", range(6))
def test_is_the_same_however_the_line_came_about(seed: int) -> None:
    random = Random(seed)
    state = state_of(*(configured(name=queue) for queue in QUEUES), *(served("zoe", 60, queue) for queue in QUEUES))
    for number in range(400):
        for command in _action(random, state, number):
            for event in ROUTER.decide(state, command).events:
                ROUTER.evolve(state, event)
        _check(random, state, number)
        if random.random() < 0.02:
            state = ROUTER.restore(ROUTER.snapshot(state))
            _check(random, state, number)


def _action(random: Random, state: Router, number: int) -> Iterator[RouterCommand]:
    """Commands that change who works, what waits, or the rules. Now and then, a whole shift begins or ends."""
    at, agent_id, queue = later(number), random.choice(AGENTS), random.choice(QUEUES)
    task_id = random.choice([*state.tasks, identifier(9_999)])
    task = state.tasks.get(task_id)
    match random.choice(["queue", "agent", "agent", "shift", "task", "task", "task", "match", "end", "advance"]):
        case "queue":
            yield ConfigureQueue(at=at, name=queue, queue=_rules(random))
        case "agent":
            yield _report(random, state, agent_id, at, random.random() < 0.7)
        case "shift":
            accepting = random.random() < 0.7
            for each in random.sample(AGENTS, 25):
                yield _report(random, state, each, at, accepting)
        case "task":
            yield _enqueue(random, number, queue, at)
        case "match":
            yield MatchAgent(at=at, agent_id=agent_id)
        case "end" if task is not None and task.offered_to is not None:
            yield random.choice(
                (
                    ConfirmTask(at=at, task_id=task_id, agent_id=task.offered_to),
                    ReturnTask(at=at, task_id=task_id, agent_id=task.offered_to, reason="declined"),
                ),
            )
        case "end":
            yield CancelTask(at=at, task_id=task_id, reason="customer_left")
        case "advance":
            yield AdvanceLine(at=at)


def _rules(random: Random) -> Queue:
    criteria = random.sample(["english >= 8", "english", "french >= 5", "french", ""], random.randint(0, 3))
    return Queue(
        mrd="chat",
        priority=random.choice([5, 5, 7]),
        distribution=random.choice(["push", "push", "push", "pull"]),
        steps=[Step(criterion=criterion, seconds=20) for criterion in criteria],
    )


def _report(random: Random, state: Router, agent_id: str, at: datetime, accepting: bool) -> ReportAvailability:
    known = state.pool.get(agent_id)
    new = {skill: random.randint(1, 10) for skill in random.sample(SKILLS, random.randint(0, 2))}
    return ReportAvailability(
        at=at,
        agent_id=agent_id,
        accepting=accepting,
        max_tasks=random.randint(1, 3),
        active_tasks=random.randint(0, 2),
        attributes=known.attributes if known is not None and random.random() < 0.8 else new,
        closed=list(known.serving) if known is not None else [],
    )


def _enqueue(random: Random, number: int, queue: str, at: datetime) -> EnqueueTask:
    return EnqueueTask(
        at=at,
        task_id=identifier(number),
        conversation_id=identifier(10_000 + number),
        queue=QueueSettings(name=queue, mrd="chat"),
        queued_at=later(number - random.randint(0, 50)),
        ahead=random.random() < 0.1,
        without_agent=random.choice([None, None, random.choice(AGENTS)]),
        preferred_agent=random.choice(AGENTS),
        preferred_seconds=random.choice([None, None, 30.0]),
    )


def _check(random: Random, state: Router, number: int) -> None:
    at, without = later(number), random.choice([0, 0, random.getrandbits(len(AGENTS))])
    for line in state.lines.values():
        places = [*line, Place(1, -5, -line.queue.priority, later(random.randint(-50, 60)), "")]
        wanted = PlaceInLine(line, random.choice(places), random.randrange(len(line.steps)), without)
        assert line.working == (line.eligible[-1] & state.pool.accepting).bit_count()
        assert line.is_contested == any(line.steps)
        assert estimated_wait(state, wanted, at) == _counted_anew(state, wanted, at)


def _counted_anew(state: Router, wanted: PlaceInLine, at: datetime) -> float | None:
    waits = [_wait_in(state, wanted, step, at) for step in range(wanted.step, len(wanted.line.steps))]
    return min((wait for wait in waits if wait is not None), default=None)


def _wait_in(state: Router, wanted: PlaceInLine, step: int, at: datetime) -> float | None:
    line, pool = wanted.line, state.pool
    able = line.eligible[step] & pool.accepting & ~wanted.without
    if not able:
        return None
    soonest = max((line.begins(wanted.place.queued_at, step) - at).total_seconds(), 0.0)
    free_now = (able & pool.free).bit_count() if line.pushed else 0
    ahead = _before(state, wanted, line.name) + sum(
        before / working.bit_count() * (working & able).bit_count()
        for name, other in state.lines.items()
        if name != line.name and other.pushed and (before := _before(state, wanted, name))
        if (working := other.eligible[-1] & pool.accepting)
    )
    if ahead < free_now:
        return soonest
    interval = line.interval(pool.slots_of(able.bit_count()), at)
    return None if interval is None else max(soonest, (ahead + 1 - free_now) * interval)


def _before(state: Router, wanted: PlaceInLine, queue: str) -> int:
    """The tasks of the queue that wait for any agent and come before."""
    return sum(
        task.place < wanted.place
        for task in state.tasks.values()
        if task.queue == queue and task.offered_to is None and task.not_before is None and task.preferred_until is None
    )


def test_the_shared_agents_are_corrected_and_not_counted_anew_when_few_agents_come_or_go() -> None:
    """A memo that counted anew each time would be as right, and as slow as if there were none."""
    state = state_of(configured(), configured(name="sales"), free("alice"), free("bob"), learned("bob", english=9))
    support, queues = state.lines["support"], {name: line.eligible[-1] for name, line in state.lines.items()}
    memo = SharedAgents()
    first = memo.counts("support", support.eligible, queues, state.pool)
    assert first == {"support": [2], "sales": [2]}
    ROUTER.evolve(state, away("bob"))
    assert memo.counts("support", support.eligible, queues, state.pool) is first
    assert first == {"support": [1], "sales": [1]}
