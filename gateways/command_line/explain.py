"""``hybridchat explain``: why a task went where it went."""

from pathlib import Path

import click
from rich.text import Text

from actors.configuration import CONFIGURATION
from actors.folding import fold_as
from actors.journal import Journal
from gateways.command_line.data_directory_options import data_directory_options, opened_journal
from gateways.command_line.neutralising import neutralise
from gateways.command_line.running_server import call_server, decode_answer
from gateways.command_line.server_address import parse_url
from gateways.command_line.terminal import print_json_line, standard_output
from gateways.inspection.explanations import Lookups, TaskExplanation, conversation_of_task
from gateways.inspection.explanations import explain as explain_task
from schemas.records import CENTRE

__all__ = ["explain"]


@click.command()
@click.argument("task", type=click.UUID)
@click.option("--url", callback=parse_url, help="Ask the server at this address instead of reading its data directory.")
@click.option("--token", envvar="HYBRIDCHAT_TOKEN", help="An agent's access token for --url.  [env: HYBRIDCHAT_TOKEN]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on one line.")
@data_directory_options
def explain(
    task: object, url: str | None, token: str | None, as_json: bool, data_dir: str | None, config_file: Path | None
) -> None:
    """Explain why a task went where it went.

    TASK is the task's id. A sentence explains every decision of the router about the task: which agents were
    considered, which were not and why, by which rule, in which step. Times are in UTC.
    """
    if url is None:
        explanation = _read(str(task), data_dir, config_file)
    elif data_dir is not None or config_file is not None:
        raise click.UsageError("give --url, or --data-dir and --config, not both")
    else:
        explanation = _ask(str(task), url, token)
    _print(explanation, as_json)


def _read(task_id: str, data_dir: str | None, config_file: Path | None) -> TaskExplanation:
    with opened_journal(data_dir, config_file) as journal:
        conversation_id = conversation_of_task(journal, task_id)
        explanation = None
        if conversation_id is not None:
            explanation = explain_task(journal, conversation_id, task_id, _words(journal))
    if explanation is None:
        raise click.ClickException(f"the journal has no task {task_id}; events tail --type TaskQueued shows tasks")
    return explanation


def _words(journal: Journal) -> Lookups:
    """Returns the names and steps that are configured now. An agent who was removed is named by the username."""
    recorded = fold_as(CONFIGURATION, CENTRE, journal.read_stream(CENTRE))
    agents, queues = recorded.tables.agents, recorded.tables.queues
    return Lookups(
        name=lambda agent_id: agents[agent_id].name if agent_id in agents else agent_id,
        steps=lambda queue: len(queues[queue].steps) if queue in queues else None,
    )


def _ask(task_id: str, url: str, token: str | None) -> TaskExplanation:
    if not token:
        raise click.UsageError("--url needs an agent's access token: give --token or set HYBRIDCHAT_TOKEN")
    answer = call_server(url, "GET", f"/agent/v1/tasks/{task_id}/explain", token)
    return decode_answer(url, answer, TaskExplanation)


def _print(explanation: TaskExplanation, as_json: bool) -> None:
    if as_json:
        print_json_line(explanation)
        return
    console = standard_output()
    heading = f"task {explanation.task_id} of conversation {explanation.conversation_id}, {_where(explanation)}"
    console.print(Text(neutralise(heading), style="bold"), soft_wrap=True)
    day = ""
    for decision in explanation.decisions:
        if decision.at[:10] != day:
            day = decision.at[:10]
            console.print(Text(neutralise(f"{day} UTC")), soft_wrap=True)
        console.print(Text(f"  {neutralise(decision.sentence)}"), soft_wrap=True)


def _where(explanation: TaskExplanation) -> str:
    return f"first in queue {explanation.queue} of {explanation.mrd}"
