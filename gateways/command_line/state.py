"""``hybridchat state``: the state that a stream's events add up to."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.text import Text

from actors.journal import Journal
from actors.journal.places import last_version, version_at, version_of
from gateways.command_line.data_directory_options import (
    data_directory_options,
    directory_of,
    opened_journal,
    settings_of,
)
from gateways.command_line.instants import instant_of_option
from gateways.command_line.neutralising import neutralise, neutralise_json
from gateways.command_line.terminal import print_json, print_json_line, print_line, standard_output
from gateways.command_line.unknown_streams import check_category, no_such_stream
from gateways.inspection.exceptions import UnfoldableStreamError
from gateways.inspection.folding import FoldedStates
from gateways.inspection.state import evolve_all, patch_between, readable
from projections import open_snapshots
from schemas.events import REGISTRY
from schemas.records import Record

__all__ = ["state"]


@click.command()
@click.argument("stream")
@click.option("--version", type=click.IntRange(min=1), help="The state after this version of the stream.")
@click.option("--at", metavar="INSTANT", help="The state at this instant, such as 2026-11-22T10:00:00Z.")
@click.option("--diff", is_flag=True, help="Only what the last event changed, a line each; with --json as JSON Patch.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on one line.")
@data_directory_options
def state(
    stream: str,
    version: int | None,
    at: str | None,
    diff: bool,
    as_json: bool,
    data_dir: str | None,
    config_file: Path | None,
) -> None:
    """Print the state that a stream's events add up to.

    The code that serves live events adds them up.
    """
    if version is not None and at is not None:
        raise click.UsageError("give --version or --at, not both")
    check_category(stream)
    file = directory_of(settings_of(data_dir, config_file)).snapshots
    with opened_journal(data_dir, config_file) as journal, closing(open_snapshots(file, journal)) as snapshots:
        record = _last_record(journal, stream, version, at)
        states = FoldedStates(journal, snapshots)
        try:
            (_print_change if diff else _print_state)(states, record, as_json)
        except UnfoldableStreamError as error:
            raise click.ClickException(neutralise(f"{error}; see hybridchat events verify")) from error


def _last_record(journal: Journal, stream: str, version: int | None, at: str | None) -> Record:
    """Returns the record after which the state is wanted. Raises ClickException when there is none."""
    last = last_version(journal, stream)
    if not last:
        raise no_such_stream(journal, stream)
    if version is not None and version > last:
        raise click.ClickException(f"{stream} stands at version {last}; it has no version {version} yet")
    wanted = version or last
    if at is not None:
        wanted = version_at(journal, stream, instant_of_option(at), last)
    record = version_of(journal, stream, wanted)
    if record is None:
        raise click.ClickException(f"{stream} begins at {journal.read_stream(stream, limit=1)[0].at}")
    return record


def _print_state(states: FoldedStates, record: Record, as_json: bool) -> None:
    folded = readable(states.at(record.stream, record.version))
    if as_json:
        place = {"stream": record.stream, "version": record.version, "at": record.at}
        print_json_line({**place, "state": folded})
        return
    console = standard_output()
    heading = f"{record.stream} at version {record.version}, {record.at}"
    print_line(console, Text(neutralise(heading), style="bold"))
    print_json(console, neutralise_json(msgspec.json.format(msgspec.json.encode(folded), indent=2).decode()))


def _print_change(states: FoldedStates, record: Record, as_json: bool) -> None:
    entity = states.at(record.stream, record.version - 1)
    before = readable(entity)
    evolve_all(record.stream, entity, [record])
    after = readable(entity)
    patch, type_ = patch_between(before, after), REGISTRY.current_type(record)
    if as_json:
        place = {"stream": record.stream, "version": record.version, "at": record.at, "type": type_}
        print_json_line({**place, "state": after, "patch": patch})
        return
    console = standard_output()
    heading = f"{record.stream} at version {record.version}, {record.at}: what {type_} changed"
    print_line(console, Text(neutralise(heading), style="bold"))
    for operation in patch:
        print_line(console, Text(neutralise(_in_words(operation))))


def _in_words(operation: dict[str, Any]) -> str:  # Any: JSON of any shape
    before, after = (msgspec.json.encode(operation.get(name)).decode() for name in ("before", "value"))
    match operation["op"]:
        case "add":
            return f"{operation['path']}: added {after}"
        case "remove":
            return f"{operation['path']}: removed {before}"
        case "move":
            return f"{operation['path']}: moved from {operation['from']} {before}"
    return f"{operation['path']}: {before} → {after}"
