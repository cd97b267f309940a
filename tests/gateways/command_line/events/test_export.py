"""``hybridchat events export``."""

import hashlib
import json
import os
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import asdict

from actors.journal import SqliteJournal
from gateways.data_directory import DataDirectory
from gateways.inspection.cloud_events import ATTRIBUTES
from schemas.records import NewRecord, Record
from tests.examples import identifier, new_record
from tests.gateways.command_line.commands import lines_of, run
from tests.gateways.command_line.journals import CONVERSATION, CONVERSATION_ID, damaged, recorded


def restored(line: str) -> Record:
    """Reads a line with nothing but the rules of CloudEvents and the documented names."""
    event: dict[str, Any] = json.loads(line)
    assert (event.pop("specversion"), event.pop("datacontenttype")) == ("1.0", "application/json")
    assert event.pop("source") == "/hybridchat"
    data = json.dumps(event.pop("data"), separators=(",", ":"), ensure_ascii=False)
    fields = {field: event.pop(name) for field, name in ATTRIBUTES.items() if name != "data"}
    assert event == {}
    return Record(**fields, data=data.encode())


def exported(data_dir: Path, *options: str) -> list[Record]:
    return [restored(line) for line in lines_of(run("events", "export", *options, data_dir=data_dir))]


def test_an_export_holds_all_that_is_recorded(data_dir: Path) -> None:
    assert exported(data_dir) == recorded(data_dir)


def test_an_export_of_one_stream_holds_its_events_alone(data_dir: Path) -> None:
    of_stream = [record for record in recorded(data_dir) if record.stream == CONVERSATION]
    assert exported(data_dir, "--stream", CONVERSATION) == of_stream


def test_an_export_of_one_conversation_holds_the_events_about_it_in_other_streams(data_dir: Path) -> None:
    write_other_conversation(data_dir)
    about = exported(data_dir, "--conversation", CONVERSATION_ID)
    assert [(r.position, r.stream.partition("-")[0], r.type) for r in about] == [
        (5, "conversation", "ConversationStarted"),
        (6, "conversation", "MessagePosted"),
        (7, "conversation", "AgentRequested"),
        (8, "router", "TaskQueued"),
        (9, "router", "TaskOffered"),
        (10, "agent", "TaskReserved"),
        (12, "agent", "TaskAccepted"),
        (14, "router", "TaskAssigned"),
        (15, "conversation", "AgentJoined"),
        (16, "conversation", "MessagePosted"),
        (17, "conversation", "MessagePosted"),
        (18, "conversation", "ConversationEnded"),
        (19, "agent", "WrapUpStarted"),
    ]


def write_other_conversation(data_dir: Path) -> None:
    """Writes a conversation whose text and whose damaged event name the first conversation."""
    with closing(SqliteJournal(DataDirectory(data_dir).journal)) as journal:
        text = {"text": f"see {CONVERSATION_ID}", "about": {"conversation_id": CONVERSATION_ID}}
        note = NewRecord(**{**asdict(new_record("conversation-other", 1)), "data": msgspec.json.encode(text)})
        damaged = NewRecord(**{**asdict(new_record("conversation-other", 2)), "data": CONVERSATION_ID.encode()})
        journal.append([note, damaged])


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--conversation", identifier(9)], 1, f"there is no stream conversation-{identifier(9)}; active lately"),
        (["--conversation", "x"], 2, "'x' is not a valid UUID"),
        (["--conversation", CONVERSATION_ID, "--stream", CONVERSATION], 2, "give --stream or --conversation, not both"),
    ],
)
def test_a_conversation_that_cannot_be_exported_is_an_error(
    data_dir: Path, options: list[str], code: int, message: str
) -> None:
    result = run("events", "export", *options, data_dir=data_dir)
    assert result.exit_code == code
    assert message in result.stderr


def test_an_unknown_stream_is_an_error(data_dir: Path) -> None:
    result = run("events", "export", "--stream", "router-voice", data_dir=data_dir)
    assert result.exit_code == 1
    assert "there is no stream router-voice; active lately: router-chat" in result.stderr


def test_an_export_replaces_a_file_that_only_its_owner_reads(data_dir: Path) -> None:
    target = data_dir / "events.jsonl"
    target.write_text("old")
    result = run("events", "export", "--output", str(target), data_dir=data_dir)
    assert result.stdout == ""
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    (head,) = lines_of(run("events", "head", data_dir=data_dir))
    assert result.stderr == f"19 events exported to {target}; SHA-256 {digest}\nHead {head}\n"
    assert len(target.read_text().splitlines()) == 19
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_an_export_of_an_altered_journal_warns(data_dir: Path) -> None:
    with damaged(data_dir) as connection:
        connection.execute("UPDATE events SET actor = 'nobody' WHERE position IN (4, 17)")
    result = run("events", "export", data_dir=data_dir)
    assert "events that are not as they were appended: 2, the first at position 4; look" in result.stderr
    assert len(result.stdout.splitlines()) == 19


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
