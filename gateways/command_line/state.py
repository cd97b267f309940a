"""``hybridchat state``: what a stream's events add up to."""

from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.text import Text

from actors.entities import fold
from actors.journal import Journal
from gateways.command_line.data_directory import data_directory_options, opened_journal
from gateways.command_line.streams import check_category, no_such_stream
from gateways.command_line.terminal import neutralise, neutralise_json, print_json, print_line, standard_output
from schemas.instants import parse_instant
from schemas.records import Record

__all__ = ["state"]


@click.command()
@click.argument("stream")
@click.option("--version", type=click.IntRange(min=1), help="The state after this version of the stream.")
@click.option("--at", metavar="INSTANT", help="The state at this instant, such as 2026-11-22T10:00:00Z.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on one line.")
@data_directory_options
def state(
    stream: str, version: int | None, at: str | None, as_json: bool, data_dir: str | None, config_file: Path | None
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
        _print(stream, records, as_json)


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


def _print(stream: str, records: list[Record], as_json: bool) -> None:
    last = records[-1]
    folded = _readable(_folded(stream, records))
    console = standard_output()
    if as_json:
        whole = {"stream": stream, "version": last.version, "at": last.at, "state": folded}
        click.echo(neutralise_json(msgspec.json.encode(whole).decode()).encode())
        return
    print_line(console, Text(neutralise(f"{stream} at version {last.version}, {last.at}"), style="bold"))
    print_json(console, neutralise_json(msgspec.json.format(msgspec.json.encode(folded), indent=2).decode()))


def _folded(stream: str, records: list[Record]) -> Any:
    try:
        return fold(stream, records)
    except (LookupError, TypeError, ValueError, AssertionError) as error:
        raise click.ClickException(
            f"the events of {stream} do not fold: {type(error).__name__}; see hybridchat events verify"
        ) from error


def _readable(value: Any) -> Any:
    """Structs by what they show or their fields, named tuples by their fields, sets in order, bytes in hexadecimal."""
    if hasattr(value, "shown"):
        return _readable(value.shown())
    if isinstance(value, msgspec.Struct):
        return {name: _readable(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _readable(value._asdict())
    if isinstance(value, Mapping):
        return {name: _readable(item) for name, item in value.items()}
    if isinstance(value, set | frozenset):
        return [_readable(item) for item in sorted(value)]
    if isinstance(value, list | tuple):
        return [_readable(item) for item in value]
    return value.hex() if isinstance(value, bytes) else value
