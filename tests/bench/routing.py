"""Routing decisions in a large contact centre: 10,000 agents, 50 queues of 5 steps, 100,000 waiting tasks."""

import time
from datetime import timedelta
from random import Random

from actors.router import ROUTER, Router
from schemas.commands import ConfirmTask, EnqueueTask, MatchAgent, MatchTask, ReportAvailability
from schemas.commands.router import RouterCommand
from schemas.configuration import Queue, Step
from schemas.configuration.items import AttributeValue
from schemas.events import AgentAttributesLearned, AgentAvailabilityChanged, QueueConfigured, TaskOffered, TaskQueued
from schemas.identifiers import uuid7
from schemas.queues import QueueSettings
from tests.examples import NOW

__all__ = ["measure_routing"]

AGENTS = 10_000
QUEUES = 50
SKILLS_OF_AN_AGENT = 5
STEP_SECONDS = 60.0
OLDEST_SECONDS = 400.0
SERVICE_SECONDS = 300.0
DECISIONS = 5_000
SCANS = 20


def measure_routing() -> dict[str, float]:
    """Measures the microseconds from the report that an agent is free until the agent's offer is decided and
    applied. The baseline is the plain way: ask of every waiting task whether the agent may take it, and take the
    first in order."""
    few, many = _Scene(1_000), _Scene(100_000)
    at_1000, at_100000 = few.decide_often(), many.decide_often()
    scan = many.scan_often()
    return {
        "decision_us": round(at_100000, 1),
        "decision_us_at_1000_waiting": round(at_1000, 1),
        "arrival_us": round(many.arrive_often(), 1),
        "baseline_scan_us": round(scan, 1),
        "ratio": round(scan / at_100000, 1),
    }


class _Scene:
    """A router whose agents are all busy, and in whose queues tasks of every age wait."""

    def __init__(self, waiting: int) -> None:
        self._random = Random(7)
        self._now = NOW
        self._numbers = iter(range(10_000_000))
        self.state: Router = ROUTER.initial("chat")
        for number in range(QUEUES):
            self._configure(number)
        for number in range(AGENTS):
            self._admit(f"agent-{number:05}")
        for _ in range(waiting):
            self._wait()

    def decide_often(self) -> float:
        """Lets one agent after the other become free, be offered a task, and accept it; another task arrives each
        time."""
        spent = 0.0
        for _ in range(DECISIONS):
            agent_id = f"agent-{self._random.randrange(AGENTS):05}"
            report = ReportAvailability(
                at=self._now,
                agent_id=agent_id,
                accepting=True,
                max_tasks=1,
                active_tasks=0,
                attributes=self.state.pool.agents[agent_id].attributes,
            )
            started = time.perf_counter()
            self._run(report)
            offered = self._run(MatchAgent(at=self._now, agent_id=agent_id))
            spent += time.perf_counter() - started
            if offered is not None:
                self._run(ConfirmTask(at=self._now, task_id=offered.task_id, agent_id=agent_id))
                self._wait()
        return spent / DECISIONS * 1e6

    def arrive_often(self) -> float:
        """Lets tasks arrive while no agent is free."""
        spent = 0.0
        for _ in range(DECISIONS):
            enqueue = self._enqueue()
            started = time.perf_counter()
            self._run(enqueue)
            self._run(MatchTask(at=self._now, task_id=enqueue.task_id))
            spent += time.perf_counter() - started
        return spent / DECISIONS * 1e6

    def scan_often(self) -> float:
        state, spent = self.state, 0.0
        for _ in range(SCANS):
            agent = state.pool.by_number[self._random.randrange(AGENTS)]
            started = time.perf_counter()
            fitting = (
                task.place
                for task in state.tasks.values()
                if any(c.admits(agent.attributes) for c in state.lines[task.queue].criteria[: task.step + 1])
            )
            min(fitting, default=None)
            spent += time.perf_counter() - started
        return spent / SCANS * 1e6

    def _run(self, command: RouterCommand) -> TaskOffered | None:
        decision = ROUTER.decide(self.state, command)
        for event in decision.events:
            ROUTER.evolve(self.state, event)
        last = decision.events[-1] if decision.events else None
        return last if isinstance(last, TaskOffered) else None

    def _configure(self, number: int) -> None:
        skill = f"skill-{number}"
        criteria = (f"{skill} >= 9", f"{skill} >= 7", f"{skill} >= 5", f"{skill} >= 3", skill)
        steps = [Step(criterion=criterion, seconds=STEP_SECONDS) for criterion in criteria]
        queue = Queue(mrd="chat", priority=1 + number % 10, steps=steps)
        ROUTER.evolve(self.state, QueueConfigured(name=f"queue-{number}", queue=queue))
        self.state.lines[f"queue-{number}"].note_service(SERVICE_SECONDS)

    def _admit(self, agent_id: str) -> None:
        skills: dict[str, AttributeValue] = {
            f"skill-{number}": self._random.randint(1, 10)
            for number in self._random.sample(range(QUEUES), SKILLS_OF_AN_AGENT)
        }
        ROUTER.evolve(self.state, AgentAttributesLearned(agent_id=agent_id, attributes=skills))
        busy = AgentAvailabilityChanged(
            agent_id=agent_id, accepting=True, max_tasks=1, active_tasks=1, available_since=NOW, returned=False
        )
        ROUTER.evolve(self.state, busy)

    def _wait(self) -> None:
        enqueue = self._enqueue()
        for event in ROUTER.decide(self.state, enqueue).events:
            assert isinstance(event, TaskQueued)
            ROUTER.evolve(self.state, event)

    def _enqueue(self) -> EnqueueTask:
        age = timedelta(seconds=self._random.uniform(0, OLDEST_SECONDS))
        return EnqueueTask(
            at=self._now,
            task_id=uuid7(int(NOW.timestamp() * 1000), next(self._numbers)),
            conversation_id=uuid7(int(NOW.timestamp() * 1000), next(self._numbers)),
            queue=QueueSettings(name=f"queue-{self._random.randrange(QUEUES)}", mrd="chat"),
            queued_at=self._now - age,
        )
