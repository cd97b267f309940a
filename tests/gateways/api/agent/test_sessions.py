"""Logging in and out."""

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

    async def test_uses_the_refresh_token_up(self, centre: Centre) -> None:
        alice = await Agent.log_in(centre)
        session = (await refresh(centre, alice.refresh_token)).of(200)
        (await refresh(centre, alice.refresh_token)).problem(401, "invalid_refresh_token")
        (await refresh(centre, session["refresh_token"])).of(200)

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
            monkeypatch.setattr("gateways.identity.accounts.time", FakeTime(time.time() + 61))
            (await refresh(centre, alice.refresh_token)).problem(401, "invalid_refresh_token")


class FakeTime:
    def __init__(self, now: float) -> None:
        self._now = now

    def time(self) -> float:
        return self._now


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
