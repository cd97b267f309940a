"""``hybridchat trace`` prints the events of a conversation, each under its cause."""

import json
from pathlib import Path

import pytest

from gateways.command_line.trace import trace
from schemas.identifiers import new_id
from tests.gateways.centre import open_centre
from tests.gateways.clients import Agent, Customer
from tests.gateways.command_line.commands import lines_of, run
from tests.gateways.command_line.journals import CONVERSATION, CONVERSATION_ID


def test_trace_prints_each_event_as_a_line_under_its_cause(data_dir: Path) -> None:
    day, *lines = lines_of(run("trace", CONVERSATION_ID, data_dir=data_dir))
    assert day == "2026-11-22 UTC"
    offered = "offered to alice (longest available, since 10:00:30 UTC) among 1 eligible agent of 1"
    assert [line[14:] for line in lines[3:6]] == [
        "+0.000 s  router:chat         Task …020000: queued in sales with priority 5 as number 1 in line",
        f"+0.000 s  router:chat           Task …020000: {offered}",
        "+0.000 s  agent:alice             alice is offered a task of queue sales until 10:01:20 UTC",
    ]
    assert lines[0].startswith("10:01:00.000            customer          Customer Ann started the conversation")


def test_hostile_text_in_a_trace_does_not_control_the_terminal(data_dir: Path) -> None:
    result = run("trace", CONVERSATION_ID, data_dir=data_dir)
    assert not set("\x1b\x07\x9b\u202e") & set(result.stdout)
    assert r"\x1b]0;mine\x07 \x9b31m first" in result.stdout


def test_trace_prints_json_lines(data_dir: Path) -> None:
    events = [json.loads(line) for line in lines_of(run("trace", CONVERSATION_ID, "--json", data_dir=data_dir))]
    assert [event["version"] for event in events if event["stream"] == CONVERSATION] == [1, 2, 3, 4, 5, 6, 7]
    assert {event["stream"] for event in events} == {CONVERSATION, "agent-alice", "router-chat"}
    assert {event["lane"] for event in events} == {"customer", "conversation", "agent:alice", "router:chat"}
    assert [event["position"] for event in events] == sorted(event["position"] for event in events)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [([new_id()], "there is no conversation"), (["nonsense"], "is not a valid UUID"), ([], "Missing argument")],
)
def test_a_conversation_that_does_not_exist_is_an_error(data_dir: Path, arguments: list[str], message: str) -> None:
    result = run("trace", *arguments, data_dir=data_dir)
    assert result.exit_code != 0
    assert message in result.stderr


def test_a_missing_journal_is_an_error_of_trace(tmp_path: Path) -> None:
    result = run("trace", new_id(), data_dir=tmp_path)
    assert result.exit_code == 1
    assert "no journal at" in result.stderr


@pytest.mark.asyncio
async def test_a_conversation_that_goes_on_is_traced_to_the_end_of_the_journal(
    tmp_path: Path, quick_passwords: None
) -> None:
    async with open_centre(tmp_path) as centre:
        customer = await Customer.start(centre, text="Hello")
        await Customer.start(centre, text="Not mine")
        alice = await Agent.ready(centre)
        (offer, *_) = await alice.offers()
        await alice.accept(offer["task_id"])
        lines = lines_of(run("trace", customer.id, data_dir=tmp_path))
        assert any("alice is ready in" in line for line in lines), "the cause of the offer is missing"
        assert "alice answers from now on" in lines[-1]
        assert "Not mine" not in "".join(lines)


def test_the_help_of_trace_names_its_cost() -> None:
    assert "events a second" in (trace.help or "")
