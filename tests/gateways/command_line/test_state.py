"""``hybridchat state``."""

import json
from pathlib import Path
from typing import Any

import jsonpatch
import pytest

from actors.journal import SqliteJournal
from gateways.data_directory import DataDirectory
from tests.gateways.command_line.commands import lines_of, run
from tests.gateways.command_line.journals import CONVERSATION, CONVERSATION_ID, TASK_ID, damaged


def state(data_dir: Path, stream: str, *options: str) -> dict[str, Any]:
    (line,) = lines_of(run("state", stream, "--json", *options, data_dir=data_dir))
    answer: dict[str, Any] = json.loads(line)
    assert answer["stream"] == stream
    return answer


@pytest.mark.parametrize(
    ("stream", "version", "expected"),
    [
        (CONVERSATION, 7, {"conversation_id": CONVERSATION_ID, "status": "wrap_up", "dropped": []}),
        ("agent-alice", 8, {"state": "ready", "name": "Alice"}),
        ("router-chat", 4, {"mrd": "chat", "tasks": {}, "preferred": {}}),
    ],
)  # fmt: skip
def test_a_stream_folds_into_its_state(data_dir: Path, stream: str, version: int, expected: dict[str, Any]) -> None:
    answer = state(data_dir, stream)
    assert answer["version"] == answer["state"]["version"] == version
    assert expected.items() <= answer["state"].items()


def test_the_state_at_an_earlier_version_is_printed(data_dir: Path) -> None:
    statuses = [state(data_dir, CONVERSATION, "--version", str(n))["state"]["status"] for n in range(1, 8)]
    assert statuses == [
        "waiting_for_customer",
        "waiting_for_customer",
        "waiting_for_agent",
        "with_agent",
        "with_agent",
        "with_agent",
        "wrap_up",
    ]


def test_the_state_at_an_instant_is_printed(data_dir: Path) -> None:
    assert state(data_dir, CONVERSATION, "--at", "2026-11-22T10:02:00Z")["version"] == 6
    assert state(data_dir, CONVERSATION, "--at", "2026-11-22T11:01:59.999999+01:00")["version"] == 5


def test_the_state_of_a_router_lists_the_waiting_tasks(data_dir: Path) -> None:
    router = state(data_dir, "router-chat", "--version", "2")["state"]
    (task,) = router["tasks"].values()
    assert router["queues"]["sales"]["waiting"] == [[task["task_id"]]]
    assert task["place"] == {
        "ahead_rank": 1,
        "task_rank": -5,
        "queue_rank": -8,
        "queued_at": "2026-11-22T10:01:00Z",
        "task_id": task["task_id"],
    }
    assert router["agents"]["alice"]["max_tasks"] == 2


def test_the_readable_form_has_a_heading(data_dir: Path) -> None:
    lines = lines_of(run("state", "agent-alice", data_dir=data_dir))
    assert lines[0] == "agent-alice at version 8, 2026-11-22T10:02:30.000000Z"
    assert json.loads("".join(lines[1:])) == state(data_dir, "agent-alice")["state"]


def test_the_change_of_the_last_event_is_printed(data_dir: Path) -> None:
    lines = lines_of(run("state", "agent-alice", "--diff", "--version", "2", data_dir=data_dir))
    assert lines[0] == "agent-alice at version 2, 2026-11-22T10:00:30.000000Z: what AgentStateChanged changed"
    assert set(lines[1:]) >= {"/version: 1 → 2", '/state: "not_ready" → "ready"'}


@pytest.mark.parametrize(("version", "change"), [("2", 'added {"task_id":'), ("4", 'removed {"task_id":')])
def test_added_and_removed_values_are_printed(data_dir: Path, version: str, change: str) -> None:
    lines = lines_of(run("state", "router-chat", "--diff", "--version", version, data_dir=data_dir))
    assert any(line.startswith(f"/tasks/{TASK_ID}: {change}") for line in lines)


def test_the_change_of_an_event_is_printed_as_a_json_patch(data_dir: Path) -> None:
    answer = state(data_dir, "agent-alice", "--version", "2", "--diff")
    assert answer["type"] == "AgentStateChanged"
    assert answer["state"] == state(data_dir, "agent-alice", "--version", "2")["state"]
    before = state(data_dir, "agent-alice", "--version", "1")["state"]
    assert jsonpatch.apply_patch(before, answer["patch"]) == answer["state"]
    assert {"op": "replace", "path": "/state", "value": "ready", "before": "not_ready"} in answer["patch"]


def test_hostile_text_in_a_change_is_escaped(data_dir: Path) -> None:
    with damaged(data_dir) as connection:
        connection.execute("UPDATE events SET data = replace(data, 'Alice', 'Al\u202eice\x9b') WHERE position = 1")
    result = run("state", "agent-alice", "--diff", "--version", "1", data_dir=data_dir)
    assert r'/name: "" → "Al\u202eice\x9b"' in lines_of(result)
    assert not set("\u202e\x9b") & set(result.stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["agent-bob"], "there is no stream agent-bob; active lately: agent-alice"),
        (["router-voice"], "there is no stream router-voice; active lately: router-chat"),
        (["robot-\x1b[2J"], r"robot-\x1b[2J names no stream; streams are named agent-<id>"),
        (["agent-"], "names no stream"),
        (["agent-alice", "--version", "9"], "agent-alice stands at version 8; it has no version 9 yet"),
        (["agent-alice", "--at", "2026-11-22T09:00:00Z"], "agent-alice begins at 2026-11-22T10:00:00.000000Z"),
        (["agent-alice", "--at", "yesterday"], "'yesterday' is no instant with an offset"),
        (["agent-alice", "--at", "2026-11-22T10:00:00"], "is no instant with an offset"),
        (["agent-alice", "--at", "2026-11-22T10:00:00Z", "--version", "1"], "give --version or --at, not both"),
    ],
)  # fmt: skip
def test_a_state_that_does_not_exist_is_an_error(data_dir: Path, arguments: list[str], message: str) -> None:
    result = run("state", *arguments, data_dir=data_dir)
    assert result.exit_code != 0
    assert message in result.stderr


def test_an_empty_journal_has_no_streams(tmp_path: Path) -> None:
    SqliteJournal(DataDirectory(tmp_path).journal).close()
    result = run("state", "agent-alice", data_dir=tmp_path)
    assert "there is no stream agent-alice" in result.stderr


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("data = '{'", "agent-alice version 6: TaskAccepted does not decode"),
        ("data = replace(data, 'task_id\":\"01', 'task_id\":\"02')", "the events of agent-alice do not fold: KeyError"),
        ("data = CAST(X'7b2261223a22ff227d' AS TEXT)", "agent-alice"),
    ],
)
def test_a_damaged_stream_is_an_error(data_dir: Path, change: str, message: str) -> None:
    with damaged(data_dir) as connection:
        connection.execute(f"UPDATE events SET {change} WHERE position = 12")  # noqa: S608
    result = run("state", "agent-alice", data_dir=data_dir)
    assert result.exit_code == 1
    assert message in result.stderr
