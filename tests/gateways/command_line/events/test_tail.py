"""``hybridchat events tail``."""

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from actors.journal import SqliteJournal
from gateways.data_directory import DataDirectory
from tests.examples import new_records
from tests.gateways.command_line.commands import HYBRIDCHAT, lines_of, run
from tests.gateways.command_line.journals import CONVERSATION, CONVERSATION_ID


def append(data_dir: Path, stream: str, first: int, last: int) -> None:
    with closing(SqliteJournal(DataDirectory(data_dir).journal)) as journal:
        journal.append(new_records(stream, first, last))


def positions(data_dir: Path, *options: str) -> list[int]:
    lines = lines_of(run("events", "tail", "--json", *options, data_dir=data_dir))
    return [json.loads(line)["position"] for line in lines]


def test_each_event_is_one_line(data_dir: Path) -> None:
    lines = lines_of(run("events", "tail", data_dir=data_dir))
    assert len(lines) == 19
    assert lines[0].split() == [
        "1",
        "2026-11-22T10:00:00.000000Z",
        "agent-alice",
        "AgentLoggedIn",
        "name=Alice",
        "mrds=chat:max_tasks:2",
    ]
    assert lines[16].endswith("MessagePosted             agent Alice: I am here")


def test_hostile_text_is_escaped_in_both_forms(data_dir: Path) -> None:
    as_text = run("events", "tail", data_dir=data_dir).stdout
    assert r"customer Ann: \x1b]0;mine\x07 \x9b31m first\nsecond \u202eback" in as_text
    as_json = run("events", "tail", "--json", data_dir=data_dir).stdout
    for output in (as_text, as_json):
        assert not set("\x1b\x07\x9b\u202e") & set(output)


def test_tail_prints_the_last_events_up_to_the_limit(data_dir: Path) -> None:
    assert positions(data_dir, "--limit", "3") == [17, 18, 19]
    assert positions(data_dir, "--limit", "0") == []
    append(data_dir, "agent-bob", 1, 100)
    assert positions(data_dir) == list(range(70, 120))


def test_tail_prints_the_events_of_one_stream(data_dir: Path) -> None:
    assert positions(data_dir, "--stream", CONVERSATION) == [5, 6, 7, 15, 16, 17, 18]
    assert positions(data_dir, "--stream", CONVERSATION, "--limit", "2") == [17, 18]
    assert positions(data_dir, "--stream", CONVERSATION, "--after", "6", "--limit", "2") == [7, 15]


def test_tail_prints_the_events_of_some_types(data_dir: Path) -> None:
    options = ("--type", "MessagePosted", "--type", "AgentJoined")
    assert positions(data_dir, *options) == [6, 15, 16, 17]
    assert positions(data_dir, *options, "--limit", "1", "--stream", CONVERSATION) == [17]


def test_an_unknown_type_is_refused_with_those_that_exist(data_dir: Path) -> None:
    result = run("events", "tail", "--type", "MessagePost", data_dir=data_dir)
    assert result.exit_code == 2
    assert "MessagePosted" in result.stderr


def test_tail_prints_the_events_for_which_a_condition_holds(data_dir: Path) -> None:
    by_alice = ("--where", "type == 'MessagePosted' && data.sender.id == 'alice'")
    assert positions(data_dir, *by_alice) == [17]
    assert positions(data_dir, *by_alice, "--type", "AgentJoined") == []
    about = ("--where", f"data.conversation_id == '{CONVERSATION_ID}'")
    assert positions(data_dir, *about) == [5, 8, 9, 10, 12, 14, 19]
    assert positions(data_dir, *about, "--limit", "2") == [14, 19]
    assert positions(data_dir, *about, "--after", "9", "--limit", "2") == [10, 12]
    assert positions(data_dir, *about, "--stream", "agent-alice") == [10, 12, 19]


def test_a_condition_that_fails_on_an_event_does_not_match_it(data_dir: Path) -> None:
    assert positions(data_dir, "--where", "starts_with(data.content.text, 'I am')") == [17]


def test_events_that_match_a_condition_are_printed_as_lines(data_dir: Path) -> None:
    (line,) = lines_of(run("events", "tail", "--where", "position == `17`", data_dir=data_dir))
    assert line.endswith("agent Alice: I am here")


def test_the_error_for_a_wrong_condition_points_at_its_place(data_dir: Path) -> None:
    result = run("events", "tail", "--where", "type == MessagePosted", data_dir=data_dir)
    assert result.exit_code == 2
    assert "there is no field MessagePosted, but position, stream, version" in result.stderr
    assert "\ntype == MessagePosted\n        ^\n" in result.stderr


def test_a_wrong_condition_cannot_control_the_terminal(data_dir: Path) -> None:
    result = run("events", "tail", "--where", "data ==\x1b[2J\u202e", data_dir=data_dir)
    assert result.exit_code == 2
    assert not set("\x1b\u202e") & set(result.stderr)


def test_tail_prints_the_events_after_a_position(data_dir: Path) -> None:
    assert positions(data_dir, "--after", "16") == [17, 18, 19]
    assert positions(data_dir, "--after", "4", "--limit", "2") == [5, 6]
    assert positions(data_dir, "--after", "400") == []


def test_the_last_of_a_type_are_found_far_back(data_dir: Path) -> None:
    append(data_dir, "agent-bob", 1, 4_500)
    assert positions(data_dir, "--type", "MessagePosted", "--limit", "2") == [16, 17]
    assert positions(data_dir, "--stream", "agent-bob", "--limit", "2") == [4518, 4519]
    assert positions(data_dir, "--stream", "agent-bob", "--limit", "4400") == list(range(120, 4520))


def test_an_empty_journal_has_no_lines(tmp_path: Path) -> None:
    SqliteJournal(DataDirectory(tmp_path).journal).close()
    assert lines_of(run("events", "tail", data_dir=tmp_path)) == []


@pytest.mark.parametrize(
    ("stream", "message"),
    [
        ("agent-bob", "there is no stream agent-bob; active lately: agent-alice"),
        ("robot-1", "streams are named agent-<id>, configuration-<id>, conversation-<id>, router-<id>"),
        ("agent", "streams are named"),
    ],
)
def test_an_unknown_stream_is_an_error_that_names_others(data_dir: Path, stream: str, message: str) -> None:
    result = run("events", "tail", "--stream", stream, data_dir=data_dir)
    assert result.exit_code == 1
    assert message in result.stderr


@contextmanager
def following(data_dir: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    arguments = ["events", "tail", "--follow", "--json", *options, "--data-dir", str(data_dir)]
    with subprocess.Popen([*HYBRIDCHAT, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def next_position(process: subprocess.Popen[bytes]) -> int:
    assert process.stdout is not None
    position: int = json.loads(process.stdout.readline())["position"]
    return position


def test_follow_prints_appended_events_until_it_is_interrupted(data_dir: Path) -> None:
    with following(data_dir, "--limit", "1") as process:
        assert next_position(process) == 19
        append(data_dir, "agent-bob", 1, 2)
        assert [next_position(process) for _ in range(2)] == [20, 21]
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == (b"", b"")
        assert process.returncode == 0


def test_follow_ends_at_a_limit_after_a_position(data_dir: Path) -> None:
    arguments = ("--follow", "--after", "10", "--limit", "2", "--type", "MessagePosted")
    assert positions(data_dir, *arguments) == [16, 17]


def test_follow_prints_appended_events_that_match_a_condition(data_dir: Path) -> None:
    with following(data_dir, "--where", "version == `2`") as process:
        assert [next_position(process) for _ in range(3)] == [2, 6, 8]
        append(data_dir, "agent-bob", 1, 3)
        assert next_position(process) == 21


def test_a_closed_pipe_is_no_error(data_dir: Path) -> None:
    append(data_dir, "agent-bob", 1, 2_000)
    arguments = ["events", "tail", "--after", "0", "--data-dir", str(data_dir)]
    with subprocess.Popen([*HYBRIDCHAT, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
