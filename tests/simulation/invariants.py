"""What must hold at every moment, whatever anyone does."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from actors.agent import AGENT, Agent, mrd_state
from actors.conversation import Conversation
from actors.router import Router
from schemas.events import REGISTRY, BotReplyDropped, Event, MessagePosted, NoteAdded, TaskRequeued
from schemas.records import Record
from tests.simulation.world import World

__all__ = ["check", "check_record"]

Holders = dict[str, list[tuple[str, str]]]


def check(world: World) -> None:
    holders = _holders(world)
    for agent in world.agents.values():
        _check_agent(world, agent)
    for conversation in world.open.values():
        _check_conversation(world, conversation, holders)
    for router in world.routers.values():
        _check_line(router)
        _check_view(world, router)
        _check_nobody_waits_beside_a_free_agent(world, router)
    _check_no_task_too_many(world, holders)
    _check_memory(world)


def check_record(world: World) -> None:
    """What must hold of the journal as a whole."""
    records = world.journal.read_all(0, world.position)
    versions: dict[str, int] = defaultdict(int)
    for position, record in enumerate(records, 1):
        versions[record.stream] += 1
        assert (record.position, record.version) == (position, versions[record.stream])
    assert all(earlier.at <= later.at for earlier, later in pairwise(records))
    _check_messages(world, [(record, REGISTRY.decode(record)) for record in records])
    for stream, state in world.states.items():
        assert world.folded_anew(stream) == state


def _check_messages(world: World, records: list[tuple[Record, Event]]) -> None:
    """Every message that anyone was told of is kept once, where the reply said; every dropped one dropped once."""
    kept: dict[str, tuple[str, int]] = {}
    dropped: set[str] = set()
    for record, event in records:
        if isinstance(event, MessagePosted | NoteAdded):
            message_id = event.message_id if isinstance(event, MessagePosted) else event.note_id
            assert kept.setdefault(message_id, (record.stream, record.version)) == (record.stream, record.version)
        elif isinstance(event, BotReplyDropped):
            assert event.message_id not in dropped | kept.keys()
            dropped.add(event.message_id)
        elif isinstance(event, TaskRequeued):
            assert event.reason != "agent_unavailable", "a router knows its agents: no offer of its is turned down"
    assert world.acknowledged.items() <= kept.items()


def _holders(world: World) -> Holders:
    """Who holds each task, and how."""
    holders: Holders = defaultdict(list)
    for agent in world.agents.values():
        for task in agent.tasks.values():
            holders[task.task_id].append((agent.agent_id, task.state))
    return holders


def _check_agent(world: World, agent: Agent) -> None:
    for mrd, membership in agent.mrds.items():
        assert len(agent.held(mrd)) <= membership.max_tasks, "no agent is above capacity"
        assert world.reported.get((agent.agent_id, mrd), "not_ready") == mrd_state(agent, mrd)
    assert all(task.mrd in agent.mrds for task in agent.tasks.values())
    if agent.state == "logged_out":
        assert not agent.tasks
    if agent.state != "ready":
        assert all(task.state != "reserved" for task in agent.tasks.values())


def _check_conversation(world: World, conversation: Conversation, holders: Holders) -> None:
    """No task is lost: it is in line, or offered to one agent, or held by one."""
    task = conversation.task
    if conversation.status == "with_bot":
        assert task is None
        return
    assert task is not None
    routed = world.routers[task.queue.mrd].tasks.get(task.task_id)
    if conversation.status == "waiting_for_agent":
        assert routed is not None
        assert routed.conversation_id == conversation.conversation_id
        assert routed.place.queued_at == task.queued_at == world.waiting_since[conversation.conversation_id]
        assert holders[task.task_id] == ([(routed.offered_to, "reserved")] if routed.offered_to else [])
        assert conversation.agents == {}
    else:
        assert routed is None
        held_as = "active" if conversation.status == "with_agent" else "wrap_up"
        assert holders[task.task_id] == [(conversation.served_by, held_as)]
        assert list(conversation.agents) == [conversation.served_by]


def _check_no_task_too_many(world: World, holders: Holders) -> None:
    waited_for = sum(conversation.status == "waiting_for_agent" for conversation in world.open.values())
    assert sum(len(router.tasks) for router in world.routers.values()) == waited_for
    served = sum(conversation.status in ("with_agent", "wrap_up") for conversation in world.open.values())
    offered = sum(task.offered_to is not None for router in world.routers.values() for task in router.tasks.values())
    assert sum(map(len, holders.values())) == served + offered, "no agent holds a task of no conversation"


def _check_line(router: Router) -> None:
    assert all(before < after for before, after in pairwise(router.line))
    waiting = {task.task_id for task in router.tasks.values() if task.offered_to is None}
    assert {place.task_id for place in router.line} == waiting
    let_go = {(agent.agent_id, task_id) for agent in router.agents.values() for task_id in agent.let_go}
    assert let_go == {(agent_id, task.task_id) for task in router.tasks.values() for agent_id in task.excluded}


def _check_view(world: World, router: Router) -> None:
    """What the router believes of each agent is true."""
    for agent in world.agents.values():
        view = router.agents.get(agent.agent_id)
        held = agent.held(router.mrd)
        if view is None:
            assert not held
            assert not agent.accepting(router.mrd)
            continue
        offers = sum(task.state == "reserved" for task in held)
        assert (view.accepting, view.offers) == (agent.accepting(router.mrd), offers)
        assert view.active_tasks == len(held) - offers
        if view.accepting:
            assert view.max_tasks == agent.mrds[router.mrd].max_tasks


def _check_nobody_waits_beside_a_free_agent(world: World, router: Router) -> None:
    free = {
        agent.agent_id
        for agent in world.agents.values()
        if agent.accepting(router.mrd) and len(agent.held(router.mrd)) < agent.mrds[router.mrd].max_tasks
    }
    for place in router.line:
        assert free <= router.tasks[place.task_id].excluded.keys()


def _check_memory(world: World) -> None:
    """Live state is what the journal folds into, and every deadline is known."""
    for entity in world.system.residents:
        assert entity.state == world.state(entity.stream)
        assert not entity.decider.finished(entity.state)
    deadlines = [deadline for agent in world.agents.values() for deadline in AGENT.deadlines(agent).values()]
    assert len(world.system.timers) == len(deadlines)
    first = min((deadline.instant for deadline in deadlines), default=None)
    next_instant = world.system.timers.next_instant()
    if first is None or first > world.now:
        assert next_instant == first
    else:
        assert next_instant is not None
        assert next_instant <= world.now + timedelta(seconds=1)
