"""Sessions end at once, even when the accounts cannot be written; the file follows as soon as it can."""

import pytest

from gateways.identity.accounts import Accounts
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Agent, Caller

pytestmark = pytest.mark.asyncio


def refuse_writes(accounts: Accounts, *, refuse: bool) -> None:
    with accounts._file.transaction() as connection:  # noqa: SLF001 - as a full disk would
        connection.execute(f"PRAGMA query_only={int(refuse)}")


async def test_a_logout_that_cannot_be_written_ends_the_session(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateways.identity.presence._RETRY_SECONDS", 0.001)
    accounts = centre.services.accounts
    alice = await Agent.ready(centre)
    refuse_writes(accounts, refuse=True)
    (await alice.log_out()).problem(503, "accounts_unavailable")
    (await alice.get("/agent/v1/me")).problem(401, "session_ended")
    refuse_writes(accounts, refuse=False)
    body = {"refresh_token": alice.refresh_token}
    (await Caller(centre).post("/agent/v1/refresh", body)).problem(401, "invalid_refresh_token")
    await eventually(lambda: not accounts.sessions.of_agent("alice"))
    again = await Agent.log_in(centre)
    assert (await again.get("/agent/v1/me")).status == 200
