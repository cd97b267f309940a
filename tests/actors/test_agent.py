"""The agent's decider."""

from typing import Literal

import pytest

from actors.agent import AGENT, HeldTask, mrd_state
from actors.decider import Deadline
from schemas.agents import MrdSettings
from schemas.commands import (
    AcceptTask,
    CloseTask,
    Command,
    CompleteWrapUp,
    ConfirmTask,
    DeclineTask,
    ExpireOffer,
    ExpireWrapUp,
    FinishTask,
    JoinAgent,
    LogIn,
    LogOut,
    OfferTask,
    ReleaseAgent,
    ReportAvailability,
    ReturnTask,
    SetMrdState,
    SetState,
    WithdrawOffer,
)
from schemas.events import (
    AgentLoggedIn,
    AgentLoggedOut,
    AgentMrdStateChanged,
    AgentMrdStateRequested,
    AgentStateChanged,
    Event,
    MrdState,
    OfferExpired,
    OfferWithdrawn,
    TaskAccepted,
    TaskClosed,
    TaskDeclined,
    TaskReserved,
    WrapUpStarted,
)
from schemas.identifiers import derived_id
from schemas.replies import RefusalCode, StateReply, TaskReply
from schemas.tasks import RequeueReason
from tests.actors.scenario import scenario
from tests.examples import CALLBACK, NOW, SUPPORT, identifier, later, settings_of

given = scenario(AGENT, "alice")

TASKS = [identifier(number) for number in range(1, 4)]
CONVERSATIONS = [identifier(number) for number in range(11, 14)]

LOGGED_IN = AgentLoggedIn(agent_id="alice", name="Alice", mrds={"chat": MrdSettings(2)})
WORKS_TWO_MRDS = AgentLoggedIn(
    agent_id="alice", name="Alice", mrds={"callback": MrdSettings(1), "chat": MrdSettings(2)}
)
READY = AgentStateChanged(state="ready", reason=None)
LUNCH = AgentStateChanged(state="not_ready", reason="lunch")
CHAT_OFF = AgentMrdStateRequested(mrd="chat", state="not_ready", reason="training")
CHAT_ON = AgentMrdStateRequested(mrd="chat", state="ready", reason=None)
LOGGED_OUT = AgentLoggedOut(reason="logout")

GO_READY = SetState(at=NOW, state="ready")
GO_TO_LUNCH = SetState(at=NOW, state="not_ready", reason="lunch")
LOG_OUT = LogOut(at=NOW)


def reserved(number: int) -> TaskReserved:
    return TaskReserved(
        task_id=TASKS[number],
        conversation_id=CONVERSATIONS[number],
        mrd="chat",
        queue="support",
        reserved_at=NOW,
        expires_at=later(20),
    )


def accepted(number: int) -> TaskAccepted:
    return TaskAccepted(task_id=TASKS[number], conversation_id=CONVERSATIONS[number])


def holding(number: int) -> tuple[Event, Event]:
    return reserved(number), accepted(number)


def withdrawn(number: int, reason: str) -> OfferWithdrawn:
    return OfferWithdrawn(task_id=TASKS[number], conversation_id=CONVERSATIONS[number], reason=reason)


def wrap_up_started(number: int) -> WrapUpStarted:
    return WrapUpStarted(task_id=TASKS[number], conversation_id=CONVERSATIONS[number], expires_at=later(30))


def closed(number: int, reason: Literal["done", "agent_logout"] = "done") -> TaskClosed:
    return TaskClosed(task_id=TASKS[number], conversation_id=CONVERSATIONS[number], reason=reason)


def changed(state: MrdState, previous: MrdState, reason: str | None = None, mrd: str = "chat") -> AgentMrdStateChanged:
    return AgentMrdStateChanged(mrd=mrd, state=state, previous=previous, reason=reason)


def offer(number: int) -> OfferTask:
    return OfferTask(
        at=NOW,
        task_id=TASKS[number],
        conversation_id=CONVERSATIONS[number],
        queue=SUPPORT,
        expires_at=later(20),
    )


def report(
    accepting: bool, active_tasks: int, *, returned: bool = False, mrd: str = "chat"
) -> tuple[str, ReportAvailability]:
    return f"router-{mrd}", ReportAvailability(
        at=NOW,
        agent_id="alice",
        accepting=accepting,
        max_tasks={"chat": 2, "callback": 1}[mrd],
        active_tasks=active_tasks,
        returned=returned,
    )


def give_back(number: int, reason: RequeueReason) -> tuple[str, ReturnTask]:
    return "router-chat", ReturnTask(at=NOW, task_id=TASKS[number], agent_id="alice", reason=reason)


def release(number: int) -> tuple[str, ReleaseAgent]:
    command = ReleaseAgent(at=NOW, agent_id="alice", task_id=derived_id(TASKS[number], "agent_logout"))
    return f"conversation-{CONVERSATIONS[number]}", command


class TestLogin:
    def test_starts_not_ready(self) -> None:
        log_in = LogIn(at=NOW, agent_id="alice", settings=settings_of("Alice", chat=2))
        reply = StateReply("not_ready", {"chat": "not_ready"}, 1, "login")
        given().when(log_in).then(LOGGED_IN).tells().answers(reply)

    def test_again_changes_nothing(self) -> None:
        log_in = LogIn(at=NOW, agent_id="alice", settings=settings_of("Other", chat=9))
        given(LOGGED_IN, READY).when(log_in).nothing().answers(StateReply("ready", {"chat": "ready"}, 2))

    def test_after_logout_takes_the_new_settings(self) -> None:
        log_in = LogIn(at=NOW, agent_id="alice", settings=settings_of("Alice B", callback=1))
        result = given(LOGGED_IN, READY, CHAT_OFF, LOGGED_OUT).when(log_in)
        result.answers(StateReply("not_ready", {"callback": "not_ready"}, 5, "login"))
        result.then_state(name="Alice B")

    @pytest.mark.parametrize(
        "command", [GO_READY, GO_TO_LUNCH, SetMrdState(at=NOW, mrd="chat", state="ready")], ids=["on", "off", "mrd"]
    )
    @pytest.mark.parametrize("events", [(), (LOGGED_IN, READY, LOGGED_OUT)], ids=["never", "no more"])
    def test_is_needed_for_a_state(self, events: tuple[Event, ...], command: Command) -> None:
        given(*events).when(command).then().refuses(RefusalCode.LOGGED_OUT)


class TestState:
    def test_ready_opens_every_media_routing_domain(self) -> None:
        result = given(WORKS_TWO_MRDS).when(GO_READY)
        result.then(READY, changed("ready", "not_ready", mrd="callback"), changed("ready", "not_ready"))
        result.tells(report(True, 0, returned=True, mrd="callback"), report(True, 0, returned=True))
        result.answers(StateReply("ready", {"callback": "ready", "chat": "ready"}, 4))

    @pytest.mark.parametrize(("events", "command"), [((READY,), GO_READY), ((LUNCH,), GO_TO_LUNCH)])
    def test_again_changes_nothing(self, events: tuple[Event, ...], command: Command) -> None:
        given(LOGGED_IN, *events).when(command).nothing()

    def test_of_another_reason_is_recorded_but_no_news_to_the_routers(self) -> None:
        other = SetState(at=NOW, state="not_ready", reason="meeting")
        given(LOGGED_IN, LUNCH).when(other).then(AgentStateChanged(state="not_ready", reason="meeting")).tells()

    def test_not_ready_withdraws_offers_and_tells_the_router_first(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0), reserved(1)).when(GO_TO_LUNCH)
        result.then(
            LUNCH,
            withdrawn(0, "agent_not_ready"),
            withdrawn(1, "agent_not_ready"),
            changed("not_ready", "reserved", "lunch"),
        )
        result.tells(report(False, 0), give_back(0, "agent_not_ready"), give_back(1, "agent_not_ready"))

    def test_not_ready_with_tasks_is_pending(self) -> None:
        result = given(LOGGED_IN, READY, *holding(0)).when(GO_TO_LUNCH)
        result.then(LUNCH, changed("pending_not_ready", "active", "lunch")).tells(report(False, 1))
        result.answers(StateReply("not_ready", {"chat": "pending_not_ready"}, 6, "lunch"))

    def test_pending_becomes_not_ready_when_the_last_task_closes(self) -> None:
        first = given(LOGGED_IN, READY, *holding(0), *holding(1), LUNCH).when(CloseTask(at=NOW, task_id=TASKS[0]))
        first.then(closed(0)).tells(report(False, 1))
        last = given(LOGGED_IN, READY, *holding(1), LUNCH).when(CloseTask(at=NOW, task_id=TASKS[1]))
        last.then(closed(1), changed("not_ready", "pending_not_ready", "lunch")).tells(report(False, 0))

    def test_pending_returns_to_ready(self) -> None:
        result = given(LOGGED_IN, READY, *holding(0), LUNCH).when(GO_READY)
        result.then(READY, changed("active", "pending_not_ready")).tells(report(True, 1, returned=True))

    @pytest.mark.parametrize(
        ("events", "state"),
        [
            ((LOGGED_IN,), "not_ready"),
            ((LOGGED_IN, READY), "ready"),
            ((LOGGED_IN, READY, reserved(0)), "reserved"),
            ((LOGGED_IN, READY, *holding(0)), "active"),
            ((LOGGED_IN, READY, *holding(0), reserved(1)), "active"),
            ((LOGGED_IN, READY, *holding(0), *holding(1)), "busy"),
            ((LOGGED_IN, READY, *holding(0), *holding(1), wrap_up_started(1)), "busy"),
            ((LOGGED_IN, READY, *holding(0), LUNCH), "pending_not_ready"),
            ((LOGGED_IN, READY, CHAT_OFF), "not_ready"),
            ((LOGGED_IN, READY, *holding(0), CHAT_OFF), "pending_not_ready"),
            ((LOGGED_IN, READY, LOGGED_OUT), "not_ready"),
        ],
    )
    def test_of_a_media_routing_domain_is_derived(self, events: tuple[Event, ...], state: MrdState) -> None:
        assert mrd_state(given(*events).state, "chat") == state


class TestMrdState:
    off = SetMrdState(at=NOW, mrd="chat", state="not_ready", reason="training")
    on = SetMrdState(at=NOW, mrd="chat", state="ready")

    def test_not_ready_withdraws_the_offers_of_this_one_only(self) -> None:
        call = TaskReserved(
            task_id=TASKS[2],
            conversation_id=CONVERSATIONS[2],
            mrd="callback",
            queue="callback",
            reserved_at=NOW,
            expires_at=later(20),
        )
        result = given(WORKS_TWO_MRDS, READY, reserved(0), call).when(self.off)
        result.then(CHAT_OFF, withdrawn(0, "agent_not_ready"), changed("not_ready", "reserved", "training"))
        result.tells(report(False, 0), give_back(0, "agent_not_ready"))
        result.answers(StateReply("ready", {"callback": "reserved", "chat": "not_ready"}, 7))

    def test_ready_again_lifts_the_exclusions(self) -> None:
        result = given(LOGGED_IN, READY, CHAT_OFF).when(self.on)
        result.then(CHAT_ON, changed("ready", "not_ready")).tells(report(True, 0, returned=True))

    def test_asked_for_while_not_ready_waits_for_ready(self) -> None:
        result = given(LOGGED_IN).when(self.off, GO_READY).then(READY).tells()
        result.answers(StateReply("ready", {"chat": "not_ready"}, 3))

    @pytest.mark.parametrize("events", [(LOGGED_IN, READY), (LOGGED_IN, READY, CHAT_OFF, CHAT_ON)])
    def test_again_changes_nothing(self, events: tuple[Event, ...]) -> None:
        given(*events).when(self.on).nothing()

    def test_of_an_unknown_media_routing_domain_is_refused(self) -> None:
        unknown = SetMrdState(at=NOW, mrd="sms", state="ready")
        given(LOGGED_IN).when(unknown).then().refuses(RefusalCode.UNKNOWN_MRD)


class TestOffer:
    def test_reserves_the_agent(self) -> None:
        result = given(LOGGED_IN, READY).when(offer(0)).then(reserved(0), changed("reserved", "ready")).tells()
        result.answers(None)
        assert result.state.tasks == {
            TASKS[0]: HeldTask(TASKS[0], CONVERSATIONS[0], "chat", "support", "reserved", later(20))
        }

    def test_beside_a_task_leaves_the_agent_active(self) -> None:
        given(LOGGED_IN, READY, *holding(0)).when(offer(1)).then(reserved(1)).tells()

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
    def test_beyond_what_the_agent_takes_goes_back_with_the_truth(
        self, events: tuple[Event, ...], truth: tuple[str, ReportAvailability]
    ) -> None:
        given(*events).when(offer(0)).then().tells(truth, give_back(0, "agent_unavailable"))

    def test_of_another_media_routing_domain_goes_back(self) -> None:
        call = OfferTask(
            at=NOW,
            task_id=TASKS[0],
            conversation_id=CONVERSATIONS[0],
            queue=CALLBACK,
            expires_at=later(20),
        )
        result = given(LOGGED_IN, READY).when(call).then()
        gone = ReportAvailability(at=NOW, agent_id="alice", accepting=False, max_tasks=0, active_tasks=0)
        back = ReturnTask(at=NOW, task_id=TASKS[0], agent_id="alice", reason="agent_unavailable")
        result.tells(("router-callback", gone), ("router-callback", back))

    def test_withdrawn_frees_the_agent(self) -> None:
        withdraw = WithdrawOffer(at=NOW, task_id=TASKS[0], reason="customer_left")
        result = given(LOGGED_IN, READY, reserved(0)).when(withdraw)
        result.then(withdrawn(0, "customer_left"), changed("ready", "reserved")).tells()

    @pytest.mark.parametrize("events", [(), holding(0)], ids=["unknown", "accepted"])
    def test_withdrawn_too_late_changes_nothing(self, events: tuple[Event, ...]) -> None:
        withdraw = WithdrawOffer(at=NOW, task_id=TASKS[0], reason="customer_left")
        given(LOGGED_IN, READY, *events).when(withdraw).nothing()


class TestAccepting:
    accept = AcceptTask(at=NOW, task_id=TASKS[0])

    def test_tells_the_router_then_the_conversation(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0)).when(self.accept)
        result.then(accepted(0), changed("active", "reserved")).answers(TaskReply(CONVERSATIONS[0], 4))
        join = JoinAgent(at=NOW, agent_id="alice", agent_name="Alice", task_id=TASKS[0])
        result.tells(
            ("router-chat", ConfirmTask(at=NOW, task_id=TASKS[0], agent_id="alice")),
            (f"conversation-{CONVERSATIONS[0]}", join),
        )

    def test_the_last_slot_makes_busy(self) -> None:
        result = given(LOGGED_IN, READY, *holding(1), reserved(0)).when(self.accept)
        result.then(accepted(0), changed("busy", "active"))

    @pytest.mark.parametrize("more", [(), (wrap_up_started(0),)], ids=["active", "wrap-up"])
    def test_again_answers_as_the_first_time(self, more: tuple[Event, ...]) -> None:
        result = given(LOGGED_IN, READY, *holding(0), *more).when(self.accept).nothing()
        result.answers(TaskReply(CONVERSATIONS[0], 4 + len(more), replayed=True))

    @pytest.mark.parametrize(
        "events",
        [(), (reserved(0), withdrawn(0, "customer_left")), (*holding(0), closed(0))],
        ids=["never offered", "withdrawn", "closed"],
    )
    def test_what_is_gone_is_refused(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, READY, *events).when(self.accept).then().refuses(RefusalCode.OFFER_GONE)


class TestDeclining:
    decline = DeclineTask(at=NOW, task_id=TASKS[0], reason="not my topic")
    declined = TaskDeclined(task_id=TASKS[0], conversation_id=CONVERSATIONS[0], reason="not my topic")

    def test_gives_the_task_back_and_leaves_the_agent_ready(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0)).when(self.decline)
        result.then(self.declined, changed("ready", "reserved")).tells(give_back(0, "declined"))
        result.answers(TaskReply(CONVERSATIONS[0], 4))

    def test_twice_is_answered_as_before(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0)).when(self.decline, self.decline)
        result.then().tells().answers(TaskReply(CONVERSATIONS[0], 5, replayed=True))

    @pytest.mark.parametrize("events", [(), holding(0)], ids=["unknown", "accepted"])
    def test_what_is_no_offer_is_refused(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, READY, *events).when(self.decline).then().refuses(RefusalCode.OFFER_GONE)


class TestNoAnswer:
    expire = ExpireOffer(at=NOW, task_id=TASKS[0])
    expired = OfferExpired(task_id=TASKS[0], conversation_id=CONVERSATIONS[0])
    rona = AgentStateChanged(state="not_ready", reason="rona")

    def test_sends_the_task_on_and_makes_the_agent_not_ready(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0)).when(self.expire)
        result.then(self.expired, self.rona, changed("not_ready", "reserved", "rona"))
        result.tells(report(False, 0), give_back(0, "rona"))

    def test_withdraws_the_other_offers(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0), reserved(1)).when(self.expire)
        result.then(self.expired, self.rona, withdrawn(1, "agent_not_ready"), changed("not_ready", "reserved", "rona"))
        result.tells(report(False, 0), give_back(0, "rona"), give_back(1, "agent_not_ready"))

    def test_leaves_the_tasks_that_are_worked(self) -> None:
        result = given(LOGGED_IN, READY, *holding(1), reserved(0)).when(self.expire)
        result.then(self.expired, self.rona, changed("pending_not_ready", "active", "rona"))
        result.tells(report(False, 1), give_back(0, "rona"))

    @pytest.mark.parametrize("events", [(), holding(0)], ids=["gone", "accepted"])
    def test_comes_too_late_for_an_answer(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, READY, *events).when(self.expire).nothing()


class TestFinishing:
    def test_without_wrap_up_closes_and_frees(self) -> None:
        finish = FinishTask(at=NOW, task_id=TASKS[0], wrap_up_seconds=0)
        result = given(LOGGED_IN, READY, *holding(0)).when(finish)
        result.then(closed(0), changed("ready", "active")).tells(report(True, 0))

    def test_with_wrap_up_keeps_the_slot(self) -> None:
        finish = FinishTask(at=NOW, task_id=TASKS[0], wrap_up_seconds=30)
        given(LOGGED_IN, READY, *holding(0)).when(finish).then(wrap_up_started(0)).tells()

    @pytest.mark.parametrize("seconds", [0, 30])
    def test_an_unknown_task_changes_nothing(self, seconds: float) -> None:
        finish = FinishTask(at=NOW, task_id=TASKS[0], wrap_up_seconds=seconds)
        given(LOGGED_IN, READY).when(finish).nothing()

    def test_closing_frees_a_slot(self) -> None:
        result = given(LOGGED_IN, READY, *holding(0), *holding(1)).when(CloseTask(at=NOW, task_id=TASKS[1]))
        result.then(closed(1), changed("active", "busy")).tells(report(True, 1))

    def test_closing_twice_changes_nothing(self) -> None:
        given(LOGGED_IN, READY, *holding(0), closed(0)).when(CloseTask(at=NOW, task_id=TASKS[0])).nothing()

    def test_the_end_of_the_wrap_up_time_asks_the_conversation(self) -> None:
        expire = ExpireWrapUp(at=NOW, task_id=TASKS[0])
        complete = CompleteWrapUp(at=NOW, agent_id="alice", reason="timeout")
        result = given(LOGGED_IN, READY, *holding(0), wrap_up_started(0)).when(expire)
        result.then().tells((f"conversation-{CONVERSATIONS[0]}", complete))

    @pytest.mark.parametrize("events", [holding(0), (*holding(0), closed(0))], ids=["active", "closed"])
    def test_the_end_of_a_wrap_up_that_is_none_changes_nothing(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, READY, *events).when(ExpireWrapUp(at=NOW, task_id=TASKS[0])).nothing()


class TestLogout:
    def test_gives_back_offers_and_conversations(self) -> None:
        events = (LOGGED_IN, READY, *holding(0), reserved(1))
        result = given(*events).when(LOG_OUT)
        result.then(
            withdrawn(1, "agent_logout"),
            closed(0, "agent_logout"),
            LOGGED_OUT,
            changed("not_ready", "active", "logout"),
        )
        result.tells(report(False, 0), give_back(1, "agent_logout"), release(0))
        result.answers(StateReply("logged_out", {"chat": "not_ready"}, 9, "logout")).then_state(tasks={})

    def test_in_wrap_up_closes_it(self) -> None:
        result = given(LOGGED_IN, READY, *holding(0), wrap_up_started(0), LUNCH).when(LOG_OUT)
        result.then(closed(0, "agent_logout"), LOGGED_OUT, changed("not_ready", "pending_not_ready", "logout"))
        result.tells(report(False, 0), release(0))

    def test_of_an_idle_agent_tells_the_routers(self) -> None:
        result = given(LOGGED_IN, READY).when(LOG_OUT)
        result.then(LOGGED_OUT, changed("not_ready", "ready", "logout")).tells(report(False, 0))

    @pytest.mark.parametrize("events", [(), (LOGGED_IN, LOGGED_OUT)], ids=["never in", "out already"])
    def test_again_changes_nothing(self, events: tuple[Event, ...]) -> None:
        given(*events).when(LOG_OUT).nothing()


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
