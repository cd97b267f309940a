"""Logging in and out, the connection, and the states that an agent asks for."""

from typing import Any

import pytest

from actors.agent import AGENT
from actors.decider import Deadline
from schemas.agents import AgentSettings, MrdSettings
from schemas.commands import (
    Announce,
    Command,
    ConfigureAgent,
    Connect,
    Disconnect,
    ExpireConnection,
    ExpireIdleness,
    LogOut,
    ReportActivity,
    SetMrdState,
    SetState,
    WarnOfIdleness,
)
from schemas.events import (
    AgentActivityReported,
    AgentConnected,
    AgentDisconnected,
    AgentIdleWarned,
    AgentLoggedOut,
    AgentMrdStateRequested,
    AgentStateChanged,
    AnnouncementReceived,
    Event,
)
from schemas.replies import Done, RefusalCode, StateReply
from tests.actors.agent.examples import (
    CHAT_OFF,
    CHAT_ON,
    GO_READY,
    GO_TO_LUNCH,
    LOG_OUT,
    LOGGED_IN,
    LOGGED_OUT,
    LUNCH,
    MRDS,
    READY,
    SETTINGS,
    TASKS,
    assigned_directly,
    at,
    changed,
    close,
    closed,
    configured,
    give_back,
    given,
    holding,
    log_in,
    logged_in,
    release,
    report,
    reserved,
    settings,
    withdrawn,
    wrap_up_started,
)
from tests.examples import NOW, later

IN_BOTH = logged_in(settings(**MRDS))
CALLBACK_ONLY = settings(callback=MRDS["callback"])


class TestLogin:
    def test_starts_not_ready(self) -> None:
        given().when(log_in()).then(LOGGED_IN).sends().answers(
            StateReply("not_ready", {"chat": "not_ready"}, 1, "login")
        )

    def test_records_the_terms(self) -> None:
        command = log_in(idle_logout_seconds=600.0, connection_grace_seconds=10.0)
        given().when(command).then(logged_in(idle_logout_seconds=600.0, connection_grace_seconds=10.0))

    def test_again_changes_nothing(self) -> None:
        given(LOGGED_IN, READY).when(log_in()).nothing().answers(StateReply("ready", {"chat": "ready"}, 2))

    def test_again_takes_over_a_changed_configuration(self) -> None:
        more = settings(chat=MrdSettings(3))
        result = given(LOGGED_IN, READY).when(log_in(more)).then(configured(more))
        result.sends(report(True, 0, max_tasks=3)).answers(StateReply("ready", {"chat": "ready"}, 3))

    def test_after_logout_takes_the_new_settings(self) -> None:
        new = AgentSettings(name="Alice B", mrds={"callback": MrdSettings(1)}, attributes={"english": 9})
        result = given(LOGGED_IN, READY, CHAT_OFF, LOGGED_OUT).when(log_in(new))
        result.answers(StateReply("not_ready", {"callback": "not_ready"}, 5, "login"))
        result.then_state(name="Alice B", attributes={"english": 9}, tasks={}, declined={})

    @pytest.mark.parametrize(
        "command", [GO_READY, GO_TO_LUNCH, SetMrdState(at=NOW, mrd="chat", state="ready")], ids=["on", "off", "mrd"]
    )
    @pytest.mark.parametrize("events", [(), (LOGGED_IN, READY, LOGGED_OUT)], ids=["never", "no more"])
    def test_is_needed_for_a_state(self, events: tuple[Event, ...], command: Command) -> None:
        given(*events).when(command).then().refuses(RefusalCode.LOGGED_OUT)


class TestConfiguration:
    def test_that_is_the_same_changes_nothing(self) -> None:
        given(LOGGED_IN, READY).when(ConfigureAgent(at=NOW, settings=SETTINGS)).nothing().answers(None)

    @pytest.mark.parametrize("events", [(), (LOGGED_IN, LOGGED_OUT)])
    def test_waits_for_the_next_login(self, events: tuple[Event, ...]) -> None:
        given(*events).when(ConfigureAgent(at=NOW, settings=CALLBACK_ONLY)).nothing()

    @pytest.mark.parametrize(
        "more",
        [settings(chat=MrdSettings(9)), AgentSettings(name="Alice", mrds=SETTINGS.mrds, attributes={"english": 3})],
        ids=["tasks", "attributes"],
    )
    def test_is_news_to_the_routers_while_ready(self, more: AgentSettings) -> None:
        command = ConfigureAgent(at=NOW, settings=more)
        news = report(True, 0, max_tasks=more.mrds["chat"].max_tasks, attributes=more.attributes)
        given(LOGGED_IN, READY).when(command).then(configured(more)).sends(news)
        given(LOGGED_IN).when(command).then(configured(more)).sends()

    def test_with_a_new_mrd_takes_part_in_it_at_once(self) -> None:
        result = given(LOGGED_IN, READY).when(ConfigureAgent(at=NOW, settings=settings(**MRDS)))
        result.then(configured(settings(**MRDS)), changed("ready", "not_ready", mrd="callback"))
        result.sends(report(True, 0, mrd="callback", returned=True))

    def test_without_an_mrd_gives_its_offers_back(self) -> None:
        result = given(IN_BOTH, READY, reserved(0)).when(ConfigureAgent(at=NOW, settings=CALLBACK_ONLY))
        result.then(configured(CALLBACK_ONLY), withdrawn(0, "agent_not_ready"), changed("not_ready", "reserved"))
        result.sends(report(False, 0, max_tasks=0), give_back(0, "agent_not_ready"))
        assert list(result.state.mrds) == ["callback"]

    def test_without_an_mrd_keeps_the_accepted_tasks(self) -> None:
        result = given(IN_BOTH, READY, *holding(0)).when(ConfigureAgent(at=NOW, settings=CALLBACK_ONLY))
        result.then(configured(CALLBACK_ONLY), changed("pending_not_ready", "active")).sends(report(False, 1))

    def test_without_an_mrd_leaves_it_with_the_last_task(self) -> None:
        result = given(IN_BOTH, READY, *holding(0), configured(CALLBACK_ONLY)).when(close(0))
        result.then(closed(0), changed("not_ready", "pending_not_ready")).sends(
            report(False, 0, max_tasks=0, closed=[TASKS[0]])
        )
        unknown = SetMrdState(at=NOW, mrd="chat", state="ready")
        given(IN_BOTH, READY, *holding(0), configured(CALLBACK_ONLY), closed(0)).when(unknown).refuses(
            RefusalCode.UNKNOWN_MRD
        )

    def test_without_an_mrd_and_a_logout_gives_its_tasks_back(self) -> None:
        result = given(IN_BOTH, READY, *holding(0), configured(CALLBACK_ONLY)).when(LOG_OUT)
        result.then(
            closed(0, "agent_logout"),
            LOGGED_OUT,
            changed("not_ready", "ready", "logout", mrd="callback"),
            changed("not_ready", "pending_not_ready", "logout"),
        )
        news = (report(False, 0, mrd="callback"), report(False, 0, max_tasks=0))
        result.sends(*news, release(0))
        assert list(result.state.mrds) == ["callback"]
        again = given(IN_BOTH, READY, *holding(0), configured(CALLBACK_ONLY)).when(LOG_OUT, log_in(CALLBACK_ONLY))
        again.answers(StateReply("not_ready", {"callback": "not_ready"}, 10, "login"))


class TestState:
    def test_ready_opens_every_mrd(self) -> None:
        result = given(IN_BOTH).when(GO_READY)
        result.then(READY, changed("ready", "not_ready", mrd="callback"), changed("ready", "not_ready"))
        result.sends(report(True, 0, returned=True, mrd="callback"), report(True, 0, returned=True))
        result.answers(StateReply("ready", {"callback": "ready", "chat": "ready"}, 4))

    @pytest.mark.parametrize(("events", "command"), [((READY,), GO_READY), ((LUNCH,), GO_TO_LUNCH)])
    def test_again_changes_nothing(self, events: tuple[Event, ...], command: Command) -> None:
        given(LOGGED_IN, *events).when(command).nothing()

    def test_of_another_reason_is_recorded_but_no_news_to_the_routers(self) -> None:
        other = SetState(at=NOW, state="not_ready", reason="meeting")
        meeting = AgentStateChanged(state="not_ready", reason="meeting", changed_at=NOW)
        given(LOGGED_IN, LUNCH).when(other).then(meeting).sends()

    def test_not_ready_informs_the_router_and_then_withdraws_offers(self) -> None:
        result = given(LOGGED_IN, READY, reserved(0), reserved(1)).when(GO_TO_LUNCH)
        result.then(
            LUNCH,
            withdrawn(0, "agent_not_ready"),
            withdrawn(1, "agent_not_ready"),
            changed("not_ready", "reserved", "lunch"),
        )
        result.sends(report(False, 0), give_back(0, "agent_not_ready"), give_back(1, "agent_not_ready"))

    def test_not_ready_with_tasks_is_pending(self) -> None:
        result = given(LOGGED_IN, READY, *holding(0)).when(GO_TO_LUNCH)
        result.then(LUNCH, changed("pending_not_ready", "active", "lunch")).sends(report(False, 1))
        result.answers(StateReply("not_ready", {"chat": "pending_not_ready"}, 6, "lunch"))

    def test_pending_becomes_not_ready_when_the_last_task_closes(self) -> None:
        first = given(LOGGED_IN, READY, *holding(0), *holding(1), LUNCH).when(close(0))
        first.then(closed(0)).sends(report(False, 1, closed=[TASKS[0]]))
        last = given(LOGGED_IN, READY, *holding(1), LUNCH).when(close(1))
        last.then(closed(1), changed("not_ready", "pending_not_ready", "lunch")).sends(
            report(False, 0, closed=[TASKS[1]])
        )

    def test_pending_returns_to_ready(self) -> None:
        result = given(LOGGED_IN, READY, *holding(0), LUNCH).when(GO_READY)
        result.then(READY, changed("active", "pending_not_ready")).sends(report(True, 1, returned=True))


class TestMrdState:
    off = SetMrdState(at=NOW, mrd="chat", state="not_ready", reason="training")
    on = SetMrdState(at=NOW, mrd="chat", state="ready")

    def test_not_ready_withdraws_the_offers_of_this_one_only(self) -> None:
        result = given(IN_BOTH, READY, reserved(0), reserved(2, "callback")).when(self.off)
        result.then(CHAT_OFF, withdrawn(0, "agent_not_ready"), changed("not_ready", "reserved", "training"))
        result.sends(report(False, 0), give_back(0, "agent_not_ready"))
        result.answers(StateReply("ready", {"callback": "reserved", "chat": "not_ready"}, 7))

    def test_ready_again_lifts_the_exclusions(self) -> None:
        result = given(LOGGED_IN, READY, CHAT_OFF).when(self.on)
        result.then(CHAT_ON, changed("ready", "not_ready")).sends(report(True, 0, returned=True))

    def test_asked_for_while_not_ready_waits_for_ready(self) -> None:
        result = given(LOGGED_IN).when(self.off, GO_READY).then(READY).sends()
        result.answers(StateReply("ready", {"chat": "not_ready"}, 3))

    @pytest.mark.parametrize("events", [(LOGGED_IN, READY), (LOGGED_IN, READY, CHAT_OFF, CHAT_ON)])
    def test_again_changes_nothing(self, events: tuple[Event, ...]) -> None:
        given(*events).when(self.on).nothing()

    def test_of_another_reason_is_recorded(self) -> None:
        other = SetMrdState(at=NOW, mrd="chat", state="not_ready", reason="meeting")
        meeting = AgentMrdStateRequested(mrd="chat", state="not_ready", reason="meeting")
        given(LOGGED_IN, READY, CHAT_OFF).when(other).then(meeting).sends()

    def test_of_an_unknown_mrd_is_refused(self) -> None:
        unknown = SetMrdState(at=NOW, mrd="sms", state="ready")
        given(LOGGED_IN).when(unknown).then().refuses(RefusalCode.UNKNOWN_MRD)


class TestLogout:
    def test_gives_back_offers_and_conversations(self) -> None:
        result = given(LOGGED_IN, READY, *holding(0), reserved(1)).when(LOG_OUT)
        result.then(
            withdrawn(1, "agent_logout"),
            closed(0, "agent_logout"),
            LOGGED_OUT,
            changed("not_ready", "active", "logout"),
        )
        result.sends(report(False, 0), give_back(1, "agent_logout"), release(0))
        result.answers(StateReply("logged_out", {"chat": "not_ready"}, 9, "logout")).then_state(tasks={})

    def test_ends_the_conversations_of_an_mrd_that_the_logout_closes(self) -> None:
        command = LogOut(at=NOW, tasks={"chat": "close", "callback": "transfer"})
        events = (logged_in(settings(chat=MrdSettings(2), callback=MrdSettings(1))), READY)
        result = given(*events, *holding(0), *holding(1, "callback")).when(command)
        released = [message for message in result.messages if message[0].startswith("conversation")]
        assert released == [release(0, end=True), release(1)]

    def test_in_wrap_up_closes_it(self) -> None:
        result = given(LOGGED_IN, READY, *holding(0), wrap_up_started(0), LUNCH).when(LOG_OUT)
        result.then(closed(0, "agent_logout"), LOGGED_OUT, changed("not_ready", "pending_not_ready", "logout"))
        result.sends(report(False, 0), release(0))

    def test_ends_supervision(self) -> None:
        result = given(LOGGED_IN, assigned_directly(0)).when(LOG_OUT)
        result.then(closed(0, "agent_logout"), LOGGED_OUT).sends(release(0))

    def test_of_an_idle_agent_informs_the_routers(self) -> None:
        result = given(LOGGED_IN, READY).when(LogOut(at=NOW, reason="home"))
        result.then(AgentLoggedOut(reason="home"), changed("not_ready", "ready", "home")).sends(report(False, 0))

    @pytest.mark.parametrize("events", [(), (LOGGED_IN, LOGGED_OUT)], ids=["never in", "out already"])
    def test_again_changes_nothing(self, events: tuple[Event, ...]) -> None:
        given(*events).when(LOG_OUT).nothing()


CONNECTED = AgentConnected()
LOST = AgentDisconnected(expires_at=later(30))
CONNECT, DISCONNECT = Connect(at=NOW), Disconnect(at=NOW)


class TestConnection:
    def test_is_noted_once(self) -> None:
        given(LOGGED_IN).when(CONNECT).then(CONNECTED).sends().answers(Done(2))
        given(LOGGED_IN).when(CONNECT, CONNECT).nothing().answers(Done(2, replayed=True))

    @pytest.mark.parametrize("events", [(), (LOGGED_IN, LOGGED_OUT), (LOGGED_IN, CONNECTED, LOGGED_OUT)])
    @pytest.mark.parametrize("command", [CONNECT, DISCONNECT])
    def test_is_nothing_while_logged_out(self, events: tuple[Event, ...], command: Command) -> None:
        given(*events).when(command).nothing().answers(Done(len(events), replayed=True))

    def test_that_is_lost_begins_the_grace(self) -> None:
        given(LOGGED_IN, CONNECTED).when(DISCONNECT).then(LOST).sends().answers(Done(3))
        short = logged_in(connection_grace_seconds=5.0)
        given(short, CONNECTED).when(DISCONNECT).then(AgentDisconnected(expires_at=later(5)))

    @pytest.mark.parametrize("events", [(LOGGED_IN,), (LOGGED_IN, CONNECTED, LOST)], ids=["never", "lost already"])
    def test_that_is_none_is_not_lost(self, events: tuple[Event, ...]) -> None:
        given(*events).when(at(DISCONNECT, 9)).nothing()

    def test_that_is_lost_for_the_grace_requeues_the_tasks_ahead(self) -> None:
        expire = ExpireConnection(at=NOW)
        out = AgentLoggedOut(reason="connection_lost")
        lost = AgentDisconnected(expires_at=NOW)
        result = given(LOGGED_IN, READY, CONNECTED, *holding(0), reserved(1), lost).when(expire)
        result.then(
            withdrawn(1, "agent_logout"),
            closed(0, "connection_lost"),
            out,
            changed("not_ready", "active", "connection_lost"),
        )
        result.sends(report(False, 0), give_back(1, "agent_logout"), release(0, "connection_lost"))
        result.then_state(state="logged_out", reason="connection_lost", logs_out_at=None, connected=None)

    @pytest.mark.parametrize(
        "events",
        [
            (CONNECTED, LOST, CONNECTED),
            (CONNECTED, LOST, LOGGED_OUT),
            (CONNECTED, LOST, LOGGED_OUT, LOGGED_IN),
            (CONNECTED,),
            (),
        ],
        ids=["is back", "logged out", "logged in anew", "stands", "never was"],
    )
    def test_that_is_back_or_needed_no_more_ends_the_grace(self, events: tuple[Event, ...]) -> None:
        given(LOGGED_IN, *events).when(ExpireConnection(at=later(30))).nothing()
        assert not AGENT.deadlines(given(LOGGED_IN, *events).state)

    def test_has_all_its_grace(self) -> None:
        given(LOGGED_IN, CONNECTED, LOST).when(ExpireConnection(at=later(29.9))).nothing()
        state = given(LOGGED_IN, CONNECTED, LOST).state
        assert AGENT.deadlines(state) == {"connection": Deadline(later(30), ExpireConnection(at=later(30)))}

    def test_keeps_its_grace_over_a_repeated_login(self) -> None:
        given(LOGGED_IN, CONNECTED, LOST).when(log_in()).nothing().then_state(logs_out_at=later(30))


IDLES = logged_in(idle_logout_seconds=100.0)
WARNED = AgentIdleWarned(expires_at=later(100))


class TestIdleness:
    def test_warns_and_then_logs_out(self) -> None:
        state = given(IDLES).state
        assert AGENT.deadlines(state) == {
            "idle_warning": Deadline(later(80), WarnOfIdleness(at=later(80))),
            "idle_logout": Deadline(later(100), ExpireIdleness(at=later(100))),
        }
        given(IDLES).when(WarnOfIdleness(at=later(80))).then(WARNED).sends()
        assert list(AGENT.deadlines(given(IDLES, WARNED).state)) == ["idle_logout"]
        given(IDLES, WARNED).when(ExpireIdleness(at=later(100))).then(AgentLoggedOut(reason="idle")).sends()

    @pytest.mark.parametrize("command", [WarnOfIdleness(at=later(79.9)), ExpireIdleness(at=later(99.9))])
    def test_has_its_time(self, command: Command) -> None:
        given(IDLES).when(command).nothing()

    @pytest.mark.parametrize(
        "events",
        [
            (),
            (LOGGED_IN,),
            (IDLES, READY),
            (IDLES, assigned_directly(0)),
            (IDLES, *holding(0), LUNCH),
            (IDLES, LOGGED_OUT),
        ],
        ids=["never in", "no limit", "ready", "listens", "pending", "out"],
    )
    @pytest.mark.parametrize("command", [WarnOfIdleness(at=later(999)), ExpireIdleness(at=later(999))])
    def test_is_only_of_an_agent_who_is_not_ready_and_without_tasks(
        self, events: tuple[Event, ...], command: Command
    ) -> None:
        given(*events).when(command).nothing()

    def test_is_warned_of_once(self) -> None:
        given(IDLES).when(WarnOfIdleness(at=later(80)), WarnOfIdleness(at=later(81))).nothing()

    @pytest.mark.parametrize(
        "sign",
        [
            AgentActivityReported(reported_at=later(90)),
            AgentStateChanged(state="not_ready", reason="lunch", changed_at=later(90)),
        ],
        ids=["activity", "another reason"],
    )
    def test_begins_anew_with_a_sign_of_life(self, sign: Event) -> None:
        assert AGENT.deadlines(given(IDLES, WARNED, sign).state)["idle_warning"].instant == later(170)

    def test_begins_when_the_last_task_closes(self) -> None:
        events = (IDLES, READY, *holding(0), *holding(1), LUNCH)
        one_left = given(*events).when(at(close(0), 500)).state
        assert not AGENT.deadlines(one_left)
        none_left = given(*events).when(at(close(0), 500), at(close(1), 600)).state
        assert AGENT.deadlines(none_left)["idle_logout"].instant == later(700)

    def test_is_over_with_activity_after_the_warning(self) -> None:
        command = ReportActivity(at=later(90))
        given(IDLES, WARNED).when(command).then(AgentActivityReported(reported_at=later(90))).answers(Done(3))

    @pytest.mark.parametrize("events", [(), (IDLES,), (IDLES, WARNED, LOGGED_OUT)])
    def test_activity_without_a_warning_is_not_kept(self, events: tuple[Event, ...]) -> None:
        given(*events).when(ReportActivity(at=NOW)).nothing().answers(Done(len(events), replayed=True))


class TestAnnouncement:
    command = Announce(at=NOW, announcement_id="a", announced_by="sue", text="Lunch is ready")

    @pytest.mark.parametrize("more", [(), (READY,), (READY, *holding(0))])
    def test_reaches_an_agent_who_is_logged_in(self, more: tuple[Any, ...]) -> None:
        received = AnnouncementReceived(announcement_id="a", announced_by="sue", text="Lunch is ready")
        given(LOGGED_IN, *more).when(self.command).then(received).sends().answers(Done(2 + len(more)))

    @pytest.mark.parametrize("events", [(), (LOGGED_IN, LOGGED_OUT)])
    def test_does_not_reach_an_agent_who_is_logged_out(self, events: tuple[Event, ...]) -> None:
        given(*events).when(self.command).nothing().answers(Done(len(events), replayed=True))
