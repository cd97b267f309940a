"""``hybridchat events verify`` passes a whole journal and finds each kind of damage."""

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from actors.journal import SqliteJournal
from gateways.command_line.events import verification
from gateways.data_directory import DataDirectory
from tests.examples import new_records
from tests.gateways.command_line.commands import lines_of, run
from tests.gateways.command_line.journals import CONVERSATION, damaged, write_conversation

DAMAGES = {
    "a missing event": (
        "DELETE FROM events WHERE position = 6",
        [
            "position 7, {conversation} version 3: follows position 5; missing between them: 1",
            "position 7, {conversation} version 3: version 2 of the stream should stand here",
        ],
    ),
    "a version twice": (
        "UPDATE events SET version = 6 WHERE position = 18",
        ["position 18, {conversation} version 6: version 7 of the stream should stand here"],
    ),
    "a version skipped": (
        "UPDATE events SET version = 9 WHERE position = 18",
        ["position 18, {conversation} version 9: version 7 of the stream should stand here"],
    ),
    "an id twice": (
        "UPDATE events SET event_id = (SELECT event_id FROM events WHERE position = 4) WHERE position = 18",
        ["position 18, {conversation} version 7: has the event id", "of position 4"],
    ),
    "an unknown type": (
        "UPDATE events SET type = 'MessageLost' WHERE position = 17",
        ["position 17, {conversation} version 6: ", "no event type 'MessageLost' is known"],
    ),
    "data that is no JSON": (
        "UPDATE events SET data = '{' WHERE position = 17",
        ["position 17, {conversation} version 6: ", "MessagePosted does not decode"],
    ),
    "data that is no text": (
        "UPDATE events SET data = CAST(X'7b2261223a22ff227d' AS TEXT) WHERE position = 17",
        ["position 17, {conversation} version 6: "],
    ),
    "data of another shape": (
        "UPDATE events SET data = '{}' WHERE position = 17",
        ["position 17, {conversation} version 6: ", "missing required field"],
    ),
    "a schema of the future": (
        "UPDATE events SET schema_version = 99 WHERE position = 17",
        ["newer than this program's 1; upgrade the program"],
    ),
    "a schema before the first": (
        "UPDATE events SET schema_version = 0 WHERE position = 17",
        ["position 17, {conversation} version 6: "],
    ),
    "a time that is none": (
        "UPDATE events SET at = '2026-11-22T10:00:00' WHERE position = 17",
        ["position 17, {conversation} version 6: '2026-11-22T10:00:00' is no instant"],
    ),
    "a time that goes back": (
        "UPDATE events SET at = '2026-11-22T09:00:00Z' WHERE position = 17",
        ["position 17, {conversation} version 6: its time 2026-11-22T09:00:00Z lies before"],
    ),
    "a task out of nowhere": (
        "UPDATE events SET data = replace(data, 'task_id\":\"01', 'task_id\":\"02') WHERE position = 12",
        ["position 12, agent-alice version 6: TaskAccepted does not fold: KeyError"],
    ),
    "an event of another kind of entity": (
        "UPDATE events SET type = 'AgentLoggedOut', data = '{\"reason\":\"\"}' WHERE position = 17",
        ["position 17, {conversation} version 6: AgentLoggedOut does not fold: AssertionError"],
    ),
    "a stream of no category": (
        "UPDATE events SET stream = 'robot-\x1b[2J' WHERE stream = 'router-chat'",
        [
            (
                r"position 4, robot-\x1b[2J version 1: the stream begins with none of "
                "agent, configuration, conversation, router"
            )
        ],
    ),
}


def test_a_whole_journal_passes(data_dir: Path) -> None:
    assert lines_of(run("events", "verify", data_dir=data_dir)) == [
        f"The journal is whole: 19 events in 3 streams up to position 19; head {head(data_dir)}"
    ]


def head(data_dir: Path) -> str:
    (line,) = lines_of(run("events", "head", data_dir=data_dir))
    return line


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET data = replace(data, 'I am here', 'I am hers') WHERE position = 17",
        "UPDATE events SET actor = 'agent:bob' WHERE position = 17",
        "UPDATE events SET digest = zeroblob(32) WHERE position = 17",
    ],
    ids=["a message", "an actor", "the digest"],
)
def test_an_altered_event_is_reported(data_dir: Path, statement: str) -> None:
    with damaged(data_dir) as connection:
        connection.execute(statement)
    result = run("events", "verify", data_dir=data_dir)
    assert result.exit_code == 1
    assert f"position 17, {CONVERSATION} version 6: is not the event that was appended" in result.stdout


def test_a_head_that_was_noted_passes_while_the_journal_grows(data_dir: Path) -> None:
    noted = head(data_dir)
    with closing(SqliteJournal(DataDirectory(data_dir).journal)) as journal:
        journal.append(new_records("agent-bob", 1, 1))
    assert "position 20" in run("events", "verify", "--head", noted, data_dir=data_dir).output
    assert "another past" not in run("events", "verify", "--head", noted, data_dir=data_dir).output


def test_a_noted_head_proves_that_the_journal_was_cut_off(data_dir: Path) -> None:
    noted = head(data_dir)
    with damaged(data_dir) as connection:
        connection.execute("DELETE FROM events WHERE position = 19")
    assert run("events", "verify", data_dir=data_dir).exit_code == 0
    result = run("events", "verify", "--head", noted, data_dir=data_dir)
    assert result.exit_code == 1
    assert "head 19: the journal ends at position 18" in result.stdout


def test_a_noted_head_proves_that_the_journal_was_made_anew(
    data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    noted, export = head(data_dir), data_dir / "export.jsonl"
    lines_of(run("events", "export", "--output", str(export), data_dir=data_dir))
    export.write_text(export.read_text().replace("I am here", "I am hers"))
    forged = tmp_path_factory.mktemp("forged")
    lines_of(run("events", "import", str(export), data_dir=forged))
    assert run("events", "verify", data_dir=forged).exit_code == 0
    result = run("events", "verify", "--head", noted, data_dir=forged)
    assert result.exit_code == 1
    assert "head 19: the journal had another past when this head was noted" in result.stdout


@pytest.mark.parametrize(
    "text", ["", "19", "19:", "x:" + "0" * 64, "19:" + "0" * 63, "19:" + "G" * 64, "-1:" + "0" * 64]
)
def test_a_head_that_is_none_is_refused(data_dir: Path, text: str) -> None:
    result = run("events", "verify", "--head", text, data_dir=data_dir)
    assert result.exit_code == 2
    assert "POSITION:DIGEST, as events head prints it" in result.stderr


def test_an_empty_journal_passes(tmp_path: Path) -> None:
    SqliteJournal(DataDirectory(tmp_path).journal).close()
    assert "0 events in 0 streams" in lines_of(run("events", "verify", data_dir=tmp_path))[0]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_reported_with_its_place(data_dir: Path, damage: str) -> None:
    statement, expected = DAMAGES[damage]
    with damaged(data_dir) as connection:
        connection.execute(statement)
    result = run("events", "verify", data_dir=data_dir)
    assert result.exit_code == 1
    for text in expected:
        assert text.format(conversation=CONVERSATION) in result.stdout
    assert "\x1b" not in result.output


def test_problems_beyond_the_first_hundred_are_counted(data_dir: Path) -> None:
    with closing(SqliteJournal(DataDirectory(data_dir).journal)) as journal:
        journal.append(new_records("robot-1", 1, 120))
    result = run("events", "verify", data_dir=data_dir)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 101
    assert result.stdout.endswith("… and 21 more\n")
    assert "problems: 121; checked 139 events in 4 streams up to position 139" in result.stderr


def test_a_part_of_the_journal_that_cannot_be_read_is_reported_with_its_position(data_dir: Path) -> None:
    with closing(SqliteJournal(DataDirectory(data_dir).journal)) as journal:
        journal.append(new_records("agent-bob", 1, 8_000))
    with closing(sqlite3.connect(DataDirectory(data_dir).journal)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with DataDirectory(data_dir).journal.open("r+b") as file:
        middle = file.seek(0, io.SEEK_END) // 2
        file.seek(middle)
        file.write(b"\xff" * 40_960)
    result = run("events", "verify", data_dir=data_dir)
    assert result.exit_code == 1
    assert ": cannot read" in result.stdout
    assert "malformed" in result.stdout


def test_a_stream_that_goes_on_long_after_it_finished_is_folded_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "_MAX_FINISHED", 0)
    write_conversation(tmp_path)
    with damaged(tmp_path) as connection:
        connection.execute(
            "UPDATE events SET data = replace(data, '\"wrap_up\":true', '\"wrap_up\":false') WHERE position = 18"
        )
        connection.execute("UPDATE events SET digest = NULL")
        connection.execute(
            "INSERT INTO events SELECT 20, stream, 8, 'new', type, at, schema_version, correlation_id, causation_id,"
            " actor, replace(data, '00050000', '00060000'), NULL FROM events WHERE position = 17"
        )
        connection.execute("UPDATE events SET at = '2026-11-22T10:30:00Z' WHERE position = 20")
    assert "20 events" in lines_of(run("events", "verify", data_dir=tmp_path))[0]
