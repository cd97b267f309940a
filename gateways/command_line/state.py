"""``hybridchat state``: what a stream's events add up to."""

from itertools import takewhile
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.text import Text

from actors.journal import Journal
from gateways.command_line.data_directory import data_directory_options, opened_journal
from gateways.command_line.streams import check_category, no_such_stream
from gateways.command_line.terminal import neutralise, neutralise_json, print_json, print_line, standard_output
from gateways.inspection.exceptions import UnfoldableStreamError
from gateways.inspection.state import change_of_last, state_of
from schemas.events import REGISTRY
from schemas.instants import parse_instant
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

    The code that serves live adds them up.
    """
    if version is not None and at is not None:
        raise click.UsageError("give --version or --at, not both")
    check_category(stream)
    with opened_journal(data_dir, config_file) as journal:
        records = _records(journal, stream, version)
        if at is not None:
            records = _until(records, at)
        (_print_change if diff else _print_state)(stream, records, as_json)


def _records(journal: Journal, stream: str, version: int | None) -> list[Record]:
    records = journal.read_stream(stream, limit=version)
    if not records:
        raise no_such_stream(journal, stream)
    if version is not None and version > records[-1].version:
        raise click.ClickException(f"{stream} stands at version {records[-1].version}; it has no version {version} yet")
    return records


def _until(records: list[Record], at: str) -> list[Record]:
    try:
        instant = parse_instant(at)
    except ValueError:
        raise click.BadParameter(f"{at!r} is no instant with an offset, such as 2026-11-22T10:00:00Z") from None
    earlier = list(takewhile(lambda record: parse_instant(record.at) <= instant, records))
    if not earlier:
        raise click.ClickException(f"{records[0].stream} begins at {records[0].at}")
    return earlier


def _print_state(stream: str, records: list[Record], as_json: bool) -> None:
    last = records[-1]
    try:
        folded = state_of(stream, records)
    except UnfoldableStreamError as error:
        raise _unfoldable(error) from error
    if as_json:
        _print_object({"stream": stream, "version": last.version, "at": last.at, "state": folded})
        return
    console = standard_output()
    print_line(console, Text(neutralise(f"{stream} at version {last.version}, {last.at}"), style="bold"))
    print_json(console, neutralise_json(msgspec.json.format(msgspec.json.encode(folded), indent=2).decode()))


def _print_change(stream: str, records: list[Record], as_json: bool) -> None:
    last = records[-1]
    try:
        change = change_of_last(stream, records)
    except UnfoldableStreamError as error:
        raise _unfoldable(error) from error
    if as_json:
        place = {"stream": stream, "version": last.version, "at": last.at, "type": REGISTRY.current_type(last)}
        _print_object({**place, "state": change.state, "patch": change.patch})
        return
    console = standard_output()
    heading = f"{stream} at version {last.version}, {last.at}: what {REGISTRY.current_type(last)} changed"
    print_line(console, Text(neutralise(heading), style="bold"))
    for operation in change.patch:
        print_line(console, Text(neutralise(_told(operation))))


def _print_object(whole: dict[str, Any]) -> None:
    click.echo(neutralise_json(msgspec.json.encode(whole).decode()).encode())


def _told(operation: dict[str, Any]) -> str:
    before, after = (msgspec.json.encode(operation.get(name)).decode() for name in ("before", "value"))
    match operation["op"]:
        case "add":
            return f"{operation['path']}: added {after}"
        case "remove":
            return f"{operation['path']}: removed {before}"
        case "move":
            return f"{operation['path']}: moved from {operation['from']} {before}"
    return f"{operation['path']}: {before} → {after}"


def _unfoldable(error: UnfoldableStreamError) -> click.ClickException:
    return click.ClickException(neutralise(f"{error}; see hybridchat events verify"))
