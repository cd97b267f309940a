"""``hybridchat events import``."""

import hashlib
import json
import os
import pty
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import astuple, replace

from actors.journal import SqliteJournal
from gateways.data_directory import DataDirectory
from schemas.records import NewRecord, Record
from tests.examples import new_records
from tests.gateways.command_line.commands import HYBRIDCHAT, lines_of, run
from tests.gateways.command_line.journals import HOSTILE, damaged, recorded, write_conversation

LATER = "2026-11-22T10:03:00.000000Z"
Event = dict[str, Any]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """Exports a journal with one conversation and returns the file."""
    origin = tmp_path / "origin"
    origin.mkdir()
    write_conversation(origin)
    lines_of(run("events", "export", "--output", str(origin / "events.jsonl"), data_dir=origin))
    return origin / "events.jsonl"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "target"


def nothing_imported(target: Path) -> bool:
    """Returns True if the directory holds at most the lock, which every writer leaves."""
    return not target.exists() or {file.name for file in target.iterdir()} <= {"journal.db-lock"}


def test_an_import_makes_the_journal_that_was_exported(exported: Path, target: Path) -> None:
    result = run("events", "import", str(exported), data_dir=target)
    digest = hashlib.sha256(exported.read_bytes()).hexdigest()
    assert lines_of(result) == []
    (head,) = lines_of(run("events", "head", data_dir=exported.parent))
    journal = DataDirectory(target).journal
    assert result.stderr == f"19 events in 3 streams imported to {journal}; SHA-256 {digest}; head {head}\n"
    assert {file.name for file in target.iterdir()} == {"journal.db", "journal.db-lock"}
    assert recorded(target) == recorded(exported.parent)
    assert run("events", "export", data_dir=target).stdout_bytes == exported.read_bytes()
    assert "19 events in 3 streams" in lines_of(run("events", "verify", data_dir=target))[0]
    assert stat.S_IMODE(DataDirectory(target).journal.stat().st_mode) == 0o600


def test_an_import_is_refused_when_it_does_not_lead_to_the_expected_head(exported: Path, target: Path) -> None:
    (head,) = lines_of(run("events", "head", data_dir=exported.parent))
    exported.write_text(exported.read_text().replace("I am here", "I am hers"))
    result = run("events", "import", str(exported), "--head", head, data_dir=target)
    assert result.exit_code == 1
    assert "not the export of that journal (nothing was imported)" in result.stderr
    assert not DataDirectory(target).journal.exists()


def test_an_import_that_leads_to_the_expected_head_is_taken(exported: Path, target: Path) -> None:
    (head,) = lines_of(run("events", "head", data_dir=exported.parent))
    lines_of(run("events", "import", str(exported), "--head", head, data_dir=target))
    assert lines_of(run("events", "head", data_dir=target)) == [head]


def test_an_import_keeps_hostile_text_unchanged(exported: Path, target: Path) -> None:
    assert "\u202e" not in exported.read_text()
    lines_of(run("events", "import", str(exported), data_dir=target))
    assert json.dumps(HOSTILE, ensure_ascii=False)[1:-1].encode() in recorded(target)[15].data


def test_an_import_reads_standard_input(exported: Path, target: Path) -> None:
    lines_of(run("events", "import", "-", data_dir=target, stdin=exported.read_text()))
    assert recorded(target) == recorded(exported.parent)


def test_an_import_fills_an_empty_journal(exported: Path, target: Path) -> None:
    target.mkdir(parents=True)
    SqliteJournal(DataDirectory(target).journal).close()
    lines_of(run("events", "import", str(exported), data_dir=target))
    assert recorded(target) == recorded(exported.parent)


def test_an_import_leaves_nothing_of_an_empty_journal_that_was_not_closed(exported: Path, target: Path) -> None:
    target.mkdir(parents=True)
    program = "import os, sys; from actors.journal import SqliteJournal; SqliteJournal(sys.argv[1]); os._exit(1)"
    subprocess.run([sys.executable, "-c", program, DataDirectory(target).journal], check=False)
    assert (target / "journal.db-wal").exists()
    lines_of(run("events", "import", str(exported), data_dir=target))
    assert recorded(target) == recorded(exported.parent)


def test_a_line_in_another_layout_is_the_same_event(exported: Path, target: Path) -> None:
    events = [json.loads(line) for line in exported.read_text().splitlines()]
    anew = "\r\n".join(json.dumps(dict(reversed(event.items())), ensure_ascii=False) for event in events)
    lines_of(run("events", "import", "-", data_dir=target, stdin=anew))
    assert recorded(target) == recorded(exported.parent)


def test_events_can_be_appended_to_an_imported_journal(exported: Path, target: Path) -> None:
    lines_of(run("events", "import", str(exported), data_dir=target))
    with closing(SqliteJournal(DataDirectory(target).journal)) as journal:
        assert journal.append(new_records("agent-bob", 1, 1))[0].position == 20


def changed(exported: Path, line: int, change: Callable[[Event], object]) -> str:
    """Returns the export with one line changed."""
    lines = exported.read_text().splitlines()
    event = json.loads(lines[line - 1])
    change(event)
    lines[line - 1] = json.dumps(event)
    return "\n".join(lines)


def setting(attribute: str, value: object) -> Callable[[Event], object]:
    return lambda event: event.__setitem__(attribute, value)


def without(attribute: str) -> Callable[[Event], object]:
    return lambda event: event.pop(attribute)


COUNTED = "must be a whole number from 1"
TEXT = "must be a text that is not empty"
PARTIAL = "an export of one stream or conversation cannot be imported"
AGAIN = "export the whole journal again"


@pytest.mark.parametrize(
    ("change", "attribute", "problem"),
    [
        (setting("specversion", "2.0"), "specversion", 'must be "1.0"'),
        (without("specversion"), "specversion", 'is missing and must be "1.0"'),
        (setting("source", "/elsewhere"), "source", 'must be "/hybridchat"'),
        (setting("id", ""), "id", TEXT),
        (setting("id", 17), "id", TEXT),
        (without("id"), "id", f"is missing and {TEXT}"),
        (without("type"), "type", f"is missing and {TEXT}"),
        (setting("type", "MessageLost"), "type", "no event type 'MessageLost' is known; import with the version"),
        (setting("type", None), "type", TEXT),
        (setting("subject", "robot-1"), "subject", "the stream begins with none of agent, configuration, conv"),
        (setting("subject", ["agent-alice"]), "subject", TEXT),
        (setting("subject", "agent-\ud800"), "", "is no JSON object"),
        (setting("time", "2026-11-22T10:00:00Z"), "time", "must be a time in UTC with microseconds, such as 2026"),
        (setting("time", "2026-13-22T10:00:00.000000Z"), "time", "'2026-13-22T10:00:00.000000Z' is no instant"),
        (setting("time", "2026-11-22T09:00:00.000000Z"), "time", "lies before that of the stream's event before it"),
        (setting("time", 1_800_000_000), "time", "must be a time in UTC"),
        (setting("datacontenttype", "text/plain"), "datacontenttype", 'must be "application/json"'),
        (setting("position", 18), "position", PARTIAL),
        (setting("position", 16), "position", "stands after position 16"),
        (setting("position", 1), "position", PARTIAL),
        (setting("position", 0), "position", COUNTED),
        (setting("position", "17"), "position", COUNTED),
        (setting("position", 17.5), "position", COUNTED),
        (setting("position", 10**40), "position", COUNTED),
        (setting("streamversion", 5), "streamversion", f"version 6 of the stream should stand here; {AGAIN}"),
        (setting("streamversion", 7), "streamversion", f"version 6 of the stream should stand here; {AGAIN}"),
        (setting("streamversion", True), "streamversion", COUNTED),
        (setting("schemaversion", 99), "schemaversion", "newer than this program's 1; upgrade the program"),
        (setting("schemaversion", 0), "schemaversion", COUNTED),
        (setting("schemaversion", 2**63), "schemaversion", COUNTED),
        (setting("correlationid", None), "correlationid", "must be a text"),
        (setting("actor", 5), "actor", "must be a text"),
        (setting("data", {}), "data", "MessagePosted does not decode"),
        (setting("data", "{"), "data", "MessagePosted does not decode"),
        (without("data"), "data", "is missing and must be JSON"),
        (setting("traceparent", "00-1"), "traceparent", "is no attribute of an exported event and would be lost; rem"),
        (setting("\x1b[2J", "00-1"), r"\x1b[2J", "is no attribute of an exported event"),
    ],
)  # fmt: skip
def test_a_line_that_does_not_belong_is_refused(
    exported: Path, target: Path, change: Callable[[Event], object], attribute: str, problem: str
) -> None:
    result = run("events", "import", "-", data_dir=target, stdin=changed(exported, 17, change))
    assert result.exit_code == 1
    assert f"Error: line 17{attribute and f', {attribute}'}: " in result.stderr
    assert problem in result.stderr
    assert result.stderr.endswith("(nothing was imported)\n")
    assert "\x1b" not in result.stderr
    assert nothing_imported(target)


def test_an_id_that_comes_twice_is_refused(exported: Path, target: Path) -> None:
    first = json.loads(exported.read_text().splitlines()[3])["id"]
    result = run("events", "import", "-", data_dir=target, stdin=changed(exported, 17, setting("id", first)))
    assert f"line 17, id: has the event id {first} of position 4; {AGAIN}" in result.stderr
    assert nothing_imported(target)


def test_events_that_do_not_fold_are_refused(exported: Path, target: Path) -> None:
    task = json.loads(exported.read_text().splitlines()[11])["data"]["task_id"]
    lines = exported.read_text().splitlines()
    lines[11] = lines[11].replace(task, task[:-1] + "f")
    result = run("events", "import", "-", data_dir=target, stdin="\n".join(lines))
    assert "line 12: TaskAccepted does not fold: KeyError" in result.stderr
    assert nothing_imported(target)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"", "is no JSON object: Input data was truncated; the file is damaged or was cut off; export it again"),
        (b'{"specversion":"1.0","id":', "is no JSON object: Input data was truncated"),
        (b"hello", "is no JSON object: JSON is malformed"),
        (b"\xff\xfe", "is no JSON object: JSON is malformed"),
        (b'"specversion"', "is no CloudEvent, which is a JSON object"),
        (b"[" * 100_000, "is no "),
        (b"{}", "specversion: is missing"),
    ],
)
def test_a_line_that_is_no_event_is_refused(exported: Path, target: Path, line: bytes, problem: str) -> None:
    lines = exported.read_bytes().splitlines()
    exported.write_bytes(b"\n".join([*lines[:5], line, *lines[6:]]))
    result = run("events", "import", str(exported), data_dir=target)
    assert result.exit_code == 1
    assert "line 6" in result.stderr
    assert problem in result.stderr
    assert nothing_imported(target)


@pytest.mark.parametrize("data", [b'{"a":"\xff"}', b'{"text":"' + b"[" * 5_000, b"[" * 5_000 + b"]" * 5_000])
def test_data_that_cannot_be_read_is_refused(exported: Path, target: Path, data: bytes) -> None:
    lines = exported.read_bytes().splitlines()
    begin = lines[16].index(b'"data":') + len(b'"data":')
    exported.write_bytes(b"\n".join([*lines[:16], lines[16][:begin] + data + b"}", *lines[17:]]))
    result = run("events", "import", str(exported), data_dir=target)
    assert result.exit_code == 1
    assert "Error: line 17" in result.stderr
    assert nothing_imported(target)


def test_a_file_that_was_cut_off_is_refused(exported: Path, target: Path) -> None:
    exported.write_bytes(exported.read_bytes()[:-200])
    result = run("events", "import", str(exported), data_dir=target)
    assert "line 19: is no JSON object: Input data was truncated" in result.stderr
    assert nothing_imported(target)


def test_a_line_of_a_hundred_megabytes_is_refused_without_reading_it_whole(exported: Path, target: Path) -> None:
    with exported.open("ab") as file:
        file.truncate(file.tell() + 100_000_000)
    result = run("events", "import", str(exported), data_dir=target)
    assert "line 20: is longer than 33,554,432 bytes, and no event is that long" in result.stderr
    assert nothing_imported(target)


def test_an_export_of_a_stream_is_refused(exported: Path, target: Path) -> None:
    part = run("events", "export", "--stream", "router-chat", data_dir=exported.parent).stdout
    result = run("events", "import", "-", data_dir=target, stdin=part)
    assert "line 1, position: follows position 0; missing between them: 3; positions count from 1" in result.stderr
    assert PARTIAL in result.stderr
    assert nothing_imported(target)


def test_data_that_was_damaged_before_its_export_is_refused(exported: Path, target: Path) -> None:
    with damaged(exported.parent) as connection:
        connection.execute("UPDATE events SET data = '{' WHERE position = 3")
    whole = run("events", "export", data_dir=exported.parent).stdout
    result = run("events", "import", "-", data_dir=target, stdin=whole)
    assert "line 3, data: " in result.stderr
    assert "run events verify on the journal that was exported" in result.stderr


def test_a_journal_that_holds_events_is_refused(exported: Path) -> None:
    before = recorded(exported.parent)
    result = run("events", "import", str(exported), data_dir=exported.parent)
    assert result.exit_code == 1
    journal = DataDirectory(exported.parent).journal
    assert f"{journal} holds 19 events already; name another data directory (nothing was imported)" in result.stderr
    assert recorded(exported.parent) == before


def test_the_journal_of_a_running_server_is_refused(exported: Path, target: Path) -> None:
    target.mkdir(parents=True)
    with closing(SqliteJournal(DataDirectory(target).journal)):
        result = run("events", "import", str(exported), data_dir=target)
    assert result.exit_code == 1
    assert f"another process writes to {DataDirectory(target).journal}; stop it first" in result.stderr
    assert recorded(target) == []


def test_a_file_that_is_no_journal_is_refused_and_left_unchanged(exported: Path, target: Path) -> None:
    target.mkdir(parents=True)
    DataDirectory(target).journal.write_text("no journal at all\n" * 1_000)
    result = run("events", "import", str(exported), data_dir=target)
    assert result.exit_code == 1
    assert "file is not a database" in result.stderr
    assert DataDirectory(target).journal.read_text() == "no journal at all\n" * 1_000


def test_a_file_without_events_is_refused(tmp_path: Path, target: Path) -> None:
    result = run("events", "import", os.devnull, data_dir=target)
    assert result.exit_code == 1
    assert "the file holds no events (nothing was imported)" in result.stderr
    assert nothing_imported(target)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, target: Path) -> None:
    for file, problem in {tmp_path / "missing": "No such file or directory", tmp_path: "Is a directory"}.items():
        result = run("events", "import", str(file), data_dir=target)
        assert result.exit_code == 1
        assert f"cannot read {file}: {problem}" in result.stderr


def test_a_data_directory_that_cannot_be_made_is_an_error(exported: Path) -> None:
    result = run("events", "import", str(exported), data_dir=exported / "below")
    assert result.exit_code == 1
    assert f"cannot make {exported / 'below'}: Not a directory; name another --data-dir" in result.stderr


def test_a_journal_that_does_not_hold_what_the_file_holds_is_refused(
    exported: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_all = SqliteJournal.read_all

    def forgetful(journal: SqliteJournal, after: int = 0, limit: int = 1000) -> list[Record]:
        return read_all(journal, after, limit)[:-1]

    monkeypatch.setattr(SqliteJournal, "read_all", forgetful)
    result = run("events", "import", str(exported), data_dir=target)
    assert result.exit_code == 1
    assert (
        "the journal is not what the file holds: the number of events, the last version of some stream, the digest"
        in result.stderr
    )
    assert nothing_imported(target)


class TestInterrupted:
    """Tests in which an import is stopped after it has written some events to the disk."""

    @pytest.fixture
    def long(self, exported: Path) -> Path:
        with closing(SqliteJournal(DataDirectory(exported.parent).journal)) as journal:
            ready = NewRecord(*astuple(journal.read_all()[1])[:-1])
            journal.append([replace(ready, version=n, event_id=f"id {n}", at=LATER) for n in range(9, 8_009)])
        lines_of(run("events", "export", "--output", str(exported), data_dir=exported.parent))
        return exported

    @pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
    def test_an_interrupted_import_leaves_nothing_and_can_be_repeated(
        self, long: Path, target: Path, how: signal.Signals
    ) -> None:
        command = [*HYBRIDCHAT, "events", "import", "-", "--data-dir", str(target)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdin is not None
            process.stdin.write(b"".join(long.read_bytes().splitlines(keepends=True)[:6_000]))
            process.stdin.flush()
            wait_for_events(target / "journal.db.import")
            process.send_signal(how)
            process.wait(timeout=60)
            process.stdin.close()
        assert not DataDirectory(target).journal.exists()
        assert how != signal.SIGINT or nothing_imported(target)
        lines_of(run("events", "import", str(long), data_dir=target))
        assert {file.name for file in target.iterdir()} == {"journal.db", "journal.db-lock"}
        assert recorded(target) == recorded(long.parent)

    def test_a_server_that_starts_during_an_import_is_refused(self, long: Path, target: Path) -> None:
        command = [*HYBRIDCHAT, "events", "import", "-", "--data-dir", str(target)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdin is not None
            lines = long.read_bytes().splitlines(keepends=True)
            process.stdin.write(b"".join(lines[:6_000]))
            process.stdin.flush()
            wait_for_events(target / "journal.db.import")
            served = run("serve", "--port", "0", data_dir=target)
            assert "another process writes to" in served.stderr
            process.communicate(b"".join(lines[6_000:]), timeout=60)
            assert process.returncode == 0
        assert recorded(target) == recorded(long.parent)

    def test_an_import_to_a_full_disk_leaves_nothing(self, long: Path, target: Path) -> None:
        command = 'ulimit -f 1000; exec "$@"'
        arguments = [*HYBRIDCHAT, "events", "import", str(long), "--data-dir", str(target)]
        result = subprocess.run(
            ["bash", "-c", command, "bash", *arguments], capture_output=True, text=True, check=False
        )
        assert result.returncode == 1
        assert result.stderr.startswith("Error: cannot append to")
        assert result.stderr.endswith("(nothing was imported)\n")
        assert nothing_imported(target)


def wait_for_events(file: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                if connection.execute("SELECT count(*) FROM events").fetchone()[0]:
                    return
        except sqlite3.Error:
            continue
    raise AssertionError(f"nothing arrives in {file}")


def test_a_terminal_shows_the_progress_of_an_import(exported: Path, target: Path) -> None:
    ours, theirs = pty.openpty()
    command = [*HYBRIDCHAT, "events", "import", str(exported), "--data-dir", str(target)]
    subprocess.run(command, stderr=theirs, check=True, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"})
    os.close(theirs)
    printed = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Importing" in printed
    assert "kB" in printed
    assert "Comparing" in printed
