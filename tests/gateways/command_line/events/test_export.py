"""``hybridchat events export``."""

import json
import os
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from actors.journal import SqliteJournal
from schemas.records import Record
from tests.gateways.command_line.journals import CONVERSATION, damaged, lines_of, run


def recorded(data_dir: Path) -> list[Record]:
    with closing(SqliteJournal(data_dir / "journal.db", read_only=True)) as journal:
        return journal.read_all()


def restored(line: str) -> Record:
    fields: dict[str, Any] = json.loads(line)
    data = json.dumps(fields.pop("data"), separators=(",", ":"), ensure_ascii=False)
    return Record(**fields, data=data.encode())


def test_an_export_holds_all_that_is_recorded(data_dir: Path) -> None:
    lines = lines_of(run("events", "export", data_dir=data_dir))
    assert [restored(line) for line in lines] == recorded(data_dir)


def test_an_export_of_one_stream(data_dir: Path) -> None:
    lines = lines_of(run("events", "export", "--stream", CONVERSATION, data_dir=data_dir))
    assert [restored(line) for line in lines] == [r for r in recorded(data_dir) if r.stream == CONVERSATION]


def test_an_unknown_stream_is_an_error(data_dir: Path) -> None:
    result = run("events", "export", "--stream", "router-voice", data_dir=data_dir)
    assert result.exit_code == 1
    assert "there is no stream router-voice; active lately: router-chat" in result.stderr


def test_an_export_replaces_a_file_that_only_its_owner_reads(data_dir: Path) -> None:
    target = data_dir / "events.jsonl"
    target.write_text("old")
    result = run("events", "export", "--output", str(target), data_dir=data_dir)
    assert result.stdout == ""
    assert "19 events exported" in result.stderr
    assert len(target.read_text().splitlines()) == 19
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_an_export_writes_through_a_symbolic_link(data_dir: Path) -> None:
    link = data_dir / "link.jsonl"
    link.symlink_to(data_dir / "events.jsonl")
    lines_of(run("events", "export", "--output", str(link), data_dir=data_dir))
    assert link.is_symlink()
    assert len((data_dir / "events.jsonl").read_text().splitlines()) == 19


def test_a_failed_export_leaves_the_old_file_and_nothing_else(
    data_dir: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path_factory.mktemp("exports") / "events.jsonl"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", fail)
    result = run("events", "export", "--output", str(target), data_dir=data_dir)
    assert result.exit_code == 1
    assert f"cannot write {target}: No space left on device" in result.stderr
    assert {path.name: path.read_text() for path in target.parent.iterdir()} == {"events.jsonl": "old"}


def test_an_export_to_a_folder_that_is_missing_is_an_error(data_dir: Path) -> None:
    result = run("events", "export", "--output", str(data_dir / "missing" / "events.jsonl"), data_dir=data_dir)
    assert result.exit_code == 1
    assert "No such file or directory" in result.stderr


def test_a_device_is_written_and_not_replaced(data_dir: Path) -> None:
    lines_of(run("events", "export", "--output", os.devnull, data_dir=data_dir))
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_damaged_event_is_exported_with_a_warning(data_dir: Path) -> None:
    with damaged(data_dir) as connection:
        connection.execute("UPDATE events SET data = '{' WHERE position = 3")
    result = run("events", "export", data_dir=data_dir)
    assert json.loads(lines_of(result)[2])["data"] == "{"
    assert "Warning: the data of 1 events is not JSON" in result.stderr
