"""``hybridchat events show``."""

import json
from pathlib import Path

import pytest

from tests.gateways.command_line.commands import lines_of, run
from tests.gateways.command_line.journals import CONVERSATION, damaged


def test_an_event_is_found_by_its_position_or_id(data_dir: Path) -> None:
    lines = lines_of(run("events", "show", "17", data_dir=data_dir))
    metadata = dict(line.split(maxsplit=1) for line in lines[:10])
    assert (metadata["position"], metadata["type"], metadata["actor"]) == ("17", "MessagePosted", "test")
    assert json.loads("".join(lines[10:]))["content"] == {"type": "text", "text": "I am here"}
    assert lines_of(run("events", "show", metadata["event_id"], data_dir=data_dir)) == lines


def test_an_event_is_printed_as_the_line_of_its_export(data_dir: Path) -> None:
    (line,) = lines_of(run("events", "show", "17", "--json", data_dir=data_dir))
    event = json.loads(line)
    assert (event["specversion"], event["position"], event["subject"]) == ("1.0", 17, CONVERSATION)
    assert event["data"]["content"]["text"] == "I am here"
    assert line == lines_of(run("events", "export", data_dir=data_dir))[16]


def test_hostile_text_is_escaped(data_dir: Path) -> None:
    printed = run("events", "show", "16", data_dir=data_dir).stdout
    assert r"\u001b]0;mine\u0007 \u009b31m first\nsecond \u202eback" in printed


def test_data_that_is_no_json_is_shown_as_a_string(data_dir: Path) -> None:
    with damaged(data_dir) as connection:
        connection.execute("UPDATE events SET data = CAST(X'1b5b324aff' AS TEXT) WHERE position = 3")
    assert lines_of(run("events", "show", "3", data_dir=data_dir))[-1] == r'"\u001b[2J\\xff"'


@pytest.mark.parametrize("position", ["0", "20", "99999999999999999999999"])
def test_an_unknown_position_is_an_error_that_names_the_last(data_dir: Path, position: str) -> None:
    result = run("events", "show", position, data_dir=data_dir)
    assert result.exit_code == 1
    assert f"no event at position {position}; the last position is 19" in result.stderr


@pytest.mark.parametrize("event_id", ["unknown", "²", "\x1b[2J"])
def test_an_unknown_id_is_an_error(data_dir: Path, event_id: str) -> None:
    result = run("events", "show", event_id, data_dir=data_dir)
    assert result.exit_code == 1
    assert "there is no event with the id" in result.stderr
    assert "\x1b" not in result.stderr
