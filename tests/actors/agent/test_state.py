"""The states that follow from the requested state and the tasks held."""

import pytest

from actors.agent import HeldTask, Membership, mrd_state
from schemas.agents import MrdSettings
from schemas.events import Event, MrdState, OfferExpired, TaskDeclined
from tests.actors.agent.examples import (
    CHAT_OFF,
    CONVERSATIONS,
    LOGGED_IN,
    LOGGED_OUT,
    LUNCH,
    MRDS,
    READY,
    SETTINGS,
    TASKS,
    assigned_directly,
    closed,
    configured,
    given,
    holding,
    logged_in,
    reserved,
    settings,
    withdrawn,
    wrap_up_started,
)
from tests.examples import identifier, later

IN_BOTH = logged_in(settings(**MRDS))
LEAVES_CHAT = configured(settings(callback=MRDS["callback"]))


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ((), "not_ready"),
        ((LOGGED_IN,), "not_ready"),
        ((LOGGED_IN, READY), "ready"),
        ((LOGGED_IN, READY, reserved(0)), "reserved"),
        ((LOGGED_IN, READY, reserved(0), reserved(1)), "reserved"),
        ((LOGGED_IN, READY, *holding(0)), "active"),
        ((LOGGED_IN, READY, *holding(0), reserved(1)), "active"),
        ((LOGGED_IN, READY, *holding(0), *holding(1)), "busy"),
        ((LOGGED_IN, READY, *holding(0), *holding(1), wrap_up_started(1)), "busy"),
        ((LOGGED_IN, READY, *holding(0), *holding(1), *holding(2)), "busy"),
        ((LOGGED_IN, READY, *holding(0), LUNCH), "pending_not_ready"),
        ((LOGGED_IN, READY, CHAT_OFF), "not_ready"),
        ((LOGGED_IN, READY, *holding(0), CHAT_OFF), "pending_not_ready"),
        ((LOGGED_IN, READY, assigned_directly(0)), "ready"),
        ((LOGGED_IN, READY, assigned_directly(0, "barge_in"), assigned_directly(1)), "ready"),
        ((LOGGED_IN, READY, assigned_directly(0, "transfer_direct")), "active"),
        ((LOGGED_IN, READY, assigned_directly(0), LUNCH), "not_ready"),
        ((LOGGED_IN, READY, LOGGED_OUT), "not_ready"),
        ((IN_BOTH, READY, *holding(0, "callback")), "interrupted"),
        ((IN_BOTH, READY, reserved(0, "callback")), "ready"),
        ((IN_BOTH, READY, *holding(0, "callback"), wrap_up_started(0)), "interrupted"),
        ((IN_BOTH, READY, *holding(0, "callback"), *holding(1)), "interrupted"),
        ((IN_BOTH, READY, *holding(0, "callback"), LUNCH), "not_ready"),
        ((IN_BOTH, READY, *holding(0, "callback"), *holding(1), CHAT_OFF), "pending_not_ready"),
        ((IN_BOTH, READY, *holding(0, "callback"), closed(0)), "ready"),
        ((IN_BOTH, READY, assigned_directly(0, "monitor", "callback")), "ready"),
        ((IN_BOTH, READY, LEAVES_CHAT), "not_ready"),
        ((IN_BOTH, READY, *holding(0), LEAVES_CHAT), "pending_not_ready"),
    ],
)
def test_the_state_of_an_mrd_is_derived(events: tuple[Event, ...], state: MrdState) -> None:
    assert mrd_state(given(*events).state, "chat") == state


@pytest.mark.parametrize("task", [reserved(0, "callback"), assigned_directly(0, "barge_in", "callback")])
def test_work_in_an_mrd_without_interruption_does_not_interrupt_itself(task: Event) -> None:
    agent = given(IN_BOTH, READY, task, *holding(1)).state
    assert not agent.interrupted("callback")


class TestTasks:
    expected = HeldTask(TASKS[0], CONVERSATIONS[0], "chat", "support", "reserved", later(20))

    def test_are_held_from_the_offer_on(self) -> None:
        assert given(LOGGED_IN, READY, reserved(0)).state.tasks == {TASKS[0]: self.expected}

    @pytest.mark.parametrize(
        "end",
        [
            withdrawn(0, "customer_left"),
            OfferExpired(task_id=TASKS[0], conversation_id=CONVERSATIONS[0]),
            TaskDeclined(task_id=TASKS[0], conversation_id=CONVERSATIONS[0], reason=None),
            closed(0),
        ],
    )
    def test_are_gone_when_they_end(self, end: Event) -> None:
        given(LOGGED_IN, READY, reserved(0), end).then_state(tasks={})

    def test_that_were_declined_are_remembered_up_to_a_number(self) -> None:
        declined = [
            TaskDeclined(task_id=identifier(number), conversation_id=CONVERSATIONS[0], reason=None)
            for number in range(100, 250)
        ]
        assert list(given(LOGGED_IN, *declined).state.declined) == [identifier(number) for number in range(150, 250)]

    def test_that_were_declined_may_be_offered_again(self) -> None:
        declined = TaskDeclined(task_id=TASKS[0], conversation_id=CONVERSATIONS[0], reason=None)
        given(LOGGED_IN, READY, reserved(0), declined, reserved(0)).then_state(declined={})


class TestMemberships:
    def test_keep_the_requested_state(self) -> None:
        more = configured(settings(chat=MrdSettings(5), sms=MrdSettings(3)))
        agent = given(LOGGED_IN, READY, CHAT_OFF, more).state
        assert agent.mrds == {"chat": Membership(5, wanted=False, reason="training"), "sms": Membership(3)}
        assert agent.configured() == settings(chat=MrdSettings(5), sms=MrdSettings(3))

    def test_that_end_are_gone(self) -> None:
        assert list(given(IN_BOTH, READY, LEAVES_CHAT).state.mrds) == ["callback"]

    @pytest.mark.parametrize("end", [closed(0), withdrawn(0, "agent_not_ready")])
    def test_that_end_last_as_long_as_their_tasks(self, end: Event) -> None:
        agent = given(IN_BOTH, READY, reserved(0), LEAVES_CHAT)
        assert agent.state.mrds["chat"].leaving
        assert agent.state.configured() == settings(callback=MRDS["callback"])
        assert list(given(IN_BOTH, READY, reserved(0), LEAVES_CHAT, end).state.mrds) == ["callback"]

    def test_that_come_back_go_on(self) -> None:
        agent = given(IN_BOTH, READY, *holding(0), LEAVES_CHAT, configured(settings(**MRDS))).state
        assert not agent.mrds["chat"].leaving
        assert mrd_state(agent, "chat") == "active"

    def test_begin_anew_with_a_login(self) -> None:
        events = (IN_BOTH, READY, *holding(0), LEAVES_CHAT, closed(0), LOGGED_OUT, LOGGED_IN)
        agent = given(*events).state
        assert agent.mrds == {"chat": Membership(2)}
        assert agent.configured() == SETTINGS
