"""A journal that was lost is not taken for a new one, and damaged files beside it are named."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from actors.journal import SqliteJournal
from actors.snapshots import saved_position
from gateways.application.opening import open_services
from gateways.data_directory import DataDirectory, DataDirectoryError, DataFileError, JournalCutShortError
from gateways.effects.positions import Positions, furthest_position
from gateways.outbox import Outbox
from projections.all import PROJECTIONS
from projections.live.snapshots import open_snapshotter
from projections.runner import Database
from projections.runner.catalogue import furthest_position as furthest_build
from projections.runner.database import sqlite_url
from projections.runner.runner import Runner
from schemas.events import REGISTRY
from tests.gateways.centre import centre_settings, eventually, open_centre
from tests.gateways.clients import Customer

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

NO_DATABASE = b"This is not a database, and longer than a header." * 100


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path)


@pytest.fixture(autouse=True)
def _quick_saves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateways.effects.consumer._SAVE_SECONDS", 0.01)


async def converse(directory: DataDirectory) -> None:
    """Lets a centre run and stop, so that every file of the directory is there."""
    async with open_centre(directory.path) as centre:
        await Customer.start(centre, text="Hello")
        await eventually(lambda: furthest_position(directory.effects) == centre.services.hub.position)


def keep_snapshots(directory: DataDirectory) -> int:
    with (
        closing(SqliteJournal(directory.journal, read_only=True)) as journal,
        closing(open_snapshotter(directory.snapshots, journal)) as snapshotter,
    ):
        snapshotter.apply((record, REGISTRY.decode(record)) for record in journal.read_all())
        snapshotter.save()
        return snapshotter.position


def build_reports(directory: DataDirectory) -> int:
    with (
        closing(SqliteJournal(directory.journal, read_only=True)) as journal,
        closing(Database(sqlite_url(directory.reports))) as database,
    ):
        Runner(journal, database, PROJECTIONS).catch_up()
        return journal.last_position()


def serve_effects(directory: DataDirectory) -> int:
    with closing(Positions(directory.effects)) as positions:
        return positions.load("bots")


def plan_deliveries(directory: DataDirectory) -> int:
    with closing(Outbox(directory.deliveries)) as outbox:
        return outbox.cursor("channels") or 0


def remove(directory: DataDirectory, *names: str) -> None:
    for name in names:
        for ending in ("", "-wal", "-shm"):
            (directory.path / f"{name}{ending}").unlink(missing_ok=True)


async def refuse(directory: DataDirectory, error: type[DataDirectoryError], words: str) -> None:
    with pytest.raises(error, match=words):
        async with open_services(centre_settings(directory.path)):
            pytest.fail("it started")


WITNESSES: dict[str, Callable[[DataDirectory], int]] = {
    "snapshots.db": keep_snapshots,
    "reports.db": build_reports,
    "effects.db": serve_effects,
    "deliveries.db": plan_deliveries,
}


class TestALostJournal:
    @pytest.mark.parametrize("witness", WITNESSES)
    @pytest.mark.parametrize("way", ["removed", "emptied"])
    async def test_it_is_refused_as_long_as_one_file_remembers_it(
        self, directory: DataDirectory, witness: str, way: str
    ) -> None:
        await converse(directory)
        seen = WITNESSES[witness](directory)
        assert seen > 0
        remove(directory, "journal.db", *(name for name in WITNESSES if name != witness))
        if way == "emptied":
            directory.journal.touch()
        for _ in range(2):
            await refuse(directory, JournalCutShortError, f"{witness} has seen position {seen}: .*--restored")
            assert directory.journal.exists() == (way == "emptied")

    async def test_its_write_ahead_log_is_kept(self, directory: DataDirectory) -> None:
        await converse(directory)
        remove(directory, "journal.db", *WITNESSES)
        left_over = directory.path / "journal.db-wal"
        left_over.write_bytes(b"events")
        await refuse(directory, JournalCutShortError, "journal.db-wal holds events")
        assert left_over.read_bytes() == b"events"

    async def test_an_older_copy_needs_the_word_that_it_was_restored(self, directory: DataDirectory) -> None:
        await converse(directory)
        backup = directory.journal.read_bytes()
        await converse(directory)
        last = keep_snapshots(directory)
        assert build_reports(directory) == serve_effects(directory) == plan_deliveries(directory) == last
        remove(directory, "journal.db")
        directory.journal.write_bytes(backup)
        await refuse(directory, JournalCutShortError, f"but snapshots.db has seen position {last}")

        async with open_services(centre_settings(directory.path), restored=True) as services:
            end = services.hub.position
        assert end < last
        assert saved_position(directory.snapshots) == 0
        assert furthest_position(directory.effects) == plan_deliveries(directory) == end
        assert furthest_build(directory.path / f"reports.db.up-to-{last}") == last, "the last copy is kept"
        await converse(directory)


async def test_files_that_have_seen_less_than_the_journal_are_no_obstacle(directory: DataDirectory) -> None:
    await converse(directory)
    keep_snapshots(directory)
    build_reports(directory)
    await converse(directory)
    await converse(directory)


class TestDamagedFiles:
    @pytest.mark.parametrize("name", ["accounts.db", "token-secret"])
    async def test_an_empty_file_is_not_taken_for_a_new_one(self, directory: DataDirectory, name: str) -> None:
        await converse(directory)
        (directory.path / name).write_bytes(b"")
        await refuse(directory, DataFileError, f"{name}: the file is empty; put a copy back, or remove")
        assert (directory.path / name).read_bytes() == b""

    @pytest.mark.parametrize(
        ("name", "remedy"),
        [
            ("accounts.db", "put a copy back"),
            ("effects.db", "the journal is then read again"),
            ("deliveries.db", "what was waiting in it"),
        ],
    )
    @pytest.mark.parametrize("way", ["another file", "a damaged page", "cut off"])
    async def test_the_error_names_file_and_remedy(
        self, directory: DataDirectory, name: str, remedy: str, way: str
    ) -> None:
        await converse(directory)
        file = directory.path / name
        damaged = {
            "another file": NO_DATABASE,
            "a damaged page": file.read_bytes()[:4096] + b"\xff" * (file.stat().st_size - 4096),
            "cut off": file.read_bytes()[:4096],
        }
        file.write_bytes(damaged[way])
        with pytest.raises(DataFileError, match=rf"{name}: .*{remedy}"):
            async with open_centre(directory.path):
                pytest.fail("it started")

    @pytest.mark.parametrize("content", [b"abc", b"\xff" * 64])
    async def test_a_damaged_secret_signs_no_tokens(self, directory: DataDirectory, content: bytes) -> None:
        await converse(directory)
        directory.token_secret.write_bytes(content)
        await refuse(directory, DataFileError, "token-secret: the file is .*everybody then logs in again")

    async def test_a_missing_accounts_file_is_told(
        self, directory: DataDirectory, caplog: pytest.LogCaptureFixture
    ) -> None:
        await converse(directory)
        assert "accounts.db" not in caplog.text
        remove(directory, "accounts.db")
        await converse(directory)
        assert "accounts.db is missing: no agent has a password" in caplog.text


async def test_a_journal_that_is_removed_under_the_server_is_noticed(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actors.engine.entity_system._RETRY_SECONDS", (0.0,))
    async with open_centre(directory.path) as centre:
        customer = await Customer.start(centre, text="Hello")
        directory.journal.rename(directory.path / "elsewhere")
        (await customer.write("Is anybody there?")).problem(503, "journal_unavailable")
        not_ready = (await customer.get("/readyz")).of(503)
        assert not_ready["tasks"]["journal"]["status"] == "failing"
        (directory.path / "elsewhere").rename(directory.journal)
        (await customer.write("Is anybody there?")).of(201)
        assert (await customer.get("/readyz")).status == 200
