"""Whole plays through a real server."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gateways.client.exceptions import CallRefusedError
from gateways.client.feed import Event
from gateways.command_line.play import play, run
from gateways.command_line.play.customer import Customer
from gateways.command_line.play.dialogues import read_dialogues
from gateways.command_line.play.open_performances import OpenPerformances
from tests.gateways.command_line.play.servers import SAMPLE, RealServer, serving

DIALOGUES = read_dialogues(SAMPLE)
TURNS = sum(len(dialogue.turns) for dialogue in DIALOGUES)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with serving(tmp_path_factory.mktemp("data")) as served:
        yield served


def played(server: RealServer, *options: str) -> Result:
    return CliRunner().invoke(play, [str(SAMPLE), "--url", server.url, *options])


def summary_of(result: Result) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads(result.stdout)
    return summary


def test_the_sample_is_played_without_a_fault(server: RealServer, tmp_path: Path) -> None:
    acknowledged = tmp_path / "acknowledged.jsonl"
    result = played(server, "--json", "--acknowledged", str(acknowledged))
    assert (result.exit_code, result.stderr) == (0, "")
    summary = summary_of(result)
    assert (summary["conversations"], summary["verified"], summary["broken_off"]) == (12, 12, 0)
    assert (summary["lost"], summary["duplicated"], summary["out_of_order"]) == (0, 0, 0)
    assert summary["messages"] == TURNS
    assert 0 < summary["to_agent"]["p50_ms"] <= summary["to_agent"]["p99_ms"]
    assert_acknowledged_as_written(acknowledged)


def assert_acknowledged_as_written(file: Path) -> None:
    conversations: dict[str, list[dict[str, Any]]] = {}
    for line in file.read_text().splitlines():
        message = json.loads(line)
        conversations.setdefault(message["conversation_id"], []).append(message)
    posted = [[(message["speaker"], message["text"]) for message in messages] for messages in conversations.values()]
    assert sorted(posted) == sorted([[(turn.speaker, turn.text) for turn in dialogue.turns] for dialogue in DIALOGUES])
    for messages in conversations.values():
        assert [message["sequence"] for message in messages] == list(range(1, len(messages) + 1))
        assert sorted({message["version"] for message in messages}) == [message["version"] for message in messages]


def test_the_summary_is_printed_in_words(server: RealServer) -> None:
    result = played(server, "--limit", "2", "--agents", "1")
    assert result.exit_code == 0
    assert "2 played, 2 read back\n" in result.stdout
    assert [line.split()[-1] for line in result.stdout.splitlines()[-3:]] == ["0", "0", "0"]


def test_more_conversations_than_places_wait_in_line(server: RealServer) -> None:
    result = played(server, "--agents", "alice:demo", "--concurrency", "12", "--json")
    assert (result.exit_code, summary_of(result)["conversations"]) == (0, 12)


def test_typing_takes_as_long_as_the_speed_says(server: RealServer) -> None:
    characters = max(sum(len(turn.text) for turn in dialogue.turns) for dialogue in DIALOGUES[:2])
    result = played(server, "--limit", "2", "--speed", "200", "--json")
    assert result.exit_code == 0
    assert summary_of(result)["seconds"] >= characters / 1000


def test_customers_arrive_one_after_the_other_with_a_ramp_up(server: RealServer) -> None:
    """The first customer has played all dialogues before the second would arrive."""
    result = played(server, "--limit", "2", "--repeat", "2", "--agents", "2", "--ramp-up", "3600", "--json")
    summary = summary_of(result)
    assert (result.exit_code, summary["conversations"], summary["peak_open"]) == (0, 4, 1)


def test_agents_rest_when_the_play_is_over(server: RealServer) -> None:
    assert played(server, "--limit", "1", "--agents", "bob:demo").exit_code == 0
    assert server.me("bob")["state"] == "not_ready"


@pytest.fixture
def stranger(server: RealServer) -> Iterator[str]:
    """A conversation that waits for an agent and is not part of the play."""
    started = server.request("POST", "/customer/v1/conversations", body={"channel": "web-direct"})
    yield started["conversation_id"]
    path = f"/customer/v1/conversations/{started['conversation_id']}/end"
    server.request("POST", path, started["token"])


def test_conversations_of_others_are_declined(server: RealServer, stranger: str) -> None:
    result = played(server, "--limit", "3", "--agents", "carol:demo")
    assert result.exit_code == 0
    assert status_of(server, stranger) == "waiting_for_agent"


def test_conversations_of_others_are_ended_with_clear(server: RealServer, stranger: str) -> None:
    result = played(server, "--limit", "3", "--agents", "alice:demo", "--clear")
    assert result.exit_code == 0
    assert status_of(server, stranger) == "ended"


def status_of(server: RealServer, conversation_id: str) -> str:
    path = f"/agent/v1/conversations/{conversation_id}"
    return str(server.request("GET", path, server.log_in("sue"))["conversation"]["status"])


def test_held_conversations_keep_their_places(server: RealServer) -> None:
    hold_conversations(server, "sue", 3)
    full = played(server, "--limit", "1", "--agents", "sue:demo")
    assert full.exit_code == 1
    assert "sue keeps 3 conversations from before this run" in full.stderr
    assert "the agents have no place left" in full.stderr
    cleared = played(server, "--limit", "1", "--agents", "sue:demo", "--clear")
    assert (cleared.exit_code, cleared.stderr) == (0, "")
    assert server.me("sue")["tasks"] == []


def hold_conversations(server: RealServer, agent: str, count: int) -> None:
    token = server.log_in(agent)
    server.request("PUT", "/agent/v1/me/state", token, {"state": "ready"})
    for _ in range(count):
        server.request("POST", "/customer/v1/conversations", body={"channel": "web-direct"})
        offers = [task for task in server.me(agent)["tasks"] if task["state"] == "reserved"]
        server.request("POST", f"/agent/v1/tasks/{offers[0]['task_id']}/accept", token)
    server.request("PUT", "/agent/v1/me/state", token, {"state": "not_ready"})


def test_wrap_up_and_tokens_that_expire_soon_do_not_disturb_a_play(tmp_path: Path) -> None:
    settings = {
        "HYBRIDCHAT__QUEUES__SUPPORT__WRAP_UP_SECONDS": "600",
        "HYBRIDCHAT__AUTHENTICATION__ACCESS_TOKEN_SECONDS": "1",
    }
    with serving(tmp_path, **settings) as server:
        result = played(server, "--limit", "2", "--agents", "1", "--speed", "40", "--json")
        assert (result.exit_code, summary_of(result)["conversations"]) == (0, 2)
        assert summary_of(result)["seconds"] > 1
        assert server.me("alice")["tasks"] == []


class Tampering:
    """Shows the first message on an agent's screen ``times`` times instead of once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
        self._show = OpenPerformances.agent_saw
        self._times = times
        self._done = False
        monkeypatch.setattr(OpenPerformances, "agent_saw", lambda *arguments: self._tamper(*arguments))

    def _tamper(self, performances: OpenPerformances, conversation_id: str, event: Event) -> None:
        times = 1
        if event.type == "MessagePosted" and not self._done:
            self._done, times = True, self._times
        for _ in range(times):
            self._show(performances, conversation_id, event)


def test_a_message_shown_twice_is_reported(server: RealServer, monkeypatch: pytest.MonkeyPatch) -> None:
    Tampering(monkeypatch, times=2)
    result = played(server, "--limit", "1", "--json")
    assert (result.exit_code, summary_of(result)["duplicated"], summary_of(result)["lost"]) == (1, 1, 0)


def test_a_message_never_shown_is_reported(server: RealServer, monkeypatch: pytest.MonkeyPatch) -> None:
    Tampering(monkeypatch, times=0)
    monkeypatch.setattr(run, "STALLED_SECONDS", 0.5)
    result = played(server, "--limit", "1", "--json", "--keep-trying", "0.5")
    summary = summary_of(result)
    assert (result.exit_code, summary["lost"], summary["duplicated"]) == (1, 1, 0)
    assert (summary["broken_off"], summary["reasons"]) == (1, ["nothing has happened for 0.5 s"])


def test_messages_read_back_out_of_order_are_reported(server: RealServer, monkeypatch: pytest.MonkeyPatch) -> None:
    read_back = Customer.read_back

    async def backwards(customer: Customer, take: Callable[[Event], None]) -> None:
        events: list[Event] = []
        await read_back(customer, events.append)
        for event in reversed(events):
            take(event)

    monkeypatch.setattr(Customer, "read_back", backwards)
    result = played(server, "--limit", "1", "--json")
    assert (result.exit_code, summary_of(result)["out_of_order"]) == (1, len(DIALOGUES[0].turns) - 1)


def test_a_conversation_that_cannot_be_read_back_counts_as_lost(
    server: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Customer, "read_back", refused)
    result = played(server, "--limit", "1", "--json")
    assert (result.exit_code, summary_of(result)["lost"]) == (1, len(DIALOGUES[0].turns))


async def refused(*arguments: object) -> None:
    raise CallRefusedError(404, "not_found", "no such conversation")


def test_wrong_credentials_are_an_error(server: RealServer) -> None:
    result = played(server, "--agents", "alice:wrong")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: alice cannot log in: the username or the password is wrong")


def test_an_unknown_channel_is_an_error_and_the_agents_rest(server: RealServer) -> None:
    result = played(server, "--channel", "pigeon", "--agents", "alice:demo")
    assert (result.exit_code, result.stderr) == (1, "Error: channel: no channel 'pigeon' is configured\n")
    assert server.me("alice")["state"] == "not_ready"
