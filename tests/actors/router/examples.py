"""The router of the MRD chat, its queues, tasks and agents, in a few words."""

from typing import Any, cast

import msgspec

from actors.decider import Message
from actors.router import ROUTER, Router
from schemas.commands import (
    AdvanceLine,
    CancelTask,
    ConfirmTask,
    EnqueueTask,
    GiveUpTask,
    MatchAgent,
    MatchQueue,
    MatchTask,
    OfferTask,
    ReportAvailability,
    ReturnTask,
    RouterCommand,
)
from schemas.configuration import Overflow, Queue, Step
from schemas.configuration.items import AttributeValue
from schemas.events import (
    AgentAttributesLearned,
    AgentAvailabilityChanged,
    Candidate,
    EligibilityWidened,
    Event,
    ExclusionLifted,
    QueueConfigured,
    ServedTask,
    TaskAssigned,
    TaskCancelled,
    TaskExpired,
    TaskMoved,
    TaskOffered,
    TaskQueued,
    TaskRequeued,
)
from schemas.queues import QueueSettings
from schemas.records import agent_stream, conversation_stream
from schemas.tasks import CloseReason, RequeueReason
from tests.actors.scenario import scenario
from tests.examples import NOW, SUPPORT, identifier, later

__all__ = [
    "CONVERSATIONS",
    "PLAIN",
    "PULL",
    "STEPS",
    "TASKS",
    "advance",
    "again",
    "all_offers",
    "assigned",
    "away",
    "back",
    "cancel",
    "cancelled",
    "configured",
    "confirm",
    "enqueue",
    "expired",
    "free",
    "give_up",
    "given",
    "learned",
    "lifted",
    "match_agent",
    "match_queue",
    "match_task",
    "moved",
    "offer",
    "offered",
    "overflow",
    "queued",
    "report",
    "requeued",
    "return_task",
    "served",
    "state_of",
    "widened",
]

given = scenario(ROUTER, "chat")

TASKS = [identifier(number) for number in range(1, 6)]
CONVERSATIONS = [identifier(number) for number in range(11, 16)]

PLAIN = Queue(mrd="chat")
PULL = Queue(mrd="chat", distribution="pull")
STEPS = Queue(mrd="chat", steps=[Step(criterion="english >= 8", seconds=30), Step(criterion="english", seconds=60)])


def named(number: int) -> dict[str, Any]:
    return {"task_id": TASKS[number], "conversation_id": CONVERSATIONS[number]}


def configured(queue: Queue = PLAIN, name: str = "support", **changes: Any) -> QueueConfigured:
    return QueueConfigured(name=name, queue=msgspec.structs.replace(queue, **changes))


def overflow(queue: str, after_seconds: float) -> Overflow:
    return Overflow(queue=queue, after_seconds=after_seconds)


def enqueue(number: int, queue: QueueSettings = SUPPORT, seconds: float = 0, **more: Any) -> EnqueueTask:
    """The command of now that enqueues a task at a place of so many seconds later."""
    return EnqueueTask(at=NOW, queue=queue, queued_at=later(seconds), **named(number), **more)


def queued(number: int, queue: QueueSettings = SUPPORT, seconds: float = 0, **more: Any) -> TaskQueued:
    """The event of a task that has been in line since so many seconds later."""
    fields = {"queued_at": later(seconds), "entered_at": later(seconds), "priority": 5, **more}
    return TaskQueued(queue=queue, **named(number), **fields)


def free(agent_id: str, seconds: float = 0, max_tasks: int = 1, active_tasks: int = 0) -> AgentAvailabilityChanged:
    return AgentAvailabilityChanged(
        agent_id=agent_id,
        accepting=True,
        max_tasks=max_tasks,
        active_tasks=active_tasks,
        available_since=later(seconds),
        returned=False,
    )


def back(agent_id: str) -> AgentAvailabilityChanged:
    return msgspec.structs.replace(free(agent_id), returned=True)


def away(agent_id: str, active_tasks: int = 0) -> AgentAvailabilityChanged:
    return msgspec.structs.replace(free(agent_id), accepting=False, active_tasks=active_tasks)


def served(
    agent_id: str, service: float, queue: str = "support", *, seconds: float = 0, active_tasks: int = 0
) -> AgentAvailabilityChanged:
    """The agent has closed a task that took so many seconds of service, and holds as many others."""
    closed = ServedTask(identifier(99), queue, service)
    return msgspec.structs.replace(free(agent_id, seconds, active_tasks=active_tasks), served=[closed])


def learned(agent_id: str, **attributes: AttributeValue) -> AgentAttributesLearned:
    return AgentAttributesLearned(agent_id=agent_id, attributes=attributes)


def report(agent_id: str = "alice", seconds: float = 0, **more: Any) -> ReportAvailability:
    fields = {"accepting": True, "max_tasks": 1, "active_tasks": 0, **more}
    return ReportAvailability(at=later(seconds), agent_id=agent_id, **fields)


def offered(number: int, agent_id: str = "alice", **changes: Any) -> TaskOffered:
    event = TaskOffered(
        agent_id=agent_id,
        offered_at=NOW,
        expires_at=later(20),
        rule="longest_available",
        candidates=[Candidate(agent_id, NOW, 1)],
        candidate_count=1,
        excluded=[],
        rule_version=3,
        queue="support",
        waiting=1,
        **named(number),
    )
    return msgspec.structs.replace(event, **changes)


def offer(number: int, agent_id: str = "alice", queue: QueueSettings = SUPPORT, **more: Any) -> tuple[str, OfferTask]:
    command = OfferTask(at=NOW, queue=queue, expires_at=later(20), **named(number), **more)
    return agent_stream(agent_id), command


def requeued(number: int, agent_id: str = "alice", reason: RequeueReason = "rona", **more: Any) -> TaskRequeued:
    return TaskRequeued(agent_id=agent_id, reason=reason, **named(number), **more)


def return_task(number: int, agent_id: str = "alice", reason: RequeueReason = "rona", seconds: float = 0) -> ReturnTask:
    return ReturnTask(at=later(seconds), task_id=TASKS[number], agent_id=agent_id, reason=reason)


def lifted(number: int, agent_id: str = "alice") -> ExclusionLifted:
    return ExclusionLifted(agent_id=agent_id, **named(number))


def widened(number: int, step: int, reason: Any, queue: str = "support") -> EligibilityWidened:
    return EligibilityWidened(queue=queue, step=step, reason=reason, **named(number))


def moved(number: int, to: QueueSettings, reason: Any, seconds: float = 0, step: int = 0) -> TaskMoved:
    return TaskMoved(from_queue="support", queue=to, reason=reason, moved_at=later(seconds), step=step, **named(number))


def confirm(number: int, agent_id: str = "alice", seconds: float = 0) -> ConfirmTask:
    return ConfirmTask(at=later(seconds), task_id=TASKS[number], agent_id=agent_id)


def assigned(number: int, agent_id: str = "alice", seconds: float = 0, **more: Any) -> TaskAssigned:
    fields = {"queue": "support", "assigned_at": later(seconds), "waited_seconds": seconds, **more}
    return TaskAssigned(agent_id=agent_id, **named(number), **fields)


def cancel(number: int) -> CancelTask:
    return CancelTask(at=NOW, task_id=TASKS[number], reason="customer_left")


def cancelled(number: int) -> TaskCancelled:
    return TaskCancelled(reason="customer_left", **named(number))


def expired(number: int, reason: CloseReason = "no_agent_available") -> TaskExpired:
    return TaskExpired(queue="support", reason=reason, **named(number))


def give_up(number: int, reason: CloseReason = "no_agent_available", seconds: float = 0) -> tuple[str, GiveUpTask]:
    command = GiveUpTask(at=later(seconds), task_id=TASKS[number], reason=reason)
    return conversation_stream(CONVERSATIONS[number]), command


def advance(seconds: float) -> AdvanceLine:
    return AdvanceLine(at=later(seconds))


def again(seconds: float) -> tuple[str, AdvanceLine]:
    """The router's message to itself to continue with the rest of the line."""
    return "router-chat", AdvanceLine(at=later(seconds), round=1)


def match_task(number: int, seconds: float = 0) -> tuple[str, MatchTask]:
    return "router-chat", MatchTask(at=later(seconds), task_id=TASKS[number])


def match_agent(agent_id: str = "alice", seconds: float = 0) -> tuple[str, MatchAgent]:
    return "router-chat", MatchAgent(at=later(seconds), agent_id=agent_id)


def match_queue(queue: str = "support", seconds: float = 0) -> tuple[str, MatchQueue]:
    return "router-chat", MatchQueue(at=later(seconds), queue=queue)


def all_offers(state: Router, *notes: tuple[str, MatchTask | MatchAgent | MatchQueue]) -> list[tuple[str, str]]:
    """The offers of tasks to agents, in order, until the router's messages to itself lead to no more."""
    waiting = [Message(*note) for note in notes]
    offers = []
    while waiting:
        command = cast("RouterCommand", waiting.pop(0).command)
        decision = ROUTER.decide(state, command)
        for event in decision.events:
            ROUTER.evolve(state, event)
            assert isinstance(event, TaskOffered)
            offers.append((event.task_id, event.agent_id))
        waiting += [message for message in decision.messages if message.to == "router-chat"]
    return offers


def state_of(*events: Event) -> Router:
    state: Router = given(*events).state
    return state
