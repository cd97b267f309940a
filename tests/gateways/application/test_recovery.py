"""A centre that starts from snapshots has the same state as the one that stopped."""

from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from actors.journal import AlteredJournalError, SqliteJournal
from gateways.application.recovery import recover
from projections import open_snapshotter
from tests.actors.snapshots.laid_out import laid_out_views
from tests.actors.snapshots.records import decoded
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Customer
from tests.gateways.command_line.journals import damaged, write_conversation

pytestmark = [pytest.mark.usefixtures("quick_passwords")]


def take_snapshots(data_dir: Path) -> None:
    with ExitStack() as stack:
        journal = stack.enter_context(closing(SqliteJournal(data_dir / "journal.db", read_only=True)))
        snapshotter = stack.enter_context(closing(open_snapshotter(data_dir / "snapshots.db", journal)))
        snapshotter.apply(decoded(journal, snapshotter.position))
        snapshotter.save()


@pytest.mark.asyncio
async def test_a_centre_continues_from_snapshots(tmp_path: Path) -> None:
    async with open_centre(tmp_path) as centre:
        alice = await Agent.ready(centre)
        customers = [await Customer.start(centre, text=f"Hello {number}") for number in range(5)]
        offers = await alice.offers()
        state, me = await customers[4].state(), await alice.me()
    take_snapshots(tmp_path)
    async with open_centre(tmp_path) as centre:
        alice = Agent(centre, {"access_token": alice.token, "refresh_token": "", "agent": {"agent_id": "alice"}})
        customer = Customer(centre, {"conversation_id": customers[4].id, "token": customers[4].token})
        assert await alice.offers() == offers
        assert {**await alice.me(), "server_time": me["server_time"]} == me
        assert await customer.state() == state
        (await alice.accept(offers[0]["task_id"])).of(200)
        assert _as_folded(centre)


def test_a_start_refuses_events_that_are_not_as_they_were_appended(tmp_path: Path) -> None:
    _alter_a_message(tmp_path)
    refused = pytest.raises(AlteredJournalError, match="position 17 is not the one that was appended")
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal, refused as caught:
        recover(journal, None)
    assert caught.value.position == 17


def test_a_start_that_accepts_an_altered_journal_logs_what_was_altered(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _alter_a_message(tmp_path)
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
        _, recovery = recover(journal, None, accept_altered_journal=True)
    assert recovery.position == 19
    assert ["position 17" in record.message for record in caplog.records] == [True]


def _alter_a_message(data_dir: Path) -> None:
    write_conversation(data_dir)
    with damaged(data_dir) as connection:
        connection.execute("UPDATE events SET data = replace(data, 'I am here', 'I am hers') WHERE position = 17")


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 1_000])
@pytest.mark.asyncio
async def test_a_centre_starts_despite_a_damaged_snapshot_file(
    content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_centre(tmp_path) as centre:
        customer = await Customer.start(centre, text="Hello")
        state = await customer.state()
    (tmp_path / "snapshots.db").write_bytes(content)
    async with open_centre(tmp_path) as centre:
        assert await Customer(centre, {"conversation_id": customer.id, "token": customer.token}).state() == state
        assert _as_folded(centre)
    assert len([record for record in caplog.records if "snapshots" in record.message]) <= 1


@pytest.mark.asyncio
async def test_a_centre_starts_with_an_older_backup_of_the_journal(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_centre(tmp_path):
        pass
    backup = (tmp_path / "journal.db").read_bytes()
    async with open_centre(tmp_path) as centre:
        forgotten = await Customer.start(centre, text="Hello")
    take_snapshots(tmp_path)
    (tmp_path / "journal.db").write_bytes(backup)
    async with open_centre(tmp_path, restored=True) as centre:
        assert centre.services.conversations.get(forgotten.id) is None
        await Customer.start(centre, text="Hello again")
        assert _as_folded(centre)
    assert "snapshots.db has seen position 37, beyond the journal's end at 33" in caplog.text


def _as_folded(centre: Centre) -> bool:
    views, _ = recover(centre.services.journal, None)
    return laid_out_views(views) == laid_out_views(centre.services.views)
