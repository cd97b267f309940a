"""The router's decisions in plain words."""

from collections.abc import Callable
from typing import NamedTuple

from gateways.inspection.clock import UTC_CLOCK, Clock
from schemas.events import (
    AgentJoined,
    EligibilityWidened,
    Event,
    Exclusion,
    ExclusionLifted,
    TaskAssigned,
    TaskCancelled,
    TaskExpired,
    TaskMoved,
    TaskOffered,
    TaskQueued,
    TaskRequeued,
)

__all__ = ["Lookups", "sentence"]

_EXCLUSION_REASONS = {"rona": "did not answer", "declined": "declined", "gave_away": "had it"}
_REQUEUE_REASONS = {
    "rona": "{name} did not answer in time",
    "declined": "{name} declined",
    "agent_not_ready": "{name} went not ready",
    "agent_logout": "{name} logged out",
    "agent_unavailable": "{name} was not free any more",
    "interrupted": "{name} was interrupted",
    "no_room": "{name} had no room for it any more",
}
_SUPERVISOR_ENTRIES = {"monitor": "to monitor in silence", "barge_in": "openly", "transfer_direct": "and took over"}


class Lookups(NamedTuple):
    """Looks up what the events lack. ``name`` finds an agent's name, ``steps`` the number of a queue's steps, or None
    where that is not known. ``clock`` writes instants."""

    name: Callable[[str], str]
    steps: Callable[[str], int | None]
    clock: Clock = UTC_CLOCK


def sentence(event: Event, lookups: Lookups) -> str:
    match event:
        case TaskQueued():
            return _queued(event, lookups)
        case EligibilityWidened():
            return _widened(event, lookups)
        case TaskOffered():
            return _offered(event, lookups)
        case TaskRequeued():
            return _requeued(event, lookups)
        case ExclusionLifted():
            return f"may be offered to {lookups.name(event.agent_id)} again; nobody else has taken it"
        case TaskMoved():
            return f"moved from {event.from_queue} to {event.queue.name} ({event.reason})"
        case TaskAssigned():
            waited = "" if event.waited_seconds is None else f" after {_seconds(event.waited_seconds)} in the line"
            return f"accepted by {lookups.name(event.agent_id)}{waited}"
        case TaskCancelled():
            return f"left the line without an agent: {event.reason}"
        case TaskExpired():
            return f"given up in {event.queue}: {event.reason}"
        case AgentJoined():
            came = _SUPERVISOR_ENTRIES.get(event.direction, event.direction)
            return f"{event.agent_name} came in as a supervisor {came}; nothing was routed"
    return type(event).__name__


def _queued(event: TaskQueued, lookups: Lookups) -> str:
    parts = [f"queued in {event.queue.name} with priority {event.priority}"]
    if event.position is not None:
        parts[0] += f" as number {event.position} in line"
    if event.estimated_wait_seconds is not None:
        parts.append(f"estimated wait {_seconds(event.estimated_wait_seconds)}")
    if event.ahead:
        parts.append("ahead of all others")
    if event.entered_at is not None and event.queued_at < event.entered_at:
        parts.append(f"at its old place of {lookups.clock.time(event.queued_at)}")
    if event.preferred_agent is not None and event.preferred_until is not None:
        only = (
            "and nobody else" if event.preferred_only else f"first, until {lookups.clock.time(event.preferred_until)}"
        )
        parts.append(f"for {lookups.name(event.preferred_agent)} {only}")
    if event.not_before is not None:
        parts.append(f"for nobody before {lookups.clock.time(event.not_before)}")
    if event.without_agent is not None:
        parts.append(f"not for {lookups.name(event.without_agent)}, who had it")
    return "; ".join(parts)


def _widened(event: EligibilityWidened, lookups: Lookups) -> str:
    why = {
        "due": "its time has come",
        "preference_over": "the wait for one agent is over",
        "step": "nobody has taken it in the step before",
    }[event.reason]
    return f"{why}: {_step(event.queue, event.step, lookups)} is in force"


def _offered(event: TaskOffered, lookups: Lookups) -> str:
    name = lookups.name(event.agent_id)
    if event.rule == "picked":
        return f"picked by {name} out of {_count(event.waiting, 'waiting task')}"
    if event.rule == "preferred_agent":
        return f"offered to {name}, who is wanted for it or served the customer last"
    since = lookups.clock.time(event.candidates[0].available_since)
    agents = event.candidate_count + sum(event.excluded_counts.values())
    among = f"{_count(event.candidate_count, 'eligible agent')} of {agents}"
    parts = [f"offered to {name} (longest available, since {since}) among {among}"]
    if event.nobody_else:
        parts.append(f"again to {name}, who let it go, because nobody else may take it")
    parts += _not_eligible(event, lookups)
    if event.criterion or event.step:
        parts.append(f"{_step(event.queue, event.step, lookups)}: {event.criterion or 'anybody'}")
    if event.decided_for == "agent":
        parts.append(f"{name} was free for the first of {_count(event.waiting, 'waiting task')}")
    return "; ".join(parts)


def _not_eligible(event: TaskOffered, lookups: Lookups) -> list[str]:
    counts = event.excluded_counts
    parts = []
    kept = [f"{counts[reason]} {label}" for reason, label in _NOT_ELIGIBLE.items() if reason in counts]
    if kept:
        parts.append(", ".join(kept))
    if event.excluded:
        parts.append(f"without {', '.join(_exclusion(each, lookups) for each in event.excluded)}")
    return parts


_NOT_ELIGIBLE = {"not_ready": "not ready", "busy": "busy", "criterion": "free but not eligible"}


def _exclusion(excluded: Exclusion, lookups: Lookups) -> str:
    return f"{lookups.name(excluded.agent_id)}, who {_EXCLUSION_REASONS[excluded.reason]}"


def _requeued(event: TaskRequeued, lookups: Lookups) -> str:
    name = lookups.name(event.agent_id)
    parts = [_REQUEUE_REASONS[event.reason].format(name=name), "back at its old place"]
    if event.reason == "rona":
        parts.append(f"not for {name} before coming back from not ready, while others may take it")
    elif event.excluded_until is not None:
        parts.append(f"not for {name} before {lookups.clock.time(event.excluded_until)} while others may take it")
    return "; ".join(parts)


def _step(queue: str, step: int, lookups: Lookups) -> str:
    steps = lookups.steps(queue)
    return f"step {step + 1}" if steps is None or steps <= step else f"step {step + 1} of {steps}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f} s"
