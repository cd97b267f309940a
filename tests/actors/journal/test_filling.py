"""Filling an empty journal, whole or not at all."""

from contextlib import closing
from pathlib import Path

import pytest

from actors.journal import (
    JournalLockedError,
    JournalNotEmptyError,
    JournalUnavailableError,
    SqliteJournal,
    filled_sqlite_journal,
)
from tests.examples import new_records


def files_beside(path: Path) -> set[str]:
    return {file.name for file in path.parent.iterdir()}


def read_everything(path: Path) -> list[str]:
    with closing(SqliteJournal(path)) as journal:
        return [record.event_id for record in journal.read_all()]


def fill_and_stop(path: Path) -> None:
    with filled_sqlite_journal(path) as journal:
        journal.append(new_records("a", 1, 3))
        raise KeyboardInterrupt


@pytest.mark.parametrize("empty_before", [False, True])
def test_the_filled_journal_takes_the_place_of_the_empty_one(path: Path, empty_before: bool) -> None:
    if empty_before:
        SqliteJournal(path).close()
    with filled_sqlite_journal(path) as journal:
        journal.append(new_records("a", 1, 3))
        assert path.exists() is empty_before
    assert files_beside(path) == {"journal.db", "journal.db-lock"}
    assert read_everything(path) == ["a/1", "a/2", "a/3"]


def test_another_reader_of_the_empty_journal_does_not_disturb(path: Path) -> None:
    SqliteJournal(path).close()
    with closing(SqliteJournal(path, read_only=True)):
        with filled_sqlite_journal(path) as journal:
            journal.append(new_records("a", 1, 3))
        assert read_everything(path) == ["a/1", "a/2", "a/3"]


@pytest.mark.parametrize("empty_before", [False, True])
def test_nothing_is_left_when_it_fails(path: Path, empty_before: bool) -> None:
    if empty_before:
        SqliteJournal(path).close()
    before = files_beside(path)
    with pytest.raises(KeyboardInterrupt):
        fill_and_stop(path)
    assert {name for name in files_beside(path) if "import" in name} == set()
    assert before <= files_beside(path)
    assert read_everything(path) == []


def test_the_remains_of_a_killed_process_are_removed(path: Path) -> None:
    with closing(SqliteJournal(path.with_name("journal.db.import"))) as journal:
        journal.append(new_records("b", 1, 3))
    with filled_sqlite_journal(path) as journal:
        journal.append(new_records("a", 1, 1))
    assert read_everything(path) == ["a/1"]


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    (tmp_path / "volume").mkdir()
    path.symlink_to(tmp_path / "volume" / "journal.db")
    with filled_sqlite_journal(path) as journal:
        journal.append(new_records("a", 1, 1))
    assert path.is_symlink()
    assert read_everything(path) == ["a/1"]


def test_a_journal_with_events_is_refused(path: Path) -> None:
    with closing(SqliteJournal(path)) as journal:
        journal.append(new_records("a", 1, 1))
    with pytest.raises(JournalNotEmptyError, match="holds 1 events already"), filled_sqlite_journal(path):
        pass
    assert read_everything(path) == ["a/1"]


def test_a_journal_that_somebody_writes_or_fills_is_refused(path: Path) -> None:
    with closing(SqliteJournal(path)), pytest.raises(JournalLockedError), filled_sqlite_journal(path):
        pass
    with filled_sqlite_journal(path):
        with pytest.raises(JournalLockedError):
            SqliteJournal(path)
        with pytest.raises(JournalLockedError), filled_sqlite_journal(path):
            pass


def test_a_directory_that_is_missing_is_an_error(path: Path) -> None:
    missing = path / "journal.db"
    with pytest.raises(JournalUnavailableError, match="cannot fill the journal"), filled_sqlite_journal(missing):
        pass
