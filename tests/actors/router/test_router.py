"""The router's decisions."""

from typing import Any

import pytest

from actors.decider import Deadline
from actors.router import ROUTER
from schemas.commands import (
    AdvanceLine,
    ConfigureQueue,
    FlushQueue,
    MoveTask,
    PickTask,
    WithdrawOffer,
)
from schemas.configuration import Queue
from schemas.events import AgentAvailabilityChanged, Candidate, Event, TaskQueued
from schemas.queues import QueueSettings
from schemas.records import conversation_stream
from schemas.replies import Flushed, RefusalCode, TaskReply
from tests.actors.router.examples import (
    CONVERSATIONS,
    PLAIN,
    PULL,
    STEPS,
    TASKS,
    advance,
    again,
    all_offers,
    assigned,
    away,
    cancel,
    cancelled,
    configured,
    confirm,
    enqueue,
    expired,
    free,
    give_up,
    given,
    learned,
    lifted,
    match_agent,
    match_queue,
    match_task,
    moved,
    offer,
    offered,
    overflow,
    queued,
    report,
    requeued,
    return_task,
    served,
    state_of,
    widened,
)
from tests.actors.scenario import Then
from tests.examples import NOW, SALES, SUPPORT, later

PLAIN_SALES = QueueSettings(name="sales", mrd="chat")
OVERFLOWS = configured(overflow=overflow("sales", 60))
SERVED = (queued(3), queued(4), free("zoe"), served("zoe", 12, active_tasks=1))
"""A queue in which two tasks wait, and of which the only agent worked on a task for 12 seconds and is busy again."""


def entry(result: Then) -> TaskQueued:
    (event,) = result.decision.events
    assert isinstance(event, TaskQueued)
    return event


class TestQueueing:
    def test_takes_a_task_in_and_looks_for_an_agent(self) -> None:
        given().when(enqueue(0)).then(queued(0, position=1)).sends(match_task(0))

    @pytest.mark.parametrize("events", [(queued(0),), (free("alice"), queued(0), offered(0))], ids=["waits", "offered"])
    def test_takes_a_task_in_once(self, events: tuple[Event, ...]) -> None:
        given(*events).when(enqueue(0, seconds=9)).nothing()

    def test_by_the_configured_rules_rather_than_those_of_the_request(self) -> None:
        old = QueueSettings(name="support", mrd="chat", priority=1, wrap_up_seconds=99)
        assert entry(given(configured()).when(enqueue(0, old))).queue == SUPPORT

    def test_begins_in_the_step_of_its_age(self) -> None:
        assert entry(given(configured(STEPS)).when(enqueue(0, seconds=-40))).step == 1

    def test_has_the_place_in_the_line(self) -> None:
        events = (*SERVED, queued(1, seconds=-1), queued(2, SALES))
        result = entry(given(*events).when(enqueue(0, seconds=0.5)))
        assert (result.position, result.estimated_wait_seconds) == (4, 60.0)
        ahead = entry(given(*events).when(enqueue(0, seconds=0.5, ahead=True)))
        assert (ahead.position, ahead.estimated_wait_seconds, ahead.ahead) == (1, 12.0, True)

    def test_for_later_has_no_place_yet(self) -> None:
        result = entry(given(*SERVED).when(enqueue(0, not_before=later(60))))
        assert (result.position, result.estimated_wait_seconds) == (None, None)

    @pytest.mark.parametrize(
        ("events", "more", "estimate"),
        [
            ((), {}, None),
            ((free("alice"), configured()), {}, 0.0),
            ((free("alice", active_tasks=1), configured()), {}, None),
            ((free("alice"), configured(STEPS)), {}, None),
            ((learned("alice", english=5), free("alice"), configured(STEPS)), {}, 30.0),
            ((free("alice"), configured(PULL)), {}, None),
            ((configured(PULL), free("alice"), served("alice", 12)), {}, 12.0),
            ((free("alice"), configured()), {"without_agent": "alice"}, 0.0),
            ((free("alice"), free("bob"), configured()), {"without_agent": "alice"}, 0.0),
            ((free("alice"), configured()), {"preferred_agent": "bob", "preferred_seconds": 5}, 5.0),
            ((free("alice"), configured()), {"preferred_agent": "alice", "preferred_seconds": 5}, 0.0),
            ((free("alice"),), {"preferred_agent": "bob", "preferred_seconds": 5, "preferred_only": True}, None),
            (SERVED, {"seconds": 1}, 36.0),
            ((*SERVED, free("alice", active_tasks=1)), {"seconds": 1}, 18.0),
            ((*SERVED, away("zoe", active_tasks=1)), {"seconds": 1}, None),
            ((*SERVED, queued(1, SALES, seconds=-1)), {"seconds": 1}, 48.0),
        ],
        ids=[
            "nothing known",
            "an agent is free",
            "all are busy",
            "nobody is eligible",
            "an agent is free for the next step",
            "agents pick, and nobody has closed a task yet",
            "agents pick",
            "the giver is free, and nobody else is there",
            "another than the giver is free",
            "another is wanted first",
            "the wanted one is free",
            "only another is wanted",
            "others are ahead",
            "twice as many agents work",
            "nobody is there any more",
            "the only agent has another queue too",
        ],
    )
    def test_estimates_the_wait(self, events: tuple[Event, ...], more: dict[str, Any], estimate: float | None) -> None:
        assert entry(given(*events).when(enqueue(0, **more))).estimated_wait_seconds == estimate


class TestPreference:
    @pytest.mark.parametrize(
        ("events", "more", "until"),
        [
            ((), {"preferred_agent": "bob", "preferred_seconds": 40}, 40),
            ((), {"preferred_agent": "bob"}, None),
            ((configured(sticky_seconds=15), free("bob")), {"preferred_agent": "bob"}, 15),
            ((configured(sticky_seconds=15), free("bob", active_tasks=1)), {"preferred_agent": "bob"}, 15),
            ((configured(sticky_seconds=15), away("bob")), {"preferred_agent": "bob"}, None),
            ((configured(sticky_seconds=15),), {"preferred_agent": "bob"}, None),
            ((free("bob"),), {"preferred_agent": "bob"}, None),
            ((configured(sticky_seconds=15), free("bob")), {}, None),
            ((), {"preferred_agent": "bob", "preferred_seconds": 40, "not_before": later(600)}, 640),
            ((configured(sticky_seconds=15), free("bob")), {"preferred_agent": "bob", "not_before": later(60)}, 75),
        ],
        ids=[
            "wanted, however far away",
            "served last, of an unknown queue",
            "served last",
            "served last and is full",
            "served last and is away",
            "served last and is unknown",
            "served last, but the queue waits for nobody",
            "nobody is wanted",
            "wanted at a later time",
            "served last, at a later time",
        ],
    )
    def test_lasts(self, events: tuple[Event, ...], more: dict[str, Any], until: float | None) -> None:
        result = entry(given(*events).when(enqueue(0, **more)))
        assert result.preferred_until == (None if until is None else later(until))
        assert result.preferred_agent == (None if until is None else "bob")

    def test_ends_with_its_time(self) -> None:
        wanted = queued(0, preferred_agent="bob", preferred_until=later(40))
        result = given(configured(STEPS), wanted).when(advance(40))
        result.then(widened(0, 1, "preference_over")).sends(match_task(0, 40), again(40)).then_state(preferred={})
        assert result.state.tasks[TASKS[0]].preferred_until is None

    def test_for_one_agent_only_ends_the_task(self) -> None:
        wanted = queued(0, preferred_agent="bob", preferred_until=later(40), preferred_only=True)
        result = given(wanted).when(advance(40)).then(expired(0)).sends(give_up(0, seconds=40), again(40))
        result.then_state(tasks={}, preferred={}, due=[])

    @pytest.mark.parametrize("reason", ["rona", "declined", "agent_not_ready", "interrupted"])
    def test_for_one_agent_only_ends_with_the_answer(self, reason: Any) -> None:
        wanted = queued(0, preferred_agent="alice", preferred_until=later(40), preferred_only=True)
        result = given(free("alice"), wanted, offered(0)).when(return_task(0, reason=reason))
        result.then(expired(0)).sends(give_up(0), match_agent()).then_state(tasks={})


class TestLater:
    scheduled = queued(0, seconds=600, not_before=later(600))

    def test_nobody_is_looked_for(self) -> None:
        result = given(free("alice")).when(enqueue(0, seconds=600, not_before=later(600)))
        result.then(queued(0, seconds=600, entered_at=NOW, not_before=later(600)))
        state = result.state
        assert (state.lines["support"].waiting, state.lines["support"].busy_since) == (0, None)
        assert ROUTER.deadlines(state) == {"line": Deadline(later(600), AdvanceLine(at=later(600)))}

    def test_that_is_past_is_now(self) -> None:
        assert entry(given().when(enqueue(0, not_before=later(-1)))).not_before is None

    def test_comes(self) -> None:
        result = given(self.scheduled).when(advance(600))
        result.then(widened(0, 0, "due")).sends(match_task(0, 600), again(600)).then_state(due=[])
        assert [place.task_id for place in result.state.lines["support"]] == [TASKS[0]]
        assert result.state.lines["support"].busy_since == later(600)

    def test_begins_the_time_to_live(self) -> None:
        events = (configured(time_to_live_seconds=90), self.scheduled)
        given(*events).when(advance(600), advance(689)).nothing()
        given(*events).when(advance(600), advance(690)).then(expired(0)).sends(give_up(0, seconds=690), again(690))

    def test_begins_the_steps_and_the_overflow(self) -> None:
        events = (configured(STEPS, overflow=overflow("sales", 60)), self.scheduled)
        given(*events).when(advance(600), advance(630)).then(widened(0, 1, "step"))
        given(*events).when(advance(600), advance(630), advance(660)).then(moved(0, PLAIN_SALES, "overflow", 660))

    def test_is_cancelled_before(self) -> None:
        given(self.scheduled).when(cancel(0)).then(cancelled(0)).sends().then_state(tasks={}, due=[])


class TestCancelling:
    def test_forgets_the_task(self) -> None:
        given(queued(0)).when(cancel(0)).then(cancelled(0)).sends().then_state(tasks={}, due=[])

    def test_forgets_a_task_that_waits_for_one_agent(self) -> None:
        wanted = queued(0, preferred_agent="bob", preferred_until=later(40))
        given(wanted).when(cancel(0)).then(cancelled(0)).sends().then_state(tasks={}, preferred={}, due=[])

    def test_withdraws_the_offer_before_it_looks_on(self) -> None:
        withdraw = WithdrawOffer(at=NOW, task_id=TASKS[0], reason="customer_left")
        result = given(free("alice"), queued(0), offered(0)).when(cancel(0)).then(cancelled(0))
        result.sends(("agent-alice", withdraw), match_agent()).then_state(tasks={})
        assert result.state.pool.agents["alice"].free_slots == 1

    def test_gives_the_agent_back_the_turn(self) -> None:
        events = (free("alice"), queued(0), offered(0, offered_at=later(9)))
        assert given(*events).when(cancel(0)).state.pool.agents["alice"].available_since == NOW

    @pytest.mark.parametrize("events", [(), (free("alice"), queued(0), offered(0), assigned(0))])
    def test_changes_nothing_of_a_task_that_is_gone(self, events: tuple[Event, ...]) -> None:
        given(*events).when(cancel(0)).nothing()


class TestConfirming:
    events = (free("alice"), queued(0), offered(0))

    def test_ends_the_routers_part(self) -> None:
        result = given(*self.events).when(confirm(0, seconds=7)).then(assigned(0, seconds=7)).sends()
        result.then_state(tasks={}, due=[])
        agent = result.state.pool.agents["alice"]
        assert (agent.offers, agent.active_tasks, agent.free_slots) == ({}, 1, 0)

    def test_has_the_wait_beside_its_estimate(self) -> None:
        events = (free("alice"), queued(0, estimated_wait_seconds=4.0), queued(1), offered(0))
        result = given(*events).when(confirm(0, seconds=7))
        result.then(assigned(0, seconds=7, estimated_wait_seconds=4.0))
        assert result.state.lines["support"].last_assigned_at == later(7)

    @pytest.mark.parametrize(
        ("task", "agent_id"), [(0, "bob"), (1, "alice"), (2, "alice")], ids=["other agent", "in line", "unknown"]
    )
    def test_changes_nothing_where_no_such_offer_is(self, task: int, agent_id: str) -> None:
        events = (*self.events, queued(1))
        given(*events).when(confirm(task, agent_id)).nothing()
        given(*events).when(return_task(task, agent_id)).nothing()

    def test_happens_once(self) -> None:
        given(*self.events).when(confirm(0), confirm(0)).nothing()


class TestReturning:
    events = (free("alice"), queued(0), offered(0), queued(1, seconds=5))

    def test_puts_the_task_back_and_looks_on_for_both(self) -> None:
        result = given(*self.events).when(return_task(0)).then(requeued(0)).sends(match_task(0), match_agent())
        assert [place.task_id for place in result.state.lines["support"]] == [TASKS[0], TASKS[1]]
        assert result.state.pool.agents["alice"].let_go == [TASKS[0]]

    def test_excludes_an_agent_who_declined_for_a_while(self) -> None:
        result = given(*self.events).when(return_task(0, reason="declined", seconds=3))
        result.then(requeued(0, reason="declined", excluded_until=later(63)))
        assert ROUTER.deadlines(result.state) == {"line": Deadline(later(63), AdvanceLine(at=later(63)))}
        result = given(*self.events, requeued(0, reason="declined", excluded_until=later(63))).when(advance(63))
        result.then(lifted(0)).sends(match_task(0, 63), again(63)).then_state(due=[])
        assert result.state.pool.agents["alice"].let_go == []

    def test_goes_on_in_the_step_of_its_age(self) -> None:
        events = (configured(STEPS), learned("alice", english=9), free("alice"), queued(0), offered(0))
        result = given(*events).when(return_task(0, seconds=31)).then(requeued(0, step=1))
        assert [len(places) for places in result.state.lines["support"].steps] == [0, 1]

    def test_happens_once(self) -> None:
        given(*self.events).when(return_task(0), return_task(0)).nothing()


class TestAvailability:
    def test_is_recorded_and_looks_for_a_task(self) -> None:
        result = given().when(report(max_tasks=3, active_tasks=1))
        result.then(free("alice", max_tasks=3, active_tasks=1)).sends(match_agent())

    def test_keeps_its_age_where_nothing_was_taken_or_freed(self) -> None:
        more = report(seconds=9, max_tasks=5)
        result = given(free("alice")).when(more).then(free("alice", max_tasks=5))
        result.sends(match_agent(seconds=9))

    @pytest.mark.parametrize("before", [away("alice"), free("alice", active_tasks=1)])
    def test_begins_anew_with_a_freed_slot(self, before: AgentAvailabilityChanged) -> None:
        given(before).when(report(seconds=9)).then(free("alice", 9))

    def test_learns_attributes_once(self) -> None:
        with_english = report(attributes={"english": 9})
        result = given(configured(STEPS)).when(with_english)
        result.then(learned("alice", english=9), free("alice"))
        assert result.state.lines["support"].eligible == [1, 1]
        given(configured(STEPS)).when(with_english, with_english).then(free("alice"))

    def test_forgets_attributes(self) -> None:
        events = (configured(STEPS), learned("alice", english=9), free("alice"))
        result = given(*events).when(report()).then(learned("alice"), free("alice"))
        assert result.state.lines["support"].eligible == [0, 0]

    def test_keeps_count_of_pending_offers(self) -> None:
        state = state_of(free("alice", 0, 2), queued(0), offered(0), free("alice", 0, 2, 1))
        assert state.pool.agents["alice"].free_slots == 0


class TestPicking:
    pick = PickTask(at=NOW, task_id=TASKS[0], agent_id="alice")
    waits = (configured(PULL), queued(0))

    def test_offers_the_task_as_accepted(self) -> None:
        result = given(*self.waits, free("alice")).when(self.pick)
        result.then(offered(0, rule="picked", decided_for="agent"))
        result.sends(offer(0, accepted=True)).answers(TaskReply(CONVERSATIONS[0], 4))

    def test_is_open_to_an_agent_who_let_the_task_go(self) -> None:
        events = (configured(PULL), free("alice"), queued(0, without_agent="alice"))
        result = given(*events).when(self.pick)
        assert result.state.tasks[TASKS[0]].offered_to == "alice"

    def test_of_a_task_that_prefers_the_agent_needs_no_criterion(self) -> None:
        wanted = queued(0, preferred_agent="alice", preferred_until=later(40))
        events = (configured(STEPS, distribution="pull"), free("alice"), wanted)
        result = given(*events).when(self.pick)
        result.then(offered(0, rule="picked", decided_for="agent", criterion="english >= 8"))

    @pytest.mark.parametrize(
        ("events", "code"),
        [
            ((configured(PULL), free("alice")), RefusalCode.OFFER_GONE),
            ((*waits, free("alice"), free("bob"), offered(0, "bob")), RefusalCode.OFFER_GONE),
            ((configured(PULL), queued(0, not_before=later(60)), free("alice")), RefusalCode.OFFER_GONE),
            ((queued(0), free("alice")), RefusalCode.NOT_PULLED),
            (waits, RefusalCode.AGENT_UNAVAILABLE),
            ((*waits, away("alice")), RefusalCode.AGENT_UNAVAILABLE),
            ((*waits, free("alice", active_tasks=1)), RefusalCode.AGENT_UNAVAILABLE),
            ((configured(STEPS, distribution="pull"), queued(0), free("alice")), RefusalCode.NOT_ELIGIBLE),
            (
                (configured(PULL), free("alice"), queued(0, preferred_agent="bob", preferred_until=later(40))),
                RefusalCode.NOT_ELIGIBLE,
            ),
        ],
        ids=["unknown", "with another", "for later", "pushed", "stranger", "away", "full", "criterion", "for another"],
    )
    def test_is_refused(self, events: tuple[Event, ...], code: RefusalCode) -> None:
        given(*events).when(self.pick).then().refuses(code)


class TestConfiguring:
    def test_looks_for_agents_by_the_new_rules(self) -> None:
        command = ConfigureQueue(at=NOW, name="support", queue=STEPS)
        result = given().when(command).then(configured(STEPS)).sends(match_queue())
        assert result.state.lines["support"].queue == STEPS

    def test_again_changes_nothing(self) -> None:
        given(configured()).when(ConfigureQueue(at=NOW, name="support", queue=PLAIN)).nothing()

    def test_leaves_a_queue_of_another_mrd_to_its_router(self) -> None:
        given(queued(0)).when(ConfigureQueue(at=NOW, name="support", queue=Queue(mrd="sms"))).nothing()

    def test_knows_the_agents_of_before(self) -> None:
        state = state_of(learned("alice", english=9), free("alice"), configured(STEPS))
        assert state.lines["support"].eligible == [1, 1]

    def test_gives_the_waiting_their_places_by_the_new_priority(self) -> None:
        state = state_of(queued(0, seconds=5), queued(1), configured(priority=9))
        assert [place.queue_rank for place in state.lines["support"]] == [-9, -9]
        assert [place.task_id for place in state.lines["support"]] == [TASKS[1], TASKS[0]]

    def test_with_fewer_steps_keeps_all_waiting_tasks(self) -> None:
        events = (
            configured(STEPS),
            learned("alice", english=9),
            free("alice", max_tasks=2),
            queued(0, step=1),
            queued(1),
            queued(2, step=1),
            offered(2, step=1),
        )
        state = state_of(*events, configured(), requeued(2, step=1))
        line = state.lines["support"]
        assert [[place.task_id for place in places] for places in line.steps] == [[TASKS[0], TASKS[1], TASKS[2]]]
        assert state.due == []

    def test_with_more_steps_goes_on_by_age(self) -> None:
        result = given(queued(0), configured(STEPS)).when(advance(30)).then(widened(0, 1, "step"))
        assert [len(places) for places in result.state.lines["support"].steps] == [0, 1]

    def test_sets_the_deadlines_anew(self) -> None:
        state = state_of(queued(0), configured(time_to_live_seconds=90))
        assert ROUTER.deadlines(state) == {"line": Deadline(later(90), AdvanceLine(at=later(90)))}
        assert not ROUTER.deadlines(state_of(queued(0), configured(time_to_live_seconds=90), configured()))

    def test_keeps_the_statistics_of_waits(self) -> None:
        state = state_of(*SERVED, configured(priority=9))
        line = state.lines["support"]
        assert (line.service_seconds, line.served, line.busy_since) == (12.0, 1, NOW)

    def test_leaves_tasks_that_wait_for_one_agent_or_for_later(self) -> None:
        wanted = queued(0, preferred_agent="bob", preferred_until=later(40))
        state = state_of(wanted, queued(1, not_before=later(60)), configured(STEPS))
        assert [place.task_id for place in state.preferred["bob"]] == [TASKS[0]]
        line = state.lines["support"]
        assert (line.waiting, line.is_contested) == (1, False)
        assert list(state.due) == [(later(40), TASKS[0]), (later(60), TASKS[1])]


def move_task(number: int, to: QueueSettings, reason: str, seconds: float = 0) -> tuple[str, MoveTask]:
    command = MoveTask(at=later(seconds), task_id=TASKS[number], queue=to, reason=reason)
    return conversation_stream(CONVERSATIONS[number]), command


class TestFlushing:
    def test_closes_the_waiting_tasks(self) -> None:
        events = (free("alice"), queued(0), queued(1), queued(2), queued(3, SALES), offered(2))
        result = given(*events).when(FlushQueue(at=NOW, queue="support"))
        result.then(expired(0, "force_closed"), expired(1, "force_closed"))
        result.sends(give_up(0, "force_closed"), give_up(1, "force_closed")).answers(Flushed(2, 0))
        assert list(result.state.tasks) == [TASKS[2], TASKS[3]]

    def test_moves_the_waiting_tasks_to_their_places_by_age(self) -> None:
        events = (queued(0), queued(1, PLAIN_SALES, seconds=-5), queued(2, PLAIN_SALES, seconds=5))
        result = given(*events).when(FlushQueue(at=NOW, queue="support", to="sales"))
        result.then(moved(0, PLAIN_SALES, "flush"))
        result.sends(move_task(0, PLAIN_SALES, "flush"), match_task(0)).answers(Flushed(1, 0))
        assert [place.task_id for place in result.state.lines["sales"]] == [TASKS[1], TASKS[0], TASKS[2]]

    @pytest.mark.parametrize(("queue", "offers"), [(PULL, []), (PLAIN, [(TASKS[0], "alice")])], ids=["pull", "push"])
    def test_into_another_distribution_is_by_its_rules(self, queue: Any, offers: list[tuple[str, str]]) -> None:
        other = PLAIN if queue is PULL else PULL
        busy = free("alice", active_tasks=1)
        events = (configured(other), configured(queue, "sales"), busy, queued(0), free("alice", 5))
        state = given(*events).when(FlushQueue(at=NOW, queue="support", to="sales")).state
        assert all_offers(state, match_task(0)) == offers

    def test_does_so_much_at_once(self) -> None:
        result = given(queued(0), queued(1), queued(2)).when(FlushQueue(at=NOW, queue="support", most=2))
        result.answers(Flushed(2, 1))
        assert list(result.state.tasks) == [TASKS[2]]

    def test_of_an_empty_queue_changes_nothing(self) -> None:
        given(queued(0)).when(FlushQueue(at=NOW, queue="sales")).nothing().answers(Flushed(0, 0))

    def test_ends_the_wait_for_one_agent(self) -> None:
        wanted = queued(0, preferred_agent="bob", preferred_until=later(40))
        result = given(wanted).when(FlushQueue(at=NOW, queue="support", to="sales"))
        assert result.state.lines["sales"].waiting == 1
        result.then_state(preferred={}, due=[])

    def test_leaves_a_task_for_one_agent_only_to_that_agent(self) -> None:
        wanted = queued(0, preferred_agent="bob", preferred_until=later(40), preferred_only=True)
        result = given(wanted, free("alice")).when(FlushQueue(at=NOW, queue="support", to="sales"))
        assert [place.task_id for place in result.state.preferred["bob"]] == [TASKS[0]]
        assert ROUTER.decide(result.state, match_task(0)[1]).events == []

    def test_leaves_a_task_for_later_to_its_time(self) -> None:
        scheduled = queued(0, seconds=600, not_before=later(600))
        result = given(scheduled).when(FlushQueue(at=NOW, queue="support", to="sales"))
        assert (result.state.lines["sales"].waiting, list(result.state.due)) == (0, [(later(600), TASKS[0])])


class TestTime:
    def test_widens_step_by_step(self) -> None:
        result = given(configured(STEPS), queued(0), queued(1, seconds=9)).when(advance(30))
        result.then(widened(0, 1, "step")).sends(match_task(0, 30), again(30))
        assert ROUTER.deadlines(result.state) == {"line": Deadline(later(39), AdvanceLine(at=later(39)))}

    def test_skips_steps_that_passed_while_nothing_ran(self) -> None:
        steps = [*STEPS.steps, STEPS.steps[1]]
        given(configured(STEPS, steps=steps), queued(0)).when(advance(500)).then(widened(0, 2, "step"))

    def test_gives_up(self) -> None:
        result = given(configured(time_to_live_seconds=90), queued(0)).when(advance(90))
        result.then(expired(0)).sends(give_up(0, seconds=90), again(90)).then_state(tasks={}, due=[])

    def test_overflows_into_a_queue_by_its_rules(self) -> None:
        target = configured(STEPS, "sales", time_to_live_seconds=90)
        result = given(OVERFLOWS, target, queued(0)).when(advance(60))
        result.then(moved(0, PLAIN_SALES, "overflow", 60, step=1))
        result.sends(move_task(0, PLAIN_SALES, "overflow", 60), match_task(0, 60), again(60))
        assert list(result.state.due) == [(later(150), TASKS[0])]

    def test_overflows_into_a_queue_that_is_not_configured(self) -> None:
        result = given(OVERFLOWS, queued(0)).when(advance(60)).then(moved(0, PLAIN_SALES, "overflow", 60))
        assert result.state.lines["sales"].waiting == 1

    def test_does_not_overflow_a_task_for_one_agent_only(self) -> None:
        wanted = queued(0, preferred_agent="bob", preferred_until=later(80), preferred_only=True)
        given(OVERFLOWS, wanted).when(advance(60)).nothing()

    def test_lifts_all_exclusions_that_end_together(self) -> None:
        declined: dict[str, Any] = {"reason": "declined", "excluded_until": later(60)}
        first = (offered(0), requeued(0, **declined))
        second = (offered(0, "bob"), requeued(0, "bob", **declined))
        events = (free("alice"), free("bob"), queued(0), *first, *second)
        given(*events).when(advance(60)).then(lifted(0), lifted(0, "bob")).sends(match_task(0, 60), again(60))

    def test_prefers_the_most_final(self) -> None:
        events = (configured(STEPS, time_to_live_seconds=30, overflow=overflow("sales", 30)), queued(0))
        given(*events).when(advance(30)).then(expired(0))
        events = (configured(STEPS, overflow=overflow("sales", 30)), queued(0))
        given(*events).when(advance(30)).then(moved(0, PLAIN_SALES, "overflow", 30))

    def test_before_anything_is_due_changes_nothing(self) -> None:
        given(configured(STEPS), queued(0)).when(advance(29.9)).nothing()

    def test_does_not_pass_for_an_offer(self) -> None:
        state = state_of(free("alice"), configured(time_to_live_seconds=10), queued(0), offered(0))
        assert not ROUTER.deadlines(state)

    def test_leaves_some_of_very_many_to_the_next_deadline(self) -> None:
        names = [f"{number:03}" for number in range(600)]
        tasks = [
            TaskQueued(task_id=name, conversation_id=name, queue=SUPPORT, priority=5, queued_at=NOW) for name in names
        ]
        result = given(configured(time_to_live_seconds=10), *tasks).when(advance(10))
        assert len(result.decision.events) == 500
        assert ROUTER.deadlines(result.state) == {"line": Deadline(later(10), AdvanceLine(at=later(10)))}


LONG_BUSY = (queued(0, seconds=3), queued(1, seconds=9), cancelled(0))
"""A task that waited from 3 on and is cancelled, and a task that waits from 9 on."""


class TestBusyTime:
    """The time since which a queue has had a waiting task."""

    @pytest.mark.parametrize(
        ("events", "since"),
        [
            ((), None),
            ((queued(0, seconds=3), queued(1, seconds=9)), 3),
            ((queued(0, not_before=later(600)),), None),
            ((queued(0, preferred_agent="bob", preferred_until=later(40)),), None),
            ((configured(STEPS), queued(0, seconds=3), widened(0, 1, "step")), 3),
            ((queued(0, seconds=3), configured(STEPS)), 3),
            ((free("alice"), queued(0, seconds=3), offered(0)), None),
            ((free("alice"), queued(0, seconds=3), offered(0), requeued(0)), 3),
            ((queued(0, seconds=3), moved(0, SALES, "flush", 5)), None),
            ((queued(0, SALES), moved(0, SUPPORT, "flush", 5)), 5),
            ((queued(0, seconds=3), cancelled(0)), None),
            ((configured(STEPS), *LONG_BUSY, widened(1, 1, "step")), 3),
            ((*LONG_BUSY, configured(STEPS)), 3),
            ((free("bob"), *LONG_BUSY, offered(1, "bob"), requeued(1, "bob")), 9),
        ],
        ids=[
            "never",
            "since the first",
            "not for what is for later",
            "not for what waits for one agent",
            "through the steps",
            "through new rules",
            "until the last is offered",
            "again when it comes back",
            "until the last is moved",
            "since one was moved in",
            "until the last is cancelled",
            "longer than the last one through the steps",
            "longer than the last one through new rules",
            "anew when the last one comes back",
        ],
    )
    def test_lasts(self, events: tuple[Event, ...], since: float | None) -> None:
        state = state_of(configured(), *events)
        assert state.lines["support"].busy_since == (None if since is None else later(since))


def test_a_router_stays_for_ever() -> None:
    assert not ROUTER.finished(given().state)
    assert not ROUTER.deadlines(given(queued(0)).state)


def test_an_offer_names_some_candidates() -> None:
    result = given(free("alice"), queued(0)).when(match_task(0)[1])
    assert result.decision.events == [offered(0, candidates=[Candidate("alice", NOW, 1)])]
