"""The services are as before after a restart, and leave nothing open when they cannot start."""

import stat
from contextlib import closing
from pathlib import Path

import pytest

from actors.journal import JournalLockedError, SqliteJournal
from config import SettingsError
from gateways.application.opening import open_services
from schemas.exceptions import UnknownEventTypeError
from schemas.identifiers import new_id
from schemas.records import Record
from tests.examples import new_record
from tests.gateways.centre import Centre, centre_settings, open_centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]


def again(centre: Centre, customer: Customer) -> Customer:
    """The same customer at the restarted centre."""
    return Customer(centre, {"conversation_id": customer.id, "token": customer.token})


def agent_again(centre: Centre, agent: Agent) -> Agent:
    session = {"access_token": agent.token, "refresh_token": agent.refresh_token, "agent": {"agent_id": agent.id}}
    return Agent(centre, session)


class TestRestart:
    async def test_conversations_continue(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path) as centre:
            alice = await Agent.ready(centre)
            customer = await Customer.start(centre, text="Hello")
            await alice.accept_only_offer()
            await alice.write(customer, "Good morning")
            state, events, me = await customer.state(), await customer.events(), await alice.me()
        async with open_centre(tmp_path) as centre:
            customer, alice = again(centre, customer), agent_again(centre, alice)
            assert (await customer.state(), await customer.events()) == (state, events)
            assert {**await alice.me(), "server_time": me["server_time"]} == me
            async with customer.follow(events[-1]["version"]) as feed, alice.follow(me["position"]) as agents_feed:
                await alice.write(customer, "Where were we?")
                assert (await feed.next())["version"] == events[-1]["version"] + 1
                assert (await agents_feed.next())["version"] == events[-1]["version"] + 1
            await alice.end(customer)
            assert (await customer.state())["status"] == "ended"

    async def test_repeated_requests_get_the_same_answer(self, tmp_path: Path) -> None:
        body = {"channel": "web-direct", "id": new_id(), "text": "Hello"}
        message_id = new_id()
        async with open_centre(tmp_path) as centre:
            started = await Caller(centre).post("/customer/v1/conversations", body)
            customer = Customer(centre, started.json)
            posted = await customer.write("One", message_id)
        async with open_centre(tmp_path) as centre:
            repeated = await Caller(centre).post("/customer/v1/conversations", body)
            assert (repeated.content, repeated.replayed) == (started.content, True)
            repeated = await again(centre, customer).write("One", message_id)
            assert (repeated.content, repeated.replayed) == (posted.content, True)
            (await again(centre, customer).write("Two", message_id)).problem(409, "id_conflict")

    async def test_queues_and_offers_are_kept(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path) as centre:
            alice = await Agent.ready(centre)
            customers = [await Customer.start(centre) for _ in range(5)]
            offers = await alice.offers()
        async with open_centre(tmp_path) as centre:
            alice = agent_again(centre, alice)
            assert await alice.offers() == offers
            assert len(offers) == 3
            positions = [(await again(centre, customer).state())["position"] for customer in customers]
            assert positions == [1, 1, 1, 1, 2]
            (await alice.accept(offers[1]["task_id"])).of(200)

    async def test_an_offers_deadline_still_fires(self, tmp_path: Path) -> None:
        queues = {"support": {"offer_timeout_seconds": 1.0}}
        async with open_centre(tmp_path, queues=queues) as centre:
            alice = await Agent.ready(centre)
            customer = await Customer.start(centre)
            (offer,) = await alice.offers()
        assert "OfferExpired" not in [record.type for record in recorded(tmp_path)]
        async with open_centre(tmp_path, queues=queues) as centre:
            (expired,) = await centre.recorded("OfferExpired")
            assert expired.record.at >= offer["expires_at"]
            me = await agent_again(centre, alice).me()
            assert (me["state"], me["reason"]) == ("not_ready", "rona")
            assert (await again(centre, customer).state())["position"] == 1

    async def test_sessions_are_kept(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path) as centre:
            alice, bob = await Agent.log_in(centre), await Agent.log_in(centre, "bob")
            await bob.log_out()
        async with open_centre(tmp_path) as centre:
            body = {"refresh_token": alice.refresh_token}
            assert (await agent_again(centre, alice).get("/agent/v1/me")).status == 200
            assert (await Caller(centre).post("/agent/v1/refresh", body)).status == 200
            (await agent_again(centre, bob).get("/agent/v1/me")).problem(401, "session_ended")

    async def test_times_never_go_backwards(self, tmp_path: Path) -> None:
        opened_at = []
        for _ in range(3):
            async with open_centre(tmp_path) as centre:
                opened_at.append(centre.opened_at)
                await Customer.start(centre)
        instants = [record.at for record in recorded(tmp_path)]
        assert len(instants) == opened_at[0] + 9
        assert instants == sorted(instants)


def recorded(data_dir: Path) -> list[Record]:
    with closing(SqliteJournal(data_dir / "journal.db", read_only=True)) as journal:
        return journal.read_all()


class TestTheSecret:
    async def test_the_secret_is_made_once_and_readable_by_its_owner_only(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path):
            secret = (tmp_path / "token-secret").read_text()
        async with open_centre(tmp_path):
            assert (tmp_path / "token-secret").read_text() == secret
        assert len(secret) == 64
        assert stat.S_IMODE((tmp_path / "token-secret").stat().st_mode) == 0o600

    async def test_a_token_of_another_centre_is_not_accepted(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path / "one") as one, open_centre(tmp_path / "other") as other:
            customer = await Customer.start(one)
            (await again(other, customer).get(customer.path)).problem(401, "token_invalid")

    async def test_the_secret_may_be_set(self, tmp_path: Path) -> None:
        authentication = {"secret": "s" * 32}
        async with open_centre(tmp_path / "one", authentication=authentication) as one:
            customer = await Customer.start(one)
        async with open_centre(tmp_path / "other", authentication=authentication) as other:
            (await again(other, customer).get(customer.path)).problem(404, "not_found")
        assert not (tmp_path / "one" / "token-secret").exists()


class TestFailingToStart:
    async def test_a_second_server_cannot_start(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path) as centre:
            with pytest.raises(JournalLockedError):
                async with open_services(centre_settings(tmp_path)):
                    pytest.fail("two writers")
            await Customer.start(centre)
        async with open_centre(tmp_path):
            pass

    async def test_a_server_without_a_usable_directory_cannot_start(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(SettingsError, match=r"server\.data_dir"):
            async with open_services(centre_settings(tmp_path / "file" / "data")):
                pytest.fail("no directory")

    async def test_a_start_that_fails_on_an_unknown_event_releases_the_journal(self, tmp_path: Path) -> None:
        journal = SqliteJournal(tmp_path / "journal.db")
        unknown = new_record("conversation-x", 1)
        unknown.type = "FromTheFuture"
        journal.append([unknown])
        journal.close()
        for _ in range(2):
            with pytest.raises(UnknownEventTypeError):
                async with open_services(centre_settings(tmp_path)):
                    pytest.fail("an unknown event")

    async def test_a_server_in_memory_leaves_no_file(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path / "data", journal={"backend": "memory"}) as centre:
            await Agent.ready(centre)
            await Customer.start(centre)
        assert not (tmp_path / "data").exists()
