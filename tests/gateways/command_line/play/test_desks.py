"""Plays whose agents work at desks. What a desk shows counts."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner

from gateways.command_line.play import crew, play
from gateways.command_line.play.desk_agent import DeskAgent, as_written, can_be_typed
from gateways.command_line.play.ledger import Message, Sighting
from tests.gateways.command_line.play.servers import SAMPLE, RealServer, serving

Log = Sequence[Sighting]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with serving(tmp_path_factory.mktemp("data")) as served:
        yield served


class Tampering(DeskAgent):
    """The desk of the agent shows the end of each conversation as one of the changes makes it, in turn."""

    changes: ClassVar[Iterator[Callable[[Log], Log]]]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._changes_by_id: dict[str, Callable[[Log], Log]] = {}

    def _take_log(self, conversation_id: str, log: Log, ended: bool) -> None:
        if ended:
            if conversation_id not in self._changes_by_id:
                self._changes_by_id[conversation_id] = next(self.changes)
            log = self._changes_by_id[conversation_id](log)
        super()._take_log(conversation_id, log, ended)


def twice(log: Log) -> Log:
    return [*log[:1], *log]


def in_other_words(log: Log) -> Log:
    return [*log[:-1], *(each._replace(text="Else") for each in log[-1:])]


def in_another_order(log: Log) -> Log:
    return [log[1], log[0], *log[2:]]


def with_one_of_another_conversation(log: Log) -> Log:
    return [*log, Sighting("elsewhere", 1, "customer", "Hello")]


def test_what_a_desk_does_not_show_as_it_was_said_is_reported(
    server: RealServer, chromium: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Tampering.changes = iter((twice, in_other_words, in_another_order, with_one_of_another_conversation))
    monkeypatch.setattr(crew, "DeskAgent", Tampering)
    options = ["--url", server.url, "--agents", "1", "--desk", "1", "--limit", "4", "--json"]
    result = CliRunner().invoke(play, [str(SAMPLE), *options])
    summary = json.loads(result.stdout)
    assert (result.exit_code, summary["conversations"], summary["at_desks"]) == (1, 4, 4)
    assert (summary["duplicated"], summary["lost"], summary["out_of_order"]) == (2, 1, 1)


def test_more_desks_than_agents_are_an_error() -> None:
    result = CliRunner().invoke(play, [str(SAMPLE), "--agents", "2", "--desk", "3"])
    assert (result.exit_code, "there are 2 agents for 3 desks" in result.stderr) == (2, True)


@pytest.mark.parametrize(("text", "can_be"), [("Hello", True), ("A\nB", True), (" Hello", False), ("A\rB", False)])
def test_what_a_composer_would_change_is_not_typed(text: str, can_be: bool) -> None:
    assert can_be_typed(text) == can_be


@pytest.mark.parametrize(
    ("written", "rendered", "is_same"),
    [
        ("It is *new*", "It is new", True),
        ("1. One\n2. Two", "OneTwo", True),
        ("> So", "So", True),
        ("It costs 5 *euros*", "It costs 6 euros", False),
        ("Hello", "Hallo", False),
    ],
)
def test_a_text_shown_without_its_marks_is_the_text_that_was_written(
    written: str, rendered: str, is_same: bool
) -> None:
    (sighting,) = as_written([Sighting("1", 1, "agent", rendered)], [Message("1", 1, "agent", written, 1)])
    assert sighting.text == (written if is_same else rendered)
