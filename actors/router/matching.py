"""Tasks and agents find each other: one offer at a time, so that no task waits beside a free agent who may take it.

Whatever frees a task or an agent looks for a partner for just that one; among all others there is no pair left.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Literal, NamedTuple

from sortedcontainers import SortedList

from actors.decider import Decision, Message
from actors.router.exclusion import barred
from actors.router.line import WaitingLine
from actors.router.pool import Availability
from actors.router.state import Router
from actors.router.task import Place, RoutedTask
from schemas.commands import MatchAgent, MatchQueue, MatchTask, OfferTask, RouterCommand
from schemas.events import Candidate, Exclusion, RouterEvent, TaskOffered
from schemas.events.router import RoutingRule
from schemas.records import agent_stream, router_stream

__all__ = ["MAX_NAMED_CANDIDATES", "Choice", "match_agent", "match_queue", "match_task", "offer", "to_router"]

Seeker = Literal["task", "agent"]
"""The side that looked for a partner: a task for an agent, or an agent for a task."""

MAX_NAMED_CANDIDATES = 10
"""The most candidates that a routing decision names; it counts them all."""

RULE_VERSION = 3
"""This version must be raised with every change of the rules by which tasks and agents find each other."""


class Choice(NamedTuple):
    """The agents who may get a task, and by which rule: the best ``candidates`` in order; ``among`` has the bits of
    all."""

    candidates: list[Availability]
    among: int
    rule: RoutingRule
    decided_for: Seeker


def to_router(
    state: Router, command: RouterCommand, follows: RouterEvent | Literal["command"] | None = None
) -> Message:
    """A command of the router to itself."""
    return Message(router_stream(state.mrd), command, follows)


def match_task(state: Router, command: MatchTask) -> Decision[RouterEvent]:
    """The task looks for the agent who has been available longest."""
    task = state.tasks.get(command.task_id)
    if task is None or task.offered_to is not None or task.not_before is not None:
        return Decision()
    line = state.lines[task.queue]
    if task.preferred_until is not None:
        agent = state.pool.get(task.preferred_agent or "")
        if agent is None or agent.free_slots <= 0 or not _may_take(state, task, agent):
            return Decision()
        return _offer_to_preferred(state, task, agent, command.at, "task")
    if not line.pushed:
        return Decision()
    eligible = _eligible(state, line, task)
    return _offer_to_longest(state, task, eligible, command.at, "task") if eligible else Decision()


def match_agent(state: Router, command: MatchAgent) -> Decision[RouterEvent]:
    """The agent looks for the first task in order, and comes back while there is room for another."""
    agent = state.pool.get(command.agent_id)
    if agent is None or agent.free_slots <= 0:
        return Decision()
    place = min(_firsts(state, agent), default=None)
    if place is None:
        return Decision()
    task = state.tasks[place.task_id]
    if task.preferred_until is not None:
        decision = _offer_to_preferred(state, task, agent, command.at, "agent")
    else:
        eligible = _eligible(state, state.lines[task.queue], task)
        decision = _offer_to_longest(state, task, eligible, command.at, "agent")
    decision.messages.append(to_router(state, command, "command"))
    return decision


def match_queue(state: Router, command: MatchQueue) -> Decision[RouterEvent]:
    """The queue's tasks look for agents, one after the other."""
    line = state.lines.get(command.queue)
    if line is None or not line.pushed:
        return Decision()
    place = min(_takeable(state, line), default=None)
    if place is None:
        return Decision()
    task = state.tasks[place.task_id]
    decision = _offer_to_longest(state, task, _eligible(state, line, task), command.at, "task")
    decision.messages.append(to_router(state, command, "command"))
    return decision


def offer(state: Router, task: RoutedTask, choice: Choice, at: datetime) -> Decision[RouterEvent]:
    """The first candidate is offered the task."""
    line = state.lines[task.queue]
    chosen = choice.candidates[0]
    excluded = barred(state.pool, line, task)
    expires_at = at + timedelta(seconds=line.queue.offer_timeout_seconds)
    offered = TaskOffered(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        agent_id=chosen.agent_id,
        offered_at=at,
        expires_at=expires_at,
        rule=choice.rule,
        candidates=[Candidate(agent.agent_id, agent.available_since, agent.free_slots) for agent in choice.candidates],
        candidate_count=choice.among.bit_count(),
        excluded=[
            Exclusion(agent_id, let_go.reason)
            for agent_id, let_go in task.excluded.items()
            if excluded >> state.pool.agents[agent_id].number & 1
        ],
        nobody_else=chosen.agent_id in task.excluded,
        rule_version=RULE_VERSION,
        queue=line.name,
        step=task.step,
        criterion=line.criterion(task.step),
        excluded_counts=state.pool.excluded_counts(choice.among),
        decided_for=choice.decided_for,
        waiting=line.waiting,
    )
    command = OfferTask(
        at=at,
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        queue=line.settings(),
        expires_at=expires_at,
        direction=task.direction,
        accepted=choice.rule == "picked",
    )
    return Decision([offered], [Message(agent_stream(chosen.agent_id), command)])


def _offer_to_longest(
    state: Router, task: RoutedTask, eligible: int, at: datetime, decided_for: Seeker
) -> Decision[RouterEvent]:
    candidates = state.pool.longest_available(eligible, MAX_NAMED_CANDIDATES)
    return offer(state, task, Choice(candidates, eligible, "longest_available", decided_for), at)


def _offer_to_preferred(
    state: Router, task: RoutedTask, agent: Availability, at: datetime, decided_for: Seeker
) -> Decision[RouterEvent]:
    return offer(state, task, Choice([agent], 1 << agent.number, "preferred_agent", decided_for), at)


def _eligible(state: Router, line: WaitingLine, task: RoutedTask) -> int:
    """The free agents who may take the task, as bits."""
    eligible = line.eligible[task.step] & state.pool.free
    return eligible & ~barred(state.pool, line, task) if eligible else 0


def _may_take(state: Router, task: RoutedTask, agent: Availability) -> bool:
    """False if the agent has let the task go and somebody else may take it."""
    if agent.agent_id not in task.excluded:
        return True
    return not barred(state.pool, state.lines[task.queue], task) >> agent.number & 1


def _takeable(state: Router, line: WaitingLine) -> Iterator[Place]:
    """The first task of every step of the queue that a free agent may take."""
    for eligible, places in zip(line.eligible, line.steps, strict=True):
        if eligible & state.pool.free:
            found = (place for place in places if _eligible(state, line, state.tasks[place.task_id]))
            yield from islice(found, 1)


def _firsts(state: Router, agent: Availability) -> Iterator[Place]:
    """The first task that the agent may take of every step of every queue."""
    wanted = state.preferred.get(agent.agent_id)
    if wanted and (place := _first(state, wanted, agent)):
        yield place
    for queue, step in agent.reach.items():
        line = state.lines[queue]
        if not line.pushed:
            continue
        for places in line.steps[step:]:
            if places and (place := _first(state, places, agent)):
                yield place


def _first(state: Router, places: "SortedList[Place]", agent: Availability) -> Place | None:
    """The first task that the agent has not let go, or that nobody else may take."""
    if not agent.let_go:
        return places[0]
    return next((place for place in places if _may_take(state, state.tasks[place.task_id], agent)), None)
