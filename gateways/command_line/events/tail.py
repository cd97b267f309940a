"""``hybridchat events tail``: the last events, and those that are appended."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import click

from actors.journal import Journal, Subscription
from gateways.command_line.data_directory_options import data_directory_options, opened_journal
from gateways.command_line.events.cloud_events import cloud_event_line
from gateways.command_line.events.event_lines import EventLines
from gateways.command_line.events.reading import Selection, last_records, records_between
from gateways.command_line.neutralising import neutralise
from gateways.command_line.terminal import print_line, standard_output
from gateways.command_line.unknown_streams import check_category, no_such_stream
from gateways.inspection.condition import Condition
from gateways.inspection.exceptions import ConditionError
from schemas.events import REGISTRY
from schemas.records import Record

__all__ = ["tail"]

_DEFAULT_LIMIT = 50


def _condition(context: click.Context, parameter: click.Parameter, value: str | None) -> Condition | None:
    try:
        return None if value is None else Condition(value)
    except ConditionError as error:
        raise click.BadParameter("\n".join(map(neutralise, str(error).splitlines()))) from error


@click.command()
@click.option("--stream", help="Only the events of this stream, such as agent-alice.")
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    type=click.Choice(sorted(REGISTRY.types)),
    help="Only events of this type; may be given several times.",
)
@click.option(
    "--where",
    metavar="CONDITION",
    callback=_condition,
    help="Only events for which this JMESPath expression holds, such as \"data.reason == 'rona'\".",
)
@click.option(
    "--limit", type=click.IntRange(min=0), help=f"At most so many events; the last {_DEFAULT_LIMIT} by default."
)
@click.option(
    "--after",
    type=click.IntRange(min=0),
    metavar="POSITION",
    help="Start after this position instead of near the end; --limit then counts from there.",
)
@click.option("--follow", "-f", is_flag=True, help="Go on with the events that are appended, until Ctrl-C.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print all that is recorded: each event as a CloudEvent, one JSON object a line.",
)
@data_directory_options
def tail(
    stream: str | None,
    types: tuple[str, ...],
    where: Condition | None,
    limit: int | None,
    after: int | None,
    follow: bool,
    as_json: bool,
    data_dir: str | None,
    config_file: Path | None,
) -> None:
    """Print the last events, one a line. Times are in UTC; a terminal shows times and ids cut to its width.

    The expression of --where is applied to an object with position, stream, version, event_id, type, at,
    schema_version, correlation_id, causation_id, actor and data. Text is written in single quotes, numbers and other
    JSON in backticks.
    """
    selection = Selection(stream, frozenset(types), where)
    if stream is not None:
        check_category(stream)
    with suppress(KeyboardInterrupt), opened_journal(data_dir, config_file) as journal:
        if stream is not None and not follow and not journal.read_stream(stream, limit=1):
            raise no_such_stream(journal, stream)
        _print(_wanted(journal, selection, limit, after, follow), as_json)


def _wanted(
    journal: Journal, selection: Selection, limit: int | None, after: int | None, follow: bool
) -> Iterator[Record]:
    until = journal.last_position()
    if after is not None:
        records = _forward(journal, selection, after, until, follow)
        yield from records if limit is None else islice(records, limit)
        return
    yield from last_records(journal, selection, _DEFAULT_LIMIT if limit is None else limit, until)
    if follow:
        yield from _forward(journal, selection, until, until, follow)


def _forward(journal: Journal, selection: Selection, after: int, until: int, follow: bool) -> Iterator[Record]:
    if not follow:
        return records_between(journal, selection, after, until)
    return (record for record in Subscription(journal, after) if selection.includes(record))


def _print(records: Iterator[Record], as_json: bool) -> None:
    console = standard_output()
    lines = EventLines(console.width if console.is_terminal else None)
    for record in records:
        if as_json:
            click.echo(cloud_event_line(record).encode())
        else:
            print_line(console, lines.line(record))
