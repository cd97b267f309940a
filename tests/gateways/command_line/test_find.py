"""``hybridchat find``."""

from pathlib import Path

import pytest

from tests.gateways.command_line.commands import lines_of, run
from tests.gateways.command_line.journals import CONVERSATION, CONVERSATION_ID, TASK_ID


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("alice", "hybridchat events tail --stream agent-alice"),
        (CONVERSATION, f"hybridchat events tail --stream {CONVERSATION}"),
        (CONVERSATION_ID, f"hybridchat trace {CONVERSATION_ID}"),
        (f"…{CONVERSATION_ID[-6:]}", f"hybridchat trace {CONVERSATION_ID}"),
        (TASK_ID, f"hybridchat trace {CONVERSATION_ID}"),
        (f"…{TASK_ID[-6:]}", f"hybridchat trace {CONVERSATION_ID}"),
    ],
)
def test_whatever_the_commands_print_is_found(data_dir: Path, text: str, command: str) -> None:
    assert command in " ".join(lines_of(run("find", text, data_dir=data_dir)))


def test_a_position_leads_to_its_event(data_dir: Path) -> None:
    (line,) = lines_of(run("find", "3", data_dir=data_dir))
    assert line.startswith("The event at position 3: ")


def test_nothing_found_is_an_error_that_leads_on(data_dir: Path) -> None:
    result = run("find", "nobody", data_dir=data_dir)
    assert result.exit_code == 1
    assert "events tail shows what it has" in result.stderr
