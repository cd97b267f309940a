"""Offers and the tasks that come of them."""

import pytest

from schemas.commands import CompleteWrapUp, ConfirmTask, ExpireWrapUp, JoinAgent, ReportAvailability, ReturnTask
from schemas.events import AgentStateChanged, Event, OfferExpired, TaskDeclined
from schemas.identifiers import derived_id
from schemas.records import conversation_stream
from schemas.replies import RefusalCode, TaskReply
from schemas.tasks import Direction
from tests.actors.agent.examples import (
    CHAT_OFF,
    CONVERSATIONS,
    LOGGED_IN,
    LOGGED_OUT,
    LUNCH,
    READY,
    TASKS,
    accept,
    accepted,
    assign_directly,
    assigned_directly,
    at,
    changed,
    close,
    closed,
    decline,
    expire_offer,
    finish,
    give_back,
    given,
    holding,
    offer,
    release,
    report,
    reserved,
    withdraw,
    withdrawn,
    wrap_up_started,
)
from tests.examples import CALLBACK, NOW


def telling_of_acceptance(number: int) -> tuple[tuple[str, ConfirmTask], tuple[str, JoinAgent]]:
    join = JoinAgent(at=NOW, agent_id="alice", agent_name="Alice", task_id=TASKS[number])
    return (
        ("router-chat", ConfirmTask(at=NOW, task_id=TASKS[number], agent_id="alice")),
        (conversation_stream(CONVERSATIONS[number]), join),
    )


class TestOffer:
    def test_reserves_the_agent(self) -> None:
        result = given(LOGGED_IN, READY).when(offer(0)).then(reserved(0), changed("reserved", "ready"))
        result.sends().answers(None)

    def test_beside_a_task_leaves_the_agent_active(self) -> None:
        given(LOGGED_IN, READY, *holding(0)).when(offer(1)).then(reserved(1)).sends()

    def test_has_the_reason_of_the_task(self) -> None:
        given(LOGGED_IN, READY).when(offer(0, direction="consult")).then(
            reserved(0, direction="consult"), changed("reserved", "ready")
        )

    def test_that_the_agent_picked_is_accepted_at_once(self) -> None:
        result = given(LOGGED_IN, READY).when(offer(0, accepted=True))
        result.then(reserved(0), accepted(0), changed("active", "ready")).sends(*telling_of_acceptance(0))

    def test_of_a_picked_task_that_the_agent_cannot_take_goes_back(self) -> None:
        result = given(LOGGED_IN).when(offer(0, accepted=True)).then()
        result.sends(report(False, 0), give_back(0, "agent_unavailable"))

    @pytest.mark.parametrize("events", [(reserved(0),), holding(0), (*holding(0), wrap_up_started(0))])
    def test_of_a_task_that_is_held_changes_nothing(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, READY, *events).when(offer(0)).then()

    @pytest.mark.parametrize(
        ("events", "truth"),
        [
            ((LOGGED_IN,), report(False, 0)),
            ((LOGGED_IN, READY, CHAT_OFF), report(False, 0)),
            ((LOGGED_IN, READY, LOGGED_OUT), report(False, 0)),
            ((LOGGED_IN, READY, reserved(1), reserved(2)), report(True, 0)),
            ((LOGGED_IN, READY, *holding(1), *holding(2)), report(True, 2)),
            ((LOGGED_IN, READY, *holding(1), reserved(2)), report(True, 1)),
        ],
        ids=["not ready", "mrd not ready", "logged out", "two offers", "two tasks", "a task and an offer"],
    )
    def test_beyond_the_capacity_goes_back_with_the_true_availability(
        self, events: tuple[Event, ...], truth: tuple[str, ReportAvailability]
    ) -> None:
        given(*events).when(offer(0)).then().sends(truth, give_back(0, "agent_unavailable"))

    def test_beside_supervision_is_taken(self) -> None:
        given(LOGGED_IN, READY, assigned_directly(1), assigned_directly(2, "barge_in")).when(offer(0)).then(
            reserved(0), changed("reserved", "ready")
        )

    def test_of_another_mrd_goes_back(self) -> None:
        gone = ReportAvailability(at=NOW, agent_id="alice", accepting=False, max_tasks=0, active_tasks=0)
        back = ReturnTask(at=NOW, task_id=TASKS[0], agent_id="alice", reason="agent_unavailable")
        result = given(LOGGED_IN, READY).when(offer(0, CALLBACK)).then()
        result.sends(("router-callback", gone), ("router-callback", back))

    def test_withdrawn_frees_the_agent(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0)).when(withdraw(0))
        result.then(withdrawn(0, "customer_left"), changed("ready", "reserved")).sends()

    @pytest.mark.parametrize("events", [(), holding(0)], ids=["unknown", "accepted"])
    def test_withdrawn_too_late_changes_nothing(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, READY, *events).when(withdraw(0)).nothing()


class TestAccepting:
    def test_informs_the_router_before_the_conversation(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0)).when(accept(0))
        result.then(accepted(0), changed("active", "reserved")).answers(TaskReply(CONVERSATIONS[0], 4))
        result.sends(*telling_of_acceptance(0))

    def test_the_last_slot_makes_busy(self) -> None:
        given(LOGGED_IN, READY, *holding(1), reserved(0)).when(accept(0)).then(accepted(0), changed("busy", "active"))

    @pytest.mark.parametrize("more", [(), (wrap_up_started(0),)], ids=["active", "wrap-up"])
    def test_again_answers_as_the_first_time(self, more: tuple[Event, ...]) -> None:
        result = given(LOGGED_IN, READY, *holding(0), *more).when(accept(0)).nothing()
        result.answers(TaskReply(CONVERSATIONS[0], 4 + len(more), replayed=True))

    @pytest.mark.parametrize(
        "events",
        [(), (reserved(0), withdrawn(0, "customer_left")), (*holding(0), closed(0))],
        ids=["never offered", "withdrawn", "closed"],
    )
    def test_of_a_task_that_is_gone_is_refused(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, READY, *events).when(accept(0)).then().refuses(RefusalCode.OFFER_GONE)

    def test_of_a_declined_task_is_refused(self) -> None:
        given(LOGGED_IN, READY, reserved(0)).when(decline(0), accept(0)).then().refuses(RefusalCode.OFFER_GONE)


class TestDeclining:
    declined = TaskDeclined(task_id=TASKS[0], conversation_id=CONVERSATIONS[0], reason="not my topic")

    def test_gives_the_task_back_and_leaves_the_agent_ready(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0)).when(decline(0))
        result.then(self.declined, changed("ready", "reserved")).sends(give_back(0, "declined"))
        result.answers(TaskReply(CONVERSATIONS[0], 4))

    def test_twice_is_answered_as_before(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0)).when(decline(0), decline(0))
        result.nothing().answers(TaskReply(CONVERSATIONS[0], 5, replayed=True))

    @pytest.mark.parametrize("events", [(), holding(0)], ids=["unknown", "accepted"])
    def test_of_a_task_that_is_no_offer_is_refused(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, READY, *events).when(decline(0)).then().refuses(RefusalCode.OFFER_GONE)


class TestNoAnswer:
    expired = OfferExpired(task_id=TASKS[0], conversation_id=CONVERSATIONS[0])
    rona = AgentStateChanged(state="not_ready", reason="rona", changed_at=NOW)

    def test_sends_the_task_on_and_makes_the_agent_not_ready(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0)).when(expire_offer(0))
        result.then(self.expired, self.rona, changed("not_ready", "reserved", "rona"))
        result.sends(report(False, 0), give_back(0, "rona"))

    def test_withdraws_the_other_offers(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0), reserved(1)).when(expire_offer(0))
        result.then(self.expired, self.rona, withdrawn(1, "agent_not_ready"), changed("not_ready", "reserved", "rona"))
        result.sends(report(False, 0), give_back(0, "rona"), give_back(1, "agent_not_ready"))

    def test_leaves_the_tasks_that_are_worked(self) -> None:
        result = given(LOGGED_IN, READY, *holding(1), reserved(0)).when(expire_offer(0))
        result.then(self.expired, self.rona, changed("pending_not_ready", "active", "rona"))
        result.sends(report(False, 1), give_back(0, "rona"))

    @pytest.mark.parametrize("events", [(), holding(0)], ids=["gone", "accepted"])
    def test_comes_too_late_for_an_answer(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, READY, *events).when(expire_offer(0)).nothing()


class TestHolding:
    @pytest.mark.parametrize("direction", ["monitor", "barge_in"])
    def test_as_a_supervisor_takes_no_capacity(self, direction: Direction) -> None:
        given(LOGGED_IN, READY).when(assign_directly(0, direction)).then(assigned_directly(0, direction)).sends()

    def test_instead_of_another_agent_takes_capacity(self) -> None:
        result = given(LOGGED_IN, READY).when(assign_directly(0, "transfer_direct"))
        result.then(assigned_directly(0, "transfer_direct"), changed("active", "ready")).sends(report(True, 1))

    def test_beyond_the_limit_is_busy(self) -> None:
        result = given(LOGGED_IN, READY, *holding(1), *holding(2)).when(assign_directly(0, "transfer_direct"))
        result.then(assigned_directly(0, "transfer_direct")).sends(report(True, 3))

    def test_of_a_monitored_task_begins_to_take_capacity(self) -> None:
        result = given(LOGGED_IN, READY, assigned_directly(0)).when(assign_directly(0, "transfer_direct"))
        result.then(assigned_directly(0, "transfer_direct"), changed("active", "ready")).sends(report(True, 1))

    def test_in_an_mrd_that_is_not_the_agents_changes_no_state(self) -> None:
        given(LOGGED_IN, READY).when(assign_directly(0, "transfer_direct", "callback")).then(
            assigned_directly(0, "transfer_direct", "callback")
        ).sends()

    def test_while_not_ready_is_pending(self) -> None:
        result = given(LOGGED_IN, LUNCH).when(assign_directly(0, "transfer_direct"))
        result.then(assigned_directly(0, "transfer_direct"), changed("pending_not_ready", "not_ready", "lunch"))

    @pytest.mark.parametrize("events", [(), (LOGGED_IN, LOGGED_OUT)])
    def test_after_the_logout_is_given_up(self, events: tuple[Event, ...]) -> None:
        given(*events).when(assign_directly(0)).then().sends(release(0))


class TestFinishing:
    def test_without_wrap_up_closes_and_frees(self) -> None:
        result = given(LOGGED_IN, READY, *holding(0)).when(finish(0))
        result.then(closed(0), changed("ready", "active")).sends(report(True, 0, closed=[TASKS[0]]))

    def test_with_wrap_up_keeps_the_slot(self) -> None:
        given(LOGGED_IN, READY, *holding(0)).when(finish(0, 30)).then(wrap_up_started(0)).sends()

    @pytest.mark.parametrize("seconds", [0, 30])
    def test_again_does_not_prolong_the_wrap_up(self, seconds: float) -> None:
        result = given(LOGGED_IN, READY, *holding(0), wrap_up_started(0)).when(at(finish(0, seconds), 9))
        result.nothing()

    @pytest.mark.parametrize("seconds", [0, 30])
    def test_an_unknown_task_changes_nothing(self, seconds: float) -> None:
        given(LOGGED_IN, READY).when(finish(0, seconds)).nothing()

    @pytest.mark.parametrize("task", [assigned_directly(0), assigned_directly(0, "barge_in")])
    def test_supervision_frees_nothing(self, task: Event) -> None:
        given(LOGGED_IN, READY, task).when(finish(0)).then(closed(0)).sends()

    def test_the_end_of_the_wrap_up_time_asks_the_conversation(self) -> None:
        expire = ExpireWrapUp(at=NOW, task_id=TASKS[0])
        complete = CompleteWrapUp(at=NOW, agent_id="alice", reason="timeout")
        result = given(LOGGED_IN, READY, *holding(0), wrap_up_started(0)).when(expire)
        result.then().sends((conversation_stream(CONVERSATIONS[0]), complete))

    @pytest.mark.parametrize("events", [holding(0), (*holding(0), closed(0))], ids=["active", "closed"])
    def test_the_end_of_a_wrap_up_that_is_none_changes_nothing(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, READY, *events).when(ExpireWrapUp(at=NOW, task_id=TASKS[0])).nothing()


class TestClosing:
    def test_frees_a_slot(self) -> None:
        result = given(LOGGED_IN, READY, *holding(0), *holding(1)).when(close(1, "transferred"))
        result.then(closed(1, "transferred"), changed("active", "busy")).sends(report(True, 1, closed=[TASKS[1]]))

    def test_ends_a_wrap_up(self) -> None:
        result = given(LOGGED_IN, READY, *holding(0), wrap_up_started(0)).when(close(0))
        result.then(closed(0), changed("ready", "active")).sends(report(True, 0, closed=[TASKS[0]]))

    @pytest.mark.parametrize("events", [(), (*holding(0), closed(0))])
    def test_twice_changes_nothing(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, READY, *events).when(close(0)).nothing()


def test_a_released_task_gets_an_id_of_its_own() -> None:
    assert release(0)[1].task_id == derived_id(TASKS[0], "agent_logout") != release(0, "connection_lost")[1].task_id
