"""``hybridchat trace``: the events that belong to a conversation, from all streams, each under its cause."""

from pathlib import Path
from typing import NamedTuple

import click
import msgspec
from rich.text import Text

from actors.journal import Journal
from gateways.command_line.data_directory_options import data_directory_options, opened_journal
from gateways.command_line.neutralising import neutralise
from gateways.command_line.terminal import print_json_line, print_line, standard_output
from gateways.inspection.belonging import find_by_scan, with_causes
from gateways.inspection.events import inspected
from gateways.inspection.lanes import lane_of
from gateways.inspection.viewer import SUPERUSER
from schemas.api.inspection import TracedEvent
from schemas.events import REGISTRY
from schemas.instants import parse_instant
from schemas.records import Record

__all__ = ["trace"]

_INDENT = "  "
_MAX_DEPTH = 12
_LANE_WIDTH = 16
_COLOURS = {"customer": "yellow", "bot": "blue", "agent": "green", "router": "magenta", "conversation": "cyan"}


class _Step(NamedTuple):
    """An event in the trace. ``depth`` counts the causes before it; ``seconds`` have passed since the last of them."""

    event: TracedEvent
    depth: int
    seconds: float | None


@click.command()
@click.argument("conversation", type=click.UUID)
@click.option("--json", "as_json", is_flag=True, help="Print each event as a JSON object on a line of its own.")
@data_directory_options
def trace(conversation: object, as_json: bool, data_dir: str | None, config_file: Path | None) -> None:
    """Print what happened in a conversation, and what caused what.

    CONVERSATION is its id. Each event of the conversation itself, of agents and of routers is a line, indented under
    its cause, with the time that has passed since the cause. Times are in UTC.

    The journal is read from the conversation's first event to its last, or to its end while the conversation goes on.
    Some 100,000 events a second are read.
    """
    with opened_journal(data_dir, config_file) as journal:
        steps = _steps(journal, str(conversation))
    if not steps:
        raise click.ClickException(
            f"there is no conversation {conversation}; events tail --type ConversationStarted shows conversations"
        )
    if as_json:
        for step in steps:
            print_json_line(step.event)
    else:
        _print(steps)


def _steps(journal: Journal, identifier: str) -> list[_Step]:
    steps: dict[str, _Step] = {}
    for record in with_causes(journal, find_by_scan(journal, identifier)):
        cause = steps.get(record.causation_id)
        depth = 0 if cause is None else min(cause.depth + 1, _MAX_DEPTH)
        seconds = None if cause is None else (parse_instant(record.at) - parse_instant(cause.event.at)).total_seconds()
        steps[record.event_id] = _Step(_traced(record), depth, seconds)
    return list(steps.values())


def _traced(record: Record) -> TracedEvent:
    event = inspected(record, SUPERUSER)
    return TracedEvent(
        **msgspec.structs.asdict(event), lane=lane_of(REGISTRY.current_type(record), record.stream, event.data)
    )


def _print(steps: list[_Step]) -> None:
    console, day = standard_output(), ""
    for step in steps:
        if step.event.at[:10] != day:
            day = step.event.at[:10]
            print_line(console, Text(neutralise(f"{day} UTC"), style="bold"))
        print_line(console, _line(step))


def _line(step: _Step) -> Text:
    event = step.event
    line = Text()
    line.append(f"{neutralise(event.at[11:23])} {_delay(step.seconds):>9}", style="dim")
    lane = neutralise(event.lane)
    line.append(f"  {lane:<{_LANE_WIDTH}}", style=_COLOURS.get(event.lane.partition(":")[0], ""))
    line.append(f"  {_INDENT * step.depth}{neutralise(event.summary)}")
    return line


def _delay(seconds: float | None) -> str:
    """Formats the time since the cause; an event without a cause in the trace has none."""
    return "" if seconds is None else f"+{seconds:.3f} s"
