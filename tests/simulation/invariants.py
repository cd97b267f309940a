"""Invariants: they are true at every moment, whatever anyone does."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from itertools import chain, pairwise

from actors.agent import AGENT, Agent, mrd_state
from actors.configuration import agent_settings
from actors.conversation import CONVERSATION, Conversation
from actors.router import ROUTER, RoutedTask, Router
from schemas.events import (
    REGISTRY,
    BotReplyDropped,
    Event,
    MessagePosted,
    NoteAdded,
    SuggestionPosted,
    TaskRequeued,
    WhisperPosted,
)
from schemas.records import Record, agent_stream, conversation_stream
from tests.simulation.world import World

__all__ = ["check", "check_changed", "check_record"]

Holders = dict[str, list[tuple[str, str]]]


def check(world: World) -> None:
    """Checks everything, at length."""
    world.changed.update(agent_stream(agent_id) for agent_id in world.agents)
    world.changed.update(conversation_stream(conversation_id) for conversation_id in world.open)
    check_changed(world)
    for router in world.routers.values():
        _check_line(router)
        _check_pool(router)
        for agent in world.agents.values():
            _check_view(router, agent)
    _check_configuration(world)
    _check_memory(world)


def check_changed(world: World) -> None:
    """Checks the entities that have changed since the last check."""
    changed, world.changed = world.changed, set()
    holders = _holders(world)
    for stream in changed:
        match world.states[stream]:
            case Agent() as agent:
                _check_agent(world, agent)
                for router in world.routers.values():
                    _check_view(router, agent)
            case Conversation() as conversation if conversation.conversation_id in world.open:
                _check_conversation(world, conversation, holders)
    for router in world.routers.values():
        _check_nobody_waits_beside_a_free_agent(world, router)
        _check_waits_end_in_time(world, router)
    _check_no_task_too_many(world, holders)
    _check_nothing_is_overdue(world)


def check_record(world: World) -> None:
    """Checks the journal as a whole."""
    records = world.journal.read_all(0, world.position)
    versions: dict[str, int] = defaultdict(int)
    for position, record in enumerate(records, 1):
        versions[record.stream] += 1
        assert (record.position, record.version) == (position, versions[record.stream])
    assert all(earlier.at <= later.at for earlier, later in pairwise(records))
    _check_messages(world, ((record, REGISTRY.decode(record)) for record in records))
    for stream, state in world.states.items():
        assert world.folded_anew(stream) == state


def _check_messages(world: World, records: Iterable[tuple[Record, Event]]) -> None:
    """Every acknowledged message is in the journal once, where the reply said. Every dropped message is dropped
    once."""
    kept: dict[str, tuple[str, int]] = {}
    dropped: set[str] = set()
    for record, event in records:
        if isinstance(event, MessagePosted | NoteAdded | WhisperPosted | SuggestionPosted):
            message_id = event.note_id if isinstance(event, NoteAdded) else event.message_id
            assert kept.setdefault(message_id, (record.stream, record.version)) == (record.stream, record.version)
        elif isinstance(event, BotReplyDropped):
            assert event.message_id not in dropped | kept.keys()
            dropped.add(event.message_id)
        elif isinstance(event, TaskRequeued):
            assert event.reason != "agent_unavailable", "a router knows its agents: no offer of its is turned down"
    assert world.acknowledged.items() <= kept.items()


def _holders(world: World) -> Holders:
    """The agents who hold each task, each with the state of the task."""
    holders: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for agent in world.agents.values():
        for task in agent.tasks.values():
            holders[task.task_id].append((agent.agent_id, task.state))
    return dict(holders)


def _check_agent(world: World, agent: Agent) -> None:
    tables = world.configuration.tables
    for mrd in agent.mrds:
        assert world.reported.get((agent.agent_id, mrd), "not_ready") == mrd_state(agent, mrd)
    assert all(agent.accepting(task.mrd) for task in agent.tasks.values() if task.state == "reserved")
    if agent.state == "logged_out":
        assert not agent.tasks
        return
    assert agent.configured() == agent_settings(tables, agent.agent_id)
    assert agent.logs_out_at is None or agent.logs_out_at > world.now or world.journal_failing, "the grace is over"


def _check_conversation(world: World, conversation: Conversation, holders: Holders) -> None:
    """No task is lost: it is in line, or offered to one agent, or held by one. The answer has one owner."""
    for agent_id, participant in conversation.agents.items():
        held_as = "wrap_up" if conversation.status == "wrap_up" else "active"
        assert holders.get(participant.task_id) == [(agent_id, held_as)]
    primaries = [agent_id for agent_id, agent in conversation.agents.items() if agent.role == "primary"]
    owned = conversation.status in ("with_agent", "wrap_up")
    assert primaries == ([conversation.served_by] if owned else [])
    assert owned or not any(agent.role == "consultant" for agent in conversation.agents.values())
    assert conversation.status == "with_agent" or not conversation.assists
    for assist in conversation.assists.values():
        assert assist.task_id in world.routers[assist.mrd].tasks
    _check_request(world, conversation)


def _check_request(world: World, conversation: Conversation) -> None:
    task = conversation.task
    if conversation.status in ("with_bot", "waiting_for_customer"):
        assert task is None
        return
    assert task is not None
    routed = world.routers[task.queue.mrd].tasks.get(task.task_id) if task.queue.mrd in world.routers else None
    if conversation.status != "waiting_for_agent":
        assert routed is None
        return
    assert routed is not None
    assert routed.conversation_id == conversation.conversation_id
    assert (routed.place.queued_at, routed.queue) == (task.queued_at, task.queue.name)


def _check_no_task_too_many(world: World, holders: Holders) -> None:
    conversations = world.open.values()
    wanted = {c.task.task_id for c in conversations if c.status == "waiting_for_agent" and c.task is not None}
    wanted |= {task_id for c in conversations for task_id in c.assists}
    routed = {task.task_id: task for router in world.routers.values() for task in router.tasks.values()}
    assert routed.keys() == wanted, "no task waits for nobody"
    worked = {participant.task_id for c in conversations for participant in c.agents.values()}
    offered = {task_id: task.offered_to for task_id, task in routed.items() if task.offered_to is not None}
    for task_id, agent_id in offered.items():
        assert holders.get(task_id) == [(agent_id, "reserved")]
    assert holders.keys() == worked | offered.keys()
    assert all(len(held) == 1 for held in holders.values()), "one agent holds a task"


def _check_line(router: Router) -> None:
    """Every waiting task is in one place, where the agents who may take it are matched with it; the indexes are
    correct."""
    waiting = {task.task_id: task for task in router.tasks.values() if task.offered_to is None}
    in_line = [place for line in router.lines.values() for place in line]
    for_anybody = [place for line in router.lines.values() for places in line.steps for place in places]
    preferred = [place for places in router.preferred.values() for place in places]
    due = {task_id for task_id, task in waiting.items() if task.not_before is None}
    assert sorted(place.task_id for place in in_line) == sorted(due)
    assert sorted(chain(for_anybody, preferred)) == sorted(in_line)
    for task in waiting.values():
        line = router.lines[task.queue]
        assert task.due == line.next_change(task)
        if task.not_before is None:
            places = router.preferred[task.preferred_agent or ""] if task.preferred_until else line.steps[task.step]
            assert task.place in places
    assert sorted(router.due) == sorted((t.due, t.task_id) for t in waiting.values() if t.due is not None)
    assert router.let_go == {task.task_id for task in router.tasks.values() if task.excluded}
    let_go = {(agent.agent_id, task_id) for agent in router.pool for task_id in agent.let_go}
    assert let_go == {(agent_id, task.task_id) for task in router.tasks.values() for agent_id in task.excluded}


def _check_pool(router: Router) -> None:
    free = [agent for agent in router.pool if agent.free_slots > 0]
    assert router.pool.free == sum(1 << agent.number for agent in free)
    assert router.pool.accepting == sum(1 << agent.number for agent in router.pool if agent.accepting)
    assert router.pool.slots == sum(agent.max_tasks for agent in router.pool if agent.accepting)
    assert list(router.pool.order) == sorted((agent.available_since, agent.number) for agent in free)
    for line in router.lines.values():
        for step, eligible in enumerate(line.eligible):
            admitting = line.criteria[: step + 1]
            assert eligible == sum(
                1 << agent.number
                for agent in router.pool
                if any(criterion.admits(agent.attributes) for criterion in admitting)
            )


def _check_view(router: Router, agent: Agent) -> None:
    """The router's knowledge of the agent is correct."""
    view = router.pool.get(agent.agent_id)
    held = agent.held(router.mrd)
    if view is None or router.mrd not in agent.mrds:
        assert view is None or not view.accepting
        assert not agent.accepting(router.mrd)
        return
    offers = {task.task_id for task in held if task.state == "reserved"}
    assert (view.accepting, set(view.offers)) == (agent.accepting(router.mrd), offers)
    if view.accepting:
        assert view.active_tasks == len(held) - len(offers)
        assert view.max_tasks == agent.mrds[router.mrd].max_tasks
        assert view.attributes == agent.attributes


def _check_nobody_waits_beside_a_free_agent(world: World, router: Router) -> None:
    mrd = router.mrd
    free = [
        agent
        for agent in world.agents.values()
        if agent.accepting(mrd) and len(agent.held(mrd)) < agent.mrds[mrd].max_tasks
    ]
    for task in router.tasks.values() if free else ():
        if task.offered_to is None and task.not_before is None:
            _check_cannot_be_taken(router, task, [agent for agent in free if not _leaves_to_others(world, task, agent)])


def _leaves_to_others(world: World, task: RoutedTask, agent: Agent) -> bool:
    """An agent who let the task go leaves it to others while there are any; one who asked for help, for ever."""
    if agent.agent_id not in task.excluded:
        return False
    if task.direction in ("consult", "conference") and task.excluded[agent.agent_id].reason == "gave_away":
        return True
    router = next(router for router in world.routers.values() if task.task_id in router.tasks)
    criteria = router.lines[task.queue].criteria
    others = [each for each in world.agents.values() if each.accepting(router.mrd)]
    return any(
        criterion.admits(each.attributes)
        for each in others
        for criterion in criteria
        if each.agent_id not in task.excluded
    )


def _check_cannot_be_taken(router: Router, task: RoutedTask, free: list[Agent]) -> None:
    line = router.lines[task.queue]
    if task.preferred_until is not None:
        assert task.preferred_agent not in {agent.agent_id for agent in free}
    elif line.queue.distribution == "push":
        admitting = line.criteria[: task.step + 1]
        assert not any(c.admits(agent.attributes) for c in admitting for agent in free)


def _check_waits_end_in_time(world: World, router: Router) -> None:
    """No task without a pending offer waits in its queue for longer than the configuration allows."""
    queues = world.configuration.tables.queues
    for task in router.tasks.values():
        queue = queues.get(task.queue)
        if queue is None or queue.time_to_live_seconds is None or task.offered_to is not None:
            continue
        since = task.not_before or task.entered_at
        assert since + timedelta(seconds=queue.time_to_live_seconds) > world.now or world.journal_failing


def _check_nothing_is_overdue(world: World) -> None:
    """Everything that is due has happened."""
    due = world.system.timers.next_instant()
    assert due is None or due > world.now or world.journal_failing
    for conversation_id, waiting in world.witness.unanswered.items():
        assert waiting.until > world.now or world.journal_failing, (
            f"{conversation_id} remains with an agent who does not answer"
        )


def _check_configuration(world: World) -> None:
    """Every router works by the current configuration."""
    for name, queue in world.configuration.tables.queues.items():
        assert world.routers[queue.mrd].lines[name].queue == queue


def _check_memory(world: World) -> None:
    """The states in memory are those that the journal folds into, and every deadline is known."""
    for entity in world.system.entities:
        assert entity.state == world.state(entity.stream)
        assert not entity.decider.finished(entity.state)
    deadlines = [
        deadline
        for found in (
            *map(AGENT.deadlines, world.agents.values()),
            *map(CONVERSATION.deadlines, world.open.values()),
            *map(ROUTER.deadlines, world.routers.values()),
        )
        for deadline in found.values()
    ]
    assert len(world.system.timers) == len(deadlines)
    first = min((deadline.instant for deadline in deadlines), default=None)
    next_instant = world.system.timers.next_instant()
    if not world.journal_failing:
        assert next_instant == first
