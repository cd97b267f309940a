"""The consequences of every decision, interruptions and news, and the agent's deadlines."""

import pytest

from actors.agent import AGENT
from actors.decider import Deadline
from schemas.agents import MrdSettings
from schemas.commands import ConfirmTask, ExpireOffer, ExpireWrapUp
from schemas.events import Event
from tests.actors.agent.examples import (
    LOGGED_IN,
    LOGGED_OUT,
    MRDS,
    READY,
    TASKS,
    accept,
    accepted,
    assign_directly,
    assigned_directly,
    changed,
    close,
    closed,
    give_back,
    given,
    holding,
    logged_in,
    offer,
    report,
    reserved,
    settings,
    withdrawn,
    wrap_up_started,
)
from tests.examples import NOW, later

IN_BOTH = logged_in(settings(**MRDS))
UNDISTURBED = {"callback": MrdSettings(1, interruptible=False), "chat": MrdSettings(2, interruptible=False)}


class TestInterruption:
    def test_withdraws_the_offers_of_the_other_mrds(self) -> None:
        result = given(IN_BOTH, READY, reserved(0), reserved(1), reserved(2, "callback")).when(accept(2))
        result.then(
            accepted(2, "callback"),
            withdrawn(0, "interrupted"),
            withdrawn(1, "interrupted"),
            changed("busy", "reserved", mrd="callback"),
            changed("interrupted", "reserved"),
        )
        news, confirm, _, *returned = result.messages
        assert news == report(False, 0)
        assert confirm == ("router-callback", ConfirmTask(at=NOW, task_id=TASKS[2], agent_id="alice"))
        assert returned == [give_back(0, "interrupted"), give_back(1, "interrupted")]

    def test_leaves_the_tasks_that_are_worked(self) -> None:
        result = given(IN_BOTH, READY, *holding(0), reserved(2, "callback")).when(accept(2))
        result.then(
            accepted(2, "callback"),
            changed("busy", "reserved", mrd="callback"),
            changed("interrupted", "active"),
        )
        assert result.messages[0] == report(False, 1)

    def test_ends_by_itself(self) -> None:
        result = given(IN_BOTH, READY, *holding(0), *holding(2, "callback")).when(close(2))
        result.then(closed(2), changed("ready", "busy", mrd="callback"), changed("active", "interrupted"))
        result.sends(report(True, 0, mrd="callback", closed=[TASKS[2]]), report(True, 1))

    def test_lasts_through_the_wrap_up(self) -> None:
        given(IN_BOTH, READY, *holding(2, "callback"), wrap_up_started(2)).when(offer(0)).then().sends(
            report(False, 0), give_back(0, "agent_unavailable")
        )

    def test_is_caused_by_taking_over(self) -> None:
        result = given(IN_BOTH, READY, reserved(0)).when(assign_directly(2, "transfer_direct", "callback"))
        result.then(
            assigned_directly(2, "transfer_direct", "callback"),
            withdrawn(0, "interrupted"),
            changed("busy", "ready", mrd="callback"),
            changed("interrupted", "reserved"),
        )

    def test_is_not_caused_by_supervising(self) -> None:
        given(IN_BOTH, READY, reserved(0)).when(assign_directly(2, "barge_in", "callback")).then(
            assigned_directly(2, "barge_in", "callback")
        )

    @pytest.mark.parametrize(("taken", "withdrawn_task"), [(0, 2), (2, 0)])
    def test_between_two_mrds_without_interruption_is_by_the_accepted_offer(
        self, taken: int, withdrawn_task: int
    ) -> None:
        events = (logged_in(settings(**UNDISTURBED)), READY, reserved(0), reserved(2, "callback"))
        result = given(*events).when(accept(taken))
        assert withdrawn(withdrawn_task, "interrupted") in result.decision.events
        assert list(result.state.tasks) == [TASKS[taken]]


class TestDeadlines:
    def test_are_those_of_offers_and_wrap_ups(self) -> None:
        state = given(LOGGED_IN, READY, *holding(0), wrap_up_started(0), reserved(1), *holding(2)).state
        assert AGENT.deadlines(state) == {
            f"wrap_up-{TASKS[0]}": Deadline(later(30), ExpireWrapUp(at=later(30), task_id=TASKS[0])),
            f"reserved-{TASKS[1]}": Deadline(later(20), ExpireOffer(at=later(20), task_id=TASKS[1])),
        }

    @pytest.mark.parametrize(
        ("events", "finished"), [((), True), ((LOGGED_IN,), False), ((LOGGED_IN, READY, LOGGED_OUT), True)]
    )
    def test_end_with_the_logout(self, events: tuple[Event, ...], finished: bool) -> None:
        assert AGENT.finished(given(*events).state) is finished
