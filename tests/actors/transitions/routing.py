"""A task on its way through the router of the MRD chat."""

from typing import Any, get_args

from actors.decider import Decision
from actors.router import Router
from schemas.commands import Command, ConfigureQueue, FlushQueue, PickTask, RouterCommand
from schemas.events import Event, QueueConfigured
from tests.actors.router.examples import (
    PLAIN,
    STEPS,
    TASKS,
    advance,
    assigned,
    cancel,
    configured,
    confirm,
    enqueue,
    free,
    given,
    learned,
    match_agent,
    match_queue,
    match_task,
    offered,
    overflow,
    queued,
    report,
    requeued,
    return_task,
)
from tests.actors.transitions.table import Subject
from tests.examples import NOW, later

__all__ = ["ROUTED_TASK"]

RULES: dict[str, Any] = {"time_to_live_seconds": 300, "overflow": overflow("sales", 200)}
QUEUE: tuple[Event, ...] = (
    configured(STEPS, **RULES),
    learned("zoe", english=9),
    free("zoe", active_tasks=1),
    learned("alice", english=9),
    free("alice"),
)
"""A queue of two steps, the first for 30 seconds. A task that waits for 200 seconds goes to sales, and is given up
after 300 seconds. Zoe is busy, and Alice is free."""
PULLED: tuple[Event, ...] = (configured(STEPS, distribution="pull", **RULES), *QUEUE[1:])
PREFERRED: dict[str, Any] = {"preferred_agent": "alice", "preferred_until": later(40)}


def _state_of(state: Router, decision: Decision[Any]) -> str:
    task = state.tasks.get(TASKS[0])
    if task is None:
        return "gone"
    if task.offered_to is not None:
        return "offered"
    if task.not_before is not None:
        return "scheduled"
    return "preferred" if task.preferred_until is not None else f"step_{task.step + 1}"


COMMANDS: dict[str, Command] = {
    "EnqueueTask": enqueue(0),
    "EnqueueTask:preferred": enqueue(0, preferred_agent="alice", preferred_seconds=40),
    "EnqueueTask:not_before": enqueue(0, seconds=20, not_before=later(20)),
    "CancelTask": cancel(0),
    "ConfirmTask": confirm(0),
    "ReturnTask:rona": return_task(0),
    "ReturnTask:declined": return_task(0, reason="declined"),
    "ReturnTask:agent_not_ready": return_task(0, reason="agent_not_ready"),
    "ReturnTask:after_40_s": return_task(0, seconds=40),
    "ReportAvailability": report(),
    "PickTask": PickTask(at=NOW, task_id=TASKS[0], agent_id="alice"),
    "ConfigureQueue:one_step": ConfigureQueue(at=NOW, name="support", queue=PLAIN),
    "FlushQueue": FlushQueue(at=NOW, queue="support"),
    "FlushQueue:to_sales": FlushQueue(at=NOW, queue="support", to="sales"),
    "AdvanceLine:after_20_s": advance(20),
    "AdvanceLine:after_30_s": advance(30),
    "AdvanceLine:after_40_s": advance(40),
    "AdvanceLine:after_200_s": advance(200),
    "AdvanceLine:after_300_s": advance(300),
    "MatchTask": match_task(0)[1],
    "MatchAgent": match_agent()[1],
    "MatchQueue": match_queue()[1],
}

ROUTED_TASK = Subject(
    situations={
        name: lambda events=events: given(*events)  # type: ignore[misc]
        for name, events in {
            "gone": QUEUE,
            "scheduled": (*QUEUE, queued(0, seconds=20, not_before=later(20))),
            "scheduled+preferred": (
                *QUEUE,
                queued(0, seconds=20, not_before=later(20), preferred_agent="alice", preferred_until=later(60)),
            ),
            "preferred": (*QUEUE, queued(0, **PREFERRED)),
            "preferred+only": (*QUEUE, queued(0, preferred_only=True, **PREFERRED)),
            "preferred+pull": (*PULLED, queued(0, **PREFERRED)),
            "step_1": (*QUEUE, queued(0)),
            "step_1+pull": (*PULLED, queued(0)),
            "step_1+declined": (
                *QUEUE,
                queued(0),
                offered(0),
                requeued(0, reason="declined", excluded_until=later(20)),
            ),
            "step_2": (*QUEUE, queued(0, seconds=-30, step=1)),
            "offered": (*QUEUE, queued(0), offered(0)),
            "offered+only": (*QUEUE, queued(0, preferred_only=True, **PREFERRED), offered(0)),
            "gone+before": (*QUEUE, queued(0), offered(0), assigned(0)),
        }.items()
    },
    commands=COMMANDS,
    commands_are=get_args(RouterCommand),
    states=("scheduled", "preferred", "step_1", "step_2", "offered", "gone"),
    state_of=_state_of,
    concerns=lambda event: isinstance(event, QueueConfigured) or getattr(event, "task_id", None) == TASKS[0],
)
