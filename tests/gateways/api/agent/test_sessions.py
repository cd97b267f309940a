"""Logging in and out."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from schemas.events import AgentLoggedOut
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Answer, Caller, Customer
from tests.gateways.tokens import claims_of

pytestmark = pytest.mark.asyncio


async def log_in(centre: Centre, username: str, password: str) -> Answer:
    return await Caller(centre).post("/agent/v1/login", {"username": username, "password": password})


async def refresh(centre: Centre, token: str) -> Answer:
    return await Caller(centre).post("/agent/v1/refresh", {"refresh_token": token})


class TestLoggingIn:
    async def test_opens_a_session(self, centre: Centre) -> None:
        session = (await log_in(centre, "sue", "demo")).of(200)
        assert session["agent"] == {"agent_id": "sue", "name": "Sue", "role": "supervisor"}
        assert session["expires_in"] == 900
        claims = claims_of(session["access_token"])
        assert claims["exp"] - time.time() == pytest.approx(900, abs=60)
        me = await Agent(centre, session).me()
        assert (me["state"], me["agent"]) == ("logged_out", session["agent"])
        assert [mrd["state"] for mrd in me["mrds"]] == ["not_ready", "not_ready"]

    async def test_keeps_the_state_of_an_agent_who_is_logged_in(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        again = await Agent.log_in(centre)
        assert (await again.me())["state"] == "ready"
        assert centre.types("agent-alice").count("AgentLoggedIn") == 1
        assert (await alice.me())["state"] == "ready"

    @pytest.mark.parametrize(
        ("username", "password"),
        [
            ("alice", "wrong"),
            ("alice", ""),
            ("alice", "demo\u0000"),
            ("alice", "DEMO"),
            ("Alice", "demo"),
            ("alice\u0000", "demo"),
            ("nobody", "demo"),
            ("", ""),
            ("' OR '1'='1", "' OR '1'='1"),
        ],
    )
    async def test_needs_name_and_password(self, centre: Centre, username: str, password: str) -> None:
        answer = await log_in(centre, username, password)
        details = answer.problem(401, "invalid_credentials")
        assert details.detail == "the username or the password is wrong"
        assert centre.services.journal.last_position() == centre.opened_at

    async def test_is_refused_for_an_agent_who_was_removed(self, tmp_path: Path, centre: Centre) -> None:
        centre.services.accounts.set_passwords({"gone": "demo"})
        (await log_in(centre, "gone", "demo")).problem(401, "invalid_credentials")

    async def test_leaves_no_password_or_token_in_the_journal(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        record = str(centre.services.journal.read_all())
        assert "demo" not in record
        assert alice.refresh_token not in record
        assert str(alice.token) not in record


class TestRefreshing:
    async def test_gives_new_tokens(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        session = (await refresh(centre, alice.refresh_token)).of(200)
        assert session["refresh_token"] != alice.refresh_token
        assert (await Agent(centre, session).me())["state"] == "ready"

    async def test_repeated_gives_the_same_successor(self, centre: Centre) -> None:
        alice = await Agent.log_in(centre)
        answers = await asyncio.gather(*(refresh(centre, alice.refresh_token) for _ in range(4)))
        (successor,) = {answer.of(200)["refresh_token"] for answer in answers}
        (await refresh(centre, successor)).of(200)

    async def test_with_a_token_that_was_used_before_ends_the_session(
        self, centre: Centre, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        alice = await Agent.log_in(centre)
        session = (await refresh(centre, alice.refresh_token)).of(200)
        async with Agent(centre, session).follow() as feed:
            monkeypatch.setattr("gateways.identity.sessions.time", FakeTime(time.time() + 31))
            (await refresh(centre, alice.refresh_token)).problem(401, "invalid_refresh_token")
            assert await feed.close_code() == 4003
        (await refresh(centre, session["refresh_token"])).problem(401, "invalid_refresh_token")
        (await alice.get("/agent/v1/me")).problem(401, "session_ended")

    async def test_gives_the_same_successor_after_a_restart(self, tmp_path: Path, quick_passwords: None) -> None:
        async with open_centre(tmp_path) as centre:
            alice = await Agent.log_in(centre)
            session = (await refresh(centre, alice.refresh_token)).of(200)
        async with open_centre(tmp_path) as centre:
            again = (await refresh(centre, alice.refresh_token)).of(200)
        assert again["refresh_token"] == session["refresh_token"]

    async def test_with_another_token_is_refused(self, centre: Centre) -> None:
        alice = await Agent.log_in(centre)
        for token in ("", "rubbish", str(alice.token), alice.refresh_token + "x", alice.refresh_token.upper()):
            answer = await refresh(centre, token[:256])
            answer.problem(401, "invalid_refresh_token")

    async def test_ends_with_the_session(self, centre: Centre) -> None:
        alice = await Agent.log_in(centre)
        await alice.log_out()
        (await refresh(centre, alice.refresh_token)).problem(401, "invalid_refresh_token")

    async def test_ends_with_the_lifetime_of_the_token(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_passwords: None
    ) -> None:
        async with open_centre(tmp_path, authentication={"refresh_token_seconds": 60}) as centre:
            alice = await Agent.log_in(centre)
            monkeypatch.setattr("gateways.identity.sessions.time", FakeTime(time.time() + 61))
            (await refresh(centre, alice.refresh_token)).problem(401, "invalid_refresh_token")


class FakeTime:
    def __init__(self, now: float) -> None:
        self._now = now

    def time(self) -> float:
        return self._now


class TestSessions:
    async def test_are_listed_with_who_opened_them(self, centre: Centre) -> None:
        desktop = await Agent.log_in(centre)
        phone = await Agent.log_in(centre)
        await Agent.log_in(centre, "bob")
        listed = (await desktop.get("/agent/v1/me/sessions")).of(200)["sessions"]
        assert [each["current"] for each in listed] == [False, True]
        assert {each["address"] for each in listed} == {"127.0.0.1"}
        assert listed[0]["client"].startswith("Python")
        assert listed[0]["opened_at"] <= listed[0]["renewed_at"] < listed[0]["expires_at"]
        assert str(phone.refresh_token) not in str(listed)

    async def test_are_ended_one_by_one_with_their_feeds(self, centre: Centre) -> None:
        desktop, phone = await Agent.log_in(centre), await Agent.log_in(centre)
        (phones, _) = (await desktop.get("/agent/v1/me/sessions")).of(200)["sessions"]
        path = f"/agent/v1/me/sessions/{phones['session_id']}"
        bob = await Agent.log_in(centre, "bob")
        (await bob.call("DELETE", path)).problem(404, "not_found")
        async with desktop.follow() as kept, phone.follow() as ended:
            assert (await desktop.call("DELETE", path)).status == 204
            assert await ended.close_code() == 4003
            await desktop.go("ready")
            await kept.until("AgentStateChanged")
        (await phone.get("/agent/v1/me")).problem(401, "session_ended")
        (await desktop.call("DELETE", path)).problem(404, "not_found")

    async def test_all_others_are_ended_at_once(self, centre: Centre) -> None:
        desktop, phone = await Agent.log_in(centre), await Agent.log_in(centre)
        assert (await desktop.call("DELETE", "/agent/v1/me/sessions")).status == 204
        (await phone.get("/agent/v1/me")).problem(401, "session_ended")
        assert (await desktop.me())["state"] == "logged_out"


class TestChangingThePassword:
    async def test_ends_every_session_and_gives_a_new_one(self, centre: Centre) -> None:
        alice, phone = await Agent.log_in(centre), await Agent.log_in(centre)
        body = {"current_password": "demo", "password": "battery staple"}
        async with alice.follow() as feed:
            answer = await alice.put("/agent/v1/me/password", body)
            renewed = Agent(centre, answer.of(200))
            assert await feed.close_code() == 4003
        for former in (alice, phone):
            (await former.get("/agent/v1/me")).problem(401, "session_ended")
        assert (await renewed.me())["agent"]["agent_id"] == "alice"
        (await log_in(centre, "alice", "demo")).problem(401, "invalid_credentials")
        (await log_in(centre, "alice", "battery staple")).of(200)

    async def test_needs_the_current_password(self, centre: Centre) -> None:
        alice = await Agent.log_in(centre)
        body = {"current_password": "wrong", "password": "battery staple"}
        (await alice.put("/agent/v1/me/password", body)).problem(401, "invalid_credentials")
        assert (await alice.me())["state"] == "logged_out"

    async def test_by_an_administrator_ends_the_shift(self, centre: Centre) -> None:
        alice, root = await Agent.ready(centre), await Agent.log_in(centre, "root")
        (await root.put("/admin/v1/agents/alice/password", {"password": "battery staple"})).of(204)
        (logged_out,) = await centre.recorded("AgentLoggedOut")
        assert logged_out.event == AgentLoggedOut(reason="password_changed")
        (await alice.get("/agent/v1/me")).problem(401, "session_ended")


class TestLoggingOut:
    async def test_ends_the_session(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        answer = await alice.log_out(reason="end_of_shift")
        assert (answer.status, answer.content) == (204, b"")
        (await alice.get("/agent/v1/me")).problem(401, "session_ended")
        (logged_out,) = await centre.recorded("AgentLoggedOut")
        assert logged_out.event == AgentLoggedOut(reason="end_of_shift")

    async def test_ends_all_sessions_of_the_agent_and_no_other(self, centre: Centre) -> None:
        desktop, phone, bob = [await Agent.log_in(centre, name) for name in ("alice", "alice", "bob")]
        await desktop.log_out()
        (await phone.get("/agent/v1/me")).problem(401, "session_ended")
        assert (await bob.get("/agent/v1/me")).status == 200

    async def test_gives_offers_back(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre)
        (offer,) = await alice.offers()
        bob = await Agent.ready(centre, "bob")
        assert await bob.offers() == []
        await alice.log_out()
        (given,) = await bob.offers()
        assert given["task_id"] == offer["task_id"]
        assert given["conversation_id"] == customer.id

    async def test_gives_conversations_back_at_their_old_place(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre)
        await alice.accept_only_offer()
        await alice.go("not_ready")
        other = await Customer.start(centre)
        await alice.log_out()
        assert [(await each.state())["position"] for each in (customer, other)] == [1, 2]
        (await alice.write(customer, "still there?")).problem(401, "session_ended")

    async def test_ends_conversations_where_that_was_chosen(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre)
        await alice.accept_only_offer()
        assert (await alice.log_out(tasks={"chat": "close", "callback": "transfer"})).status == 204
        assert (await customer.state())["status"] == "ended"

    async def test_names_the_mrd_that_is_not_the_agents(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        for mrd in ("voice", "", "x" * 5000):
            answer = await alice.log_out(tasks={mrd: "close"})
            assert answer.problem(422, "invalid_input").errors[0].path == f"tasks.{mrd[:64]}"
        (await alice.log_out(tasks={"chat": "burn"})).problem(422, "invalid_input")
        assert (await alice.me())["state"] == "ready"

    async def test_needs_no_body(self, centre: Centre) -> None:
        alice = await Agent.log_in(centre)
        assert (await alice.post("/agent/v1/logout")).status == 204


async def test_an_answer_without_content_has_no_content_type_or_length(centre: Centre) -> None:
    """RFC 9110, section 8.6."""
    alice = await Agent.log_in(centre)
    headers: Any = (await alice.log_out()).headers
    assert not {"Content-Length", "Content-Type", "Transfer-Encoding"} & set(headers)
