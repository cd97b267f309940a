"""Situations in which something once went wrong, or would without care."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

import pytest

from actors.agent import Agent
from actors.router import Router
from schemas.commands import (
    AcceptTask,
    AdmitAgent,
    ConfigureItem,
    DeclineTask,
    ImportTables,
    PostCustomerMessage,
    SetState,
    StartConversation,
)
from schemas.configuration import Agent as ConfiguredAgent
from schemas.configuration import Attribute, Item, Mrd, Overflow, Queue, Step, Tables
from schemas.content import TextContent
from schemas.events import (
    REGISTRY,
    AgentLeft,
    AgentLoggedIn,
    AgentReminded,
    Customer,
    EligibilityWidened,
    Event,
    ExclusionLifted,
    TaskMoved,
    TaskOffered,
    TaskRequeued,
)
from schemas.instants import parse_instant
from schemas.records import CENTRE, agent_stream, conversation_stream
from tests.examples import NOW, later
from tests.simulation.invariants import check, check_record
from tests.simulation.world import World

E = TypeVar("E", bound=Event)

TABLES = Tables(
    attributes={"english": Attribute(type="proficiency")},
    mrds={"chat": Mrd(max_tasks=3)},
    queues={"support": Queue(mrd="chat"), "sales": Queue(mrd="chat", priority=8)},
    agents={name: ConfiguredAgent(name=name.title(), role="administrator") for name in ("ann", "ben", "cleo")},
)


class Scene(World):
    """A small world, with short words for the actions in it."""

    def __init__(self) -> None:
        super().__init__(0, TABLES)

    def configure(self, name: str, item: Item) -> None:
        self.run([self.request(CENTRE, ConfigureItem(at=self.now, name=name, item=item))])

    def ready(self, *agents: str) -> None:
        for agent_id in agents:
            self.run([self.request(CENTRE, AdmitAgent(at=self.now, agent_id=agent_id))])
            self.run([self.request(agent_stream(agent_id), SetState(at=self.now, state="ready"))])

    def not_ready(self, agent_id: str) -> None:
        self.run([self.request(agent_stream(agent_id), SetState(at=self.now, state="not_ready"))])

    def start(self, count: int = 1, queue: str = "support", priority: int = 5, agent: str | None = None) -> list[str]:
        """Starts so many conversations at once, and returns their tasks."""
        tasks = [self.new_id() for _ in range(count)]
        settings = self.configuration.tables.queues[queue].carried(queue)
        starts = [
            StartConversation(
                at=self.now,
                conversation_id=task_id,
                channel="web",
                customer=Customer(),
                queue=settings,
                task_id=task_id,
                message_id=self.new_id(),
                request_digest="digest",
                priority=priority,
                preferred_agent=agent,
            )
            for task_id in tasks
        ]
        self.run([self.request(conversation_stream(start.conversation_id), start) for start in starts])
        return tasks

    def accept(self, agent_id: str, task_id: str) -> None:
        self.run([self.request(agent_stream(agent_id), AcceptTask(at=self.now, task_id=task_id))])

    def decline(self, agent_id: str, task_id: str) -> None:
        self.run([self.request(agent_stream(agent_id), DeclineTask(at=self.now, task_id=task_id))])

    def write(self, conversation_id: str) -> None:
        content = TextContent("Hello?")
        message = PostCustomerMessage(at=self.now, message_id=self.new_id(), content=content)
        self.run([self.request(conversation_stream(conversation_id), message)])

    def happened(self, event: type[E]) -> list[tuple[datetime, E]]:
        """The recorded events of this type, each with its instant."""
        records = self.journal.read_all(0, self.position)
        decoded = ((parse_instant(record.at), REGISTRY.decode(record)) for record in records)
        return [(at, each) for at, each in decoded if isinstance(each, event)]

    def offers(self) -> list[tuple[str, str]]:
        """The offered tasks and the agents to whom they were offered, in order."""
        return [(offer.task_id, offer.agent_id) for _, offer in self.happened(TaskOffered)]

    @property
    def router(self) -> Router:
        return self.routers["chat"]

    def agent(self, agent_id: str) -> Agent:
        return self.agents[agent_id]


@pytest.fixture
def scene() -> Iterator[Scene]:
    scene = Scene()
    yield scene
    check(scene)
    check_record(scene)
    scene.system.shutdown()


def test_an_agent_whose_answer_is_long_overdue_loses_the_conversation_at_once(scene: Scene) -> None:
    scene.configure("support", Queue(mrd="chat", response_seconds=60.0))
    scene.ready("ann")
    (task,) = scene.start()
    scene.accept("ann", task)
    scene.jump(3_600.0)
    assert [(at, reminded.percent) for at, reminded in scene.happened(AgentReminded)] == [
        (later(3_600), 50),
        (later(3_600), 80),
    ]
    assert [(at, left.reason) for at, left in scene.happened(AgentLeft)] == [(later(3_600), "response_timeout")]


def test_deadlines_of_a_night_without_a_server_are_met_in_order_in_the_morning(scene: Scene) -> None:
    scene.configure("support", Queue(mrd="chat", response_seconds=60.0))
    scene.configure("sales", Queue(mrd="chat", time_to_live_seconds=30.0))
    scene.ready("ann")
    (worked,) = scene.start()
    scene.accept("ann", worked)
    scene.not_ready("ann")
    (waiting,) = scene.start(queue="sales")
    scene.restart(after=9 * 3_600.0)
    assert waiting not in scene.open
    assert [at for at, _ in scene.happened(AgentLeft)] == [later(9 * 3_600)]
    assert scene.open[worked].status == "waiting_for_agent"


def test_a_clock_that_is_set_back_does_not_delay_deadlines(scene: Scene) -> None:
    scene.configure("support", Queue(mrd="chat", time_to_live_seconds=30.0))
    (task,) = scene.start()
    scene.jump(-3_600.0)
    assert scene.now == NOW
    scene.advance(29.9)
    assert task in scene.open
    scene.advance(0.1)
    assert task not in scene.open


def test_a_clock_that_is_set_back_before_a_restart_does_not_delay_deadlines(scene: Scene) -> None:
    scene.configure("support", Queue(mrd="chat", time_to_live_seconds=30.0))
    (task,) = scene.start()
    scene.clocks.jump(-3_600.0)
    scene.restart()
    scene.advance(30.0)
    assert task not in scene.open


def test_a_command_repeated_after_a_restart_is_stamped_with_the_later_time(scene: Scene) -> None:
    asked = scene.request(CENTRE, AdmitAgent(at=scene.now, agent_id="ann"))
    scene.advance(200.0)
    scene.ready("ben")
    scene.restart()
    scene.run([asked])
    ((_, logged_in),) = [each for each in scene.happened(AgentLoggedIn) if each[1].agent_id == "ann"]
    assert logged_in.logged_in_at == later(200)


def test_an_import_of_wider_steps_and_a_lower_capacity_offers_no_task_to_a_full_agent(scene: Scene) -> None:
    scene.configure("support", Queue(mrd="chat", steps=[Step(criterion="english")]))
    scene.ready("ann")
    (worked,) = scene.start(queue="sales")
    scene.accept("ann", worked)
    (waiting,) = scene.start()
    tables = Tables(mrds={"chat": Mrd(max_tasks=1)}, queues={"support": Queue(mrd="chat")})
    scene.run([scene.request(CENTRE, ImportTables(at=scene.now, tables=tables))])
    assert scene.router.tasks[waiting].offered_to is None
    assert not scene.happened(TaskRequeued)


def test_offers_beyond_a_lowered_capacity_go_to_others(scene: Scene) -> None:
    scene.ready("ann")
    first, second, third = scene.start(3)
    scene.ready("ben")
    scene.configure("chat", Mrd(max_tasks=1))
    assert list(scene.agent("ann").tasks) == [first]
    assert list(scene.agent("ben").tasks) == [second]
    assert scene.router.tasks[third].offered_to is None


def test_very_many_tasks_due_at_one_instant_all_move_at_once(scene: Scene) -> None:
    scene.configure("sales", Queue(mrd="chat", overflow=Overflow(queue="support", after_seconds=40.0)))
    tasks = scene.start(505, queue="sales")
    scene.advance(40.0)
    moved = scene.happened(TaskMoved)
    assert {at for at, _ in moved} == {later(40)}
    assert sorted(each.task_id for _, each in moved) == sorted(tasks)


def test_exclusions_that_end_at_one_instant_all_end(scene: Scene) -> None:
    """Cleo, who is there and full, could take the task: so it is not offered again at once to those who declined it."""
    scene.configure("chat", Mrd(max_tasks=1))
    scene.ready("cleo")
    (worked,) = scene.start()
    scene.accept("cleo", worked)
    scene.ready("ann", "ben")
    (task,) = scene.start()
    scene.decline("ann", task)
    scene.decline("ben", task)
    scene.advance(60.0)
    assert [(at, lifted.agent_id) for at, lifted in scene.happened(ExclusionLifted)] == [
        (later(60), "ann"),
        (later(60), "ben"),
    ]
    _, offer = scene.happened(TaskOffered)[-1]
    assert (offer.task_id, offer.candidate_count, offer.excluded) == (task, 2, [])


def test_a_task_stops_waiting_for_a_preferred_agent_who_stops_accepting(scene: Scene) -> None:
    scene.configure("chat", Mrd(max_tasks=1))
    scene.configure("support", Queue(mrd="chat", sticky_seconds=600.0))
    scene.ready("ann")
    (worked,) = scene.start()
    scene.accept("ann", worked)
    scene.ready("ben")
    (task,) = scene.start(agent="ann")
    assert scene.router.tasks[task].preferred_until == later(600)
    scene.not_ready("ann")
    assert scene.router.tasks[task].offered_to == "ben"


def test_steps_that_become_shorter_widen_at_once(scene: Scene) -> None:
    steps = [Step(criterion="english >= 8", seconds=600.0), Step()]
    scene.configure("support", Queue(mrd="chat", steps=steps))
    scene.ready("ann")
    (task,) = scene.start()
    scene.advance(5.0)
    scene.configure("support", Queue(mrd="chat", steps=[Step(criterion="english >= 8", seconds=4.0), Step()]))
    assert [(at, widened.step) for at, widened in scene.happened(EligibilityWidened)] == [(later(5), 1)]
    assert scene.offers() == [(task, "ann")]


def in_line(scene: Scene) -> list[str]:
    """Starts four tasks, one after the other, and returns them in the order of the line: by their own priority,
    their queue's, their age."""
    (old,) = scene.start()
    scene.advance(1.0)
    (young,) = scene.start()
    (urgent,) = scene.start(priority=9)
    (sale,) = scene.start(queue="sales")
    return [urgent, sale, old, young]


def test_offers_after_a_late_deadline_are_in_the_order_of_the_line(scene: Scene) -> None:
    steps = [Step(criterion="english >= 8", seconds=30.0), Step()]
    for name, priority in (("support", 5), ("sales", 8)):
        scene.configure(name, Queue(mrd="chat", priority=priority, steps=steps))
    scene.ready("ann", "ben")
    tasks = in_line(scene)
    assert not scene.offers()
    scene.jump(3_600.0)
    assert [task_id for task_id, _ in scene.offers()] == tasks


def test_offers_after_new_rules_are_in_the_order_of_the_line(scene: Scene) -> None:
    steps = [Step(criterion="english >= 8")]
    scene.configure("support", Queue(mrd="chat", steps=steps))
    scene.configure("sales", Queue(mrd="chat", priority=8, steps=steps))
    scene.ready("ann", "ben")
    urgent, sale, old, young = in_line(scene)
    scene.configure("support", Queue(mrd="chat"))
    scene.configure("sales", Queue(mrd="chat", priority=8))
    assert [task_id for task_id, _ in scene.offers()] == [urgent, old, young, sale]


def test_offers_after_an_import_of_new_rules_are_in_the_order_of_the_line(scene: Scene) -> None:
    steps = [Step(criterion="english >= 8")]
    scene.configure("support", Queue(mrd="chat", steps=steps))
    scene.configure("sales", Queue(mrd="chat", priority=8, steps=steps))
    scene.configure("chat", Mrd(max_tasks=1))
    scene.ready("ann", "ben")
    urgent, sale, *_ = in_line(scene)
    scene.run([scene.request(CENTRE, ImportTables(at=scene.now, tables=Tables(queues=TABLES.queues)))])
    assert [task_id for task_id, _ in scene.offers()] == [urgent, sale]
