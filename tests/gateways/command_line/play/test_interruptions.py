"""Plays that a dead server, Ctrl-C or another agent disturbs."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from gateways.command_line.play.dialogues import read_dialogues
from tests.gateways.command_line.commands import HYBRIDCHAT
from tests.gateways.command_line.play.servers import SAMPLE, RealServer, serving

TURNS = sum(len(dialogue.turns) for dialogue in read_dialogues(SAMPLE))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RealServer]:
    with serving(tmp_path / "data") as served:
        yield served


class Play:
    """A play in a process of its own; ``acknowledged`` gives each message as soon as it is acknowledged."""

    def __init__(self, process: "subprocess.Popen[str]", acknowledged: IO[str]) -> None:
        self.process = process
        self._acknowledged = acknowledged
        self.messages: list[dict[str, Any]] = []

    def wait_for_messages(self, count: int) -> None:
        while len(self.messages) < count:
            line = self._acknowledged.readline()
            assert line, "the play ended early"
            self.messages.append(json.loads(line))

    def finish(self) -> tuple[int, dict[str, Any], str]:
        """Returns the exit code, the summary, and what was printed on standard error."""
        self.messages += [json.loads(line) for line in self._acknowledged]
        summary, errors = self.process.communicate(timeout=60)
        return self.process.returncode, json.loads(summary), errors


@contextmanager
def playing(server: RealServer, folder: Path, *options: str) -> Iterator[Play]:
    pipe = folder / "acknowledged"
    os.mkfifo(pipe)
    command = [*HYBRIDCHAT, "play", str(SAMPLE), "--url", server.url, "--json"]
    process = subprocess.Popen(
        [*command, "--acknowledged", str(pipe), *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        with pipe.open() as acknowledged:
            yield Play(process, acknowledged)
    finally:
        with process:
            process.kill()


def test_a_play_survives_a_server_that_is_killed_and_restarted(server: RealServer, tmp_path: Path) -> None:
    with playing(server, tmp_path, "--speed", "100") as play:
        for messages in (20, 50):
            play.wait_for_messages(messages)
            server.kill()
            server.start()
        code, summary, errors = play.finish()
    assert (code, errors) == (0, "")
    assert (summary["conversations"], summary["messages"], summary["verified"]) == (12, TURNS, 12)
    assert (summary["lost"], summary["duplicated"], summary["out_of_order"]) == (0, 0, 0)
    assert summary["resumed_feeds"] >= 4
    assert len({message["message_id"] for message in play.messages}) == len(play.messages) == TURNS


def test_a_server_that_stays_away_ends_the_play(server: RealServer, tmp_path: Path) -> None:
    with playing(server, tmp_path, "--keep-trying", "0.2", "--speed", "20") as play:
        play.wait_for_messages(10)
        server.kill()
        code, summary, errors = play.finish()
    assert (code, summary["verified"]) == (1, 0)
    assert summary["messages"] == len(play.messages) >= 10
    assert errors == f"Error: {server.url} did not come back in 0.2 s: connection refused\n"


def test_an_interrupted_play_leaves_nothing_open(server: RealServer, tmp_path: Path) -> None:
    with playing(server, tmp_path, "--speed", "20") as play:
        play.wait_for_messages(10)
        play.process.send_signal(signal.SIGINT)
        code, summary, errors = play.finish()
    assert (code, errors) == (130, "")
    assert summary["messages"] == len(play.messages) >= 10
    assert (summary["broken_off"], summary["reasons"]) == (9, ["interrupted"])
    assert (summary["lost"], summary["duplicated"], summary["out_of_order"]) == (0, 0, 0)
    for agent in ("alice", "bob", "carol"):
        me = server.me(agent)
        assert (me["state"], me["tasks"]) == ("not_ready", [])


def test_customers_who_have_not_started_yet_do_not_start_after_an_interruption(
    server: RealServer, tmp_path: Path
) -> None:
    with playing(server, tmp_path, "--ramp-up", "3600", "--speed", "20") as play:
        play.wait_for_messages(1)
        play.process.send_signal(signal.SIGINT)
        code, summary, errors = play.finish()
    assert (code, errors) == (130, "")
    assert summary["peak_open"] == 1


def test_a_conversation_taken_by_another_agent_is_broken_off(server: RealServer, tmp_path: Path) -> None:
    """Sue has been available longest, so that the first offer goes to her."""
    token = server.log_in("sue")
    server.request("PUT", "/agent/v1/me/state", token, {"state": "ready"})
    with playing(server, tmp_path, "--limit", "1", "--agents", "1") as play:
        while not (tasks := server.request("GET", "/agent/v1/me", token)["tasks"]):
            assert play.process.poll() is None
        server.request("POST", f"/agent/v1/tasks/{tasks[0]['task_id']}/accept", token)
        code, summary, _ = play.finish()
    assert (code, summary["reasons"]) == (1, ["sue, who does not play, took the conversation"])
    assert server.request("GET", "/agent/v1/me", token)["tasks"] == []
