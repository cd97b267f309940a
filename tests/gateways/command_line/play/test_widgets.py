"""Plays whose customers write in widgets. What a widget shows counts, and without widgets no browser is needed."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner, Result

from gateways.command_line.play import play, run
from gateways.command_line.play.dialogues import Dialogue, Turn
from gateways.command_line.play.ledger import Sighting
from gateways.command_line.play.widget_customer import WidgetCustomer, can_be_written
from tests.gateways.command_line.play.servers import SAMPLE, RealServer, serving

Log = Sequence[Sighting]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with serving(tmp_path_factory.mktemp("data")) as served:
        yield served


def played(server: RealServer, *options: str) -> Result:
    return CliRunner().invoke(play, [str(SAMPLE), "--url", server.url, "--limit", "4", *options])


def summary_of(result: Result) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads(result.stdout)
    return summary


def twice(log: Log) -> Log:
    return [*log[:1], *log]


def in_other_words(log: Log) -> Log:
    return [*log[:-1], *(each._replace(text="Else") for each in log[-1:])]


def in_another_order(log: Log) -> Log:
    return log if len(log) < 2 else [log[1], log[0], *log[2:]]


def nothing(log: Log) -> Log:
    return []


class Tampering(WidgetCustomer):
    """Each customer sees another log than the widget shows: the first one the first of the changes, and so on."""

    changes: ClassVar[Iterator[Callable[[Log], Log]]]

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._change = next(self.changes)
        if self._change is nothing:
            self._patience = 0.1

    def _take_log(self, log: Log, ended: bool) -> None:
        super()._take_log(self._change(log), ended)


def test_the_customers_of_the_first_dialogues_write_in_widgets(server: RealServer, chromium: None) -> None:
    result = played(server, "--widget", "3", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    summary = summary_of(result)
    assert (summary["conversations"], summary["in_widgets"], summary["verified"]) == (4, 3, 4)
    assert (summary["lost"], summary["duplicated"], summary["out_of_order"]) == (0, 0, 0)


def test_what_a_widget_does_not_show_as_it_was_said_is_reported(
    server: RealServer, chromium: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Tampering.changes = iter((twice, in_other_words, in_another_order, nothing))
    monkeypatch.setattr(run, "WidgetCustomer", Tampering)
    result = played(server, "--widget", "4", "--json")
    summary = summary_of(result)
    assert (result.exit_code, summary["conversations"], summary["broken_off"]) == (1, 3, 1)
    # What the fourth customer has written is on the agent's screen, and in no widget: it counts as sent by nobody.
    assert (summary["duplicated"], summary["lost"], summary["out_of_order"]) == (2, 1, 1)
    assert summary["reasons"] == ["a widget has not sent a message in 0.1 s"]


def test_a_channel_without_a_widget_is_an_error(server: RealServer, chromium: None) -> None:
    result = played(server, "--widget", "1", "--channel", "pigeon")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no channel of kind web has the name 'pigeon'" in result.stderr


def test_widgets_need_the_servers_own_address() -> None:
    result = CliRunner().invoke(play, [str(SAMPLE), "--url", "https://127.0.0.1:9", "--widget", "1"])
    assert (result.exit_code, "http://" in result.stderr) == (2, True)


def test_without_playwright_the_command_says_how_to_install_it(
    server: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "playwright", None)
    result = played(server, "--widget", "1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pip install playwright" in result.stderr
    assert played(server).exit_code == 0


def test_nothing_of_a_browser_is_loaded_by_the_program() -> None:
    program = "import sys, gateways.command_line.main, gateways.application; print('playwright' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "False\n"


@pytest.mark.parametrize(
    ("first", "text", "can_be"),
    [
        ("customer", "Hello", True),
        ("agent", "Hello", False),
        ("customer", " Hello", False),
        ("customer", "A\rB", False),
    ],
)
def test_what_a_composer_would_change_is_not_played_in_a_widget(first: str, text: str, can_be: bool) -> None:
    turns = [Turn("agent", "Good morning")] if first == "agent" else []
    assert can_be_written(Dialogue("1", [*turns, Turn("customer", text), Turn("agent", " Bye ")])) == can_be
