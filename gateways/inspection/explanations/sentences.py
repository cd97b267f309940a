"""The router's decisions in plain words."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

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
from schemas.instants import format_instant

__all__ = ["Words", "sentence"]

_LET_GO = {"rona": "did not answer", "declined": "declined", "gave_away": "had it"}
_BACK = {
    "rona": "{name} did not answer in time",
    "declined": "{name} declined",
    "agent_not_ready": "{name} went not ready",
    "agent_logout": "{name} logged out",
    "agent_unavailable": "{name} was not free any more",
    "interrupted": "{name} was interrupted",
    "no_room": "{name} had no room for it any more",
}
_CAME = {"monitor": "to monitor in silence", "barge_in": "openly", "transfer_direct": "and took over"}


class Words(NamedTuple):
    """``name`` of an agent; how many ``steps`` a queue has, None where that is not known."""

    name: Callable[[str], str]
    steps: Callable[[str], int | None]


def sentence(event: Event, words: Words) -> str:
    match event:
        case TaskQueued():
            return _queued(event, words)
        case EligibilityWidened():
            return _widened(event, words)
        case TaskOffered():
            return _offered(event, words)
        case TaskRequeued():
            return _requeued(event, words)
        case ExclusionLifted():
            return f"may be offered to {words.name(event.agent_id)} again; nobody else has taken it"
        case TaskMoved():
            return f"moved from {event.from_queue} to {event.queue.name} ({event.reason})"
        case TaskAssigned():
            waited = "" if event.waited_seconds is None else f" after {_seconds(event.waited_seconds)} in the line"
            return f"accepted by {words.name(event.agent_id)}{waited}"
        case TaskCancelled():
            return f"left the line without an agent: {event.reason}"
        case TaskExpired():
            return f"given up in {event.queue}: {event.reason}"
        case AgentJoined():
            came = _CAME.get(event.direction, event.direction)
            return f"{event.agent_name} came in as a supervisor {came}; nothing was routed"
    return type(event).__name__


def _queued(event: TaskQueued, words: Words) -> str:
    parts = [f"queued in {event.queue.name} with priority {event.priority}"]
    if event.position is not None:
        parts[0] += f" as number {event.position} in line"
    if event.estimated_wait_seconds is not None:
        parts.append(f"estimated wait {_seconds(event.estimated_wait_seconds)}")
    if event.ahead:
        parts.append("ahead of all others")
    if event.entered_at is not None and event.queued_at < event.entered_at:
        parts.append(f"at its old place of {_time(event.queued_at)}")
    if event.preferred_agent is not None and event.preferred_until is not None:
        only = "and nobody else" if event.preferred_only else f"first, until {_time(event.preferred_until)}"
        parts.append(f"for {words.name(event.preferred_agent)} {only}")
    if event.not_before is not None:
        parts.append(f"for nobody before {_time(event.not_before)}")
    if event.without_agent is not None:
        parts.append(f"not for {words.name(event.without_agent)}, who had it")
    return "; ".join(parts)


def _widened(event: EligibilityWidened, words: Words) -> str:
    why = {
        "due": "its time has come",
        "preference_over": "the wait for one agent is over",
        "step": "nobody has taken it in the step before",
    }[event.reason]
    return f"{why}: {_step(event.queue, event.step, words)} is in force"


def _offered(event: TaskOffered, words: Words) -> str:
    name = words.name(event.agent_id)
    if event.rule == "picked":
        return f"picked by {name} out of {_count(event.waiting, 'waiting task')}"
    if event.rule == "preferred_agent":
        return f"offered to {name}, who is wanted for it or served the customer last"
    since = _time(event.candidates[0].available_since)
    agents = event.candidate_count + sum(event.excluded_counts.values())
    among = f"{_count(event.candidate_count, 'eligible agent')} of {agents}"
    parts = [f"offered to {name} (longest available, since {since}) among {among}"]
    parts += _not_eligible(event, words)
    if event.criterion or event.step:
        parts.append(f"{_step(event.queue, event.step, words)}: {event.criterion or 'anybody'}")
    if event.decided_for == "agent":
        parts.append(f"{name} was free for the first of {_count(event.waiting, 'waiting task')}")
    return "; ".join(parts)


def _not_eligible(event: TaskOffered, words: Words) -> list[str]:
    counts = event.excluded_counts
    told = []
    kept = [f"{counts[reason]} {label}" for reason, label in _KEPT.items() if reason in counts]
    if kept:
        told.append(", ".join(kept))
    if event.excluded:
        told.append(f"without {', '.join(_exclusion(each, words) for each in event.excluded)}")
    return told


_KEPT = {"not_ready": "not ready", "busy": "busy", "criterion": "free but not eligible"}


def _exclusion(excluded: Exclusion, words: Words) -> str:
    return f"{words.name(excluded.agent_id)}, who {_LET_GO[excluded.reason]}"


def _requeued(event: TaskRequeued, words: Words) -> str:
    name = words.name(event.agent_id)
    parts = [_BACK[event.reason].format(name=name), "back at its old place"]
    if event.reason == "rona":
        parts.append(f"not for {name} before coming back from not ready")
    elif event.excluded_until is not None:
        parts.append(f"not for {name} before {_time(event.excluded_until)}")
    return "; ".join(parts)


def _step(queue: str, step: int, words: Words) -> str:
    steps = words.steps(queue)
    return f"step {step + 1}" if steps is None or steps <= step else f"step {step + 1} of {steps}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f} s"


def _time(instant: datetime) -> str:
    """In UTC, like all times here."""
    return format_instant(instant)[11:19]
