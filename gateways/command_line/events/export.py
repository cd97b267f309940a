"""``hybridchat events export``: the journal as CloudEvents."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO

import click

from actors.journal import ChainCheck, Journal, head_of
from gateways.command_line.data_directory_options import data_directory_options, opened_journal
from gateways.command_line.events.cloud_events import data_is_json
from gateways.command_line.events.reading import Selection, records_between, records_of_conversation
from gateways.command_line.events.tally import Tally
from gateways.command_line.terminal import Advance, progress
from gateways.command_line.unknown_streams import check_category, no_such_stream
from schemas.records import Record, conversation_stream

__all__ = ["export"]

_STEP = 1_000


@click.command()
@click.option("--stream", help="Only the events of this stream.")
@click.option(
    "--conversation",
    metavar="ID",
    type=click.UUID,
    help="Only the events of this conversation: its stream, and the events about it in agents' and routers' streams.",
)
@click.option(
    "--output",
    default="-",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="A file, or - for standard output. A file is replaced when all is written; only its owner can read it.",
)
@data_directory_options
def export(
    stream: str | None, conversation: object, output: str, data_dir: str | None, config_file: Path | None
) -> None:
    """Write the events as CloudEvents, one JSON object a line.

    The events are in order and hold everything that is recorded. An export of all events can be imported.
    """
    if stream is not None and conversation is not None:
        raise click.UsageError("give --stream or --conversation, not both")
    with opened_journal(data_dir, config_file) as journal:
        until = journal.last_position()
        records = _records(journal, stream, None if conversation is None else str(conversation), until)
        if output == "-":
            _write(records, sys.stdout.buffer, lambda more: None)
        else:
            _write_file(records, until, Path(output))
        if stream is None and conversation is None:
            click.echo(f"Head {head_of(journal, until)}", err=True)


def _records(journal: Journal, stream: str | None, conversation_id: str | None, until: int) -> Iterator[Record]:
    """Returns the wanted records up to position ``until``."""
    if conversation_id is not None:
        stream = conversation_stream(conversation_id)
    if stream is not None:
        check_category(stream)
        if not journal.read_stream(stream, limit=1):
            raise no_such_stream(journal, stream)
    if conversation_id is not None:
        return records_of_conversation(journal, conversation_id, until)
    records = records_between(journal, Selection(stream), 0, until)
    return records if stream is not None else _checked(journal, records)


def _checked(journal: Journal, records: Iterator[Record]) -> Iterator[Record]:
    """Yields all records and warns of those that are not as they were appended."""
    chain = ChainCheck(journal)
    altered: list[int] = []
    while page := list(islice(records, _STEP)):
        altered += chain.altered(page)
        yield from page
    if altered:
        click.echo(
            f"Warning: events that are not as they were appended: {len(altered):,}, the first at position "
            f"{altered[0]}; look at them with events verify",
            err=True,
        )


def _write_file(records: Iterator[Record], last: int, target: Path) -> None:
    try:
        with progress("Exporting", last) as advance, _replacing(target) as file:
            tally = _write(records, file, advance)
    except OSError as error:
        raise click.ClickException(f"cannot write {target}: {error.strerror}") from error
    click.echo(f"{tally.events:,} events exported to {target}; SHA-256 {tally.digest}", err=True)


def _write(records: Iterator[Record], file: IO[bytes], advance: Advance) -> Tally:
    tally = Tally()
    position = damaged = 0
    for record in records:
        file.write(tally.add(record))
        damaged += not data_is_json(record)
        if record.position - position >= _STEP:
            advance(record.position - position)
            position = record.position
    file.flush()
    if damaged:
        click.echo(f"Warning: the data of {damaged} events is not JSON and is exported as a string", err=True)
    return tally


@contextmanager
def _replacing(target: Path) -> Iterator[IO[bytes]]:
    """Yields a file that takes the target's place once it is written and durable. A device or a pipe is written
    directly."""
    target = target.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        try:
            yield file
            os.fsync(file.fileno())
            Path(file.name).replace(target)
        except BaseException:
            Path(file.name).unlink()
            raise
