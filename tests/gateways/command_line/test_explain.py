"""``hybridchat explain`` prints why a task went where it went."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateways.command_line import main
from schemas.identifiers import new_id
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import open_centre
from tests.gateways.clients import Agent, Customer
from tests.gateways.command_line.commands import lines_of, run
from tests.gateways.command_line.journals import CONVERSATION_ID, TASK_ID

DECISIONS = ["TaskQueued", "TaskOffered", "TaskAssigned"]


def test_each_decision_is_a_line(data_dir: Path) -> None:
    heading, day, *sentences = lines_of(run("explain", TASK_ID, data_dir=data_dir))
    assert heading == f"task {TASK_ID} of conversation {CONVERSATION_ID}, first in queue sales of chat"
    assert day == "2026-11-22 UTC"
    assert sentences == [
        "  10:01:00 UTC queued in sales with priority 5 as number 1 in line",
        "  10:01:00 UTC offered to alice (longest available, since 10:00:30 UTC) among 1 eligible agent of 1",
        "  10:01:10 UTC accepted by alice after 10 s in the line",
    ]


def test_an_explanation_is_printed_as_json(data_dir: Path) -> None:
    (line,) = lines_of(run("explain", TASK_ID, "--json", data_dir=data_dir))
    explained = json.loads(line)
    assert (explained["task_id"], explained["conversation_id"]) == (TASK_ID, CONVERSATION_ID)
    assert [decision["type"] for decision in explained["decisions"]] == DECISIONS
    assert explained["decisions"][1]["data"]["candidates"][0]["agent_id"] == "alice"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([new_id()], "the journal has no task"),
        ([CONVERSATION_ID], "the journal has no task"),
        (["nonsense"], "is not a valid UUID"),
        ([TASK_ID, "--url", "http://127.0.0.1:9"], "not both"),
        ([], "Missing argument"),
    ],
)
def test_a_task_that_does_not_exist_is_an_error(data_dir: Path, arguments: list[str], message: str) -> None:
    result = run("explain", *arguments, data_dir=data_dir)
    assert result.exit_code != 0
    assert message in result.stderr


def ask(*arguments: str) -> Result:
    return CliRunner(env={"HYBRIDCHAT_TOKEN": ""}).invoke(main, ["explain", *arguments])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--url", "http://127.0.0.1:9"], "--url needs an agent's access token"),
        (["--url", "nonsense"], "is no address"),
        (["--url", "http://127.0.0.1:9", "--token", "x"], "cannot reach http://127.0.0.1:9"),
        (["--url", "http://127.0.0.1:9", "--token", "x\r\ny"], "cannot reach http://127.0.0.1:9"),
    ],
)
def test_a_server_that_cannot_be_asked_is_an_error(arguments: list[str], message: str) -> None:
    result = ask(TASK_ID, *arguments)
    assert result.exit_code != 0
    assert message in result.stderr


@pytest.mark.asyncio
async def test_an_explanation_names_agents_and_steps_as_configured(tmp_path: Path, quick_passwords: None) -> None:
    async with open_centre(tmp_path) as centre:
        root = await Administrator.come(centre)
        steps = [{"criterion": "english >= 5", "seconds": 30}, {"criterion": ""}]
        (await root.configure("queues/support", {"mrd": "chat", "steps": steps})).of(200)
        alice = await Agent.ready(centre)
        await Customer.start(centre)
        (offer,) = await alice.offers()
    printed = "".join(lines_of(run("explain", offer["task_id"], data_dir=tmp_path)))
    assert "offered to Alice (longest available" in printed
    assert "step 1 of 2: english >= 5" in printed


@pytest.mark.asyncio
async def test_an_explanation_comes_from_a_server(tmp_path: Path, quick_passwords: None) -> None:
    async with open_centre(tmp_path) as centre:
        alice = await Agent.ready(centre)
        await Customer.start(centre)
        (offer,) = await alice.offers()
        url = ("--url", centre.url, "--token", str(alice.token))
        result = await asyncio.to_thread(ask, offer["task_id"], *url)
        assert "offered to Alice (longest available" in "".join(lines_of(result))
        result = await asyncio.to_thread(ask, new_id(), *url)
        assert (result.exit_code, "no such task" in result.stderr) == (1, True)
        result = await asyncio.to_thread(ask, offer["task_id"], *url[:3], "rubbish")
        assert (result.exit_code, "malformed" in result.stderr) == (1, True)
