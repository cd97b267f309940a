"""``hybridchat events export``: the journal as JSON lines."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from actors.journal import Journal
from gateways.command_line.data_directory import data_directory_options, opened_journal
from gateways.command_line.events.json_lines import data_is_json, json_line
from gateways.command_line.events.reading import Selection, records_between
from gateways.command_line.streams import check_category, no_such_stream
from gateways.command_line.terminal import progress

__all__ = ["export"]

_STEP = 1_000


@click.command()
@click.option("--stream", help="Only the events of this stream.")
@click.option(
    "--output",
    default="-",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="A file, which is replaced when all is written and which only its owner can read; - for standard output.",
)
@data_directory_options
def export(stream: str | None, output: str, data_dir: str | None, config_file: Path | None) -> None:
    """Write the events as JSON lines.

    In order, with everything that is recorded; the data as JSON.
    """
    with opened_journal(data_dir, config_file) as journal:
        if stream is not None:
            check_category(stream)
            if not journal.read_stream(stream, limit=1):
                raise no_such_stream(journal, stream)
        if output == "-":
            _write(journal, stream, sys.stdout.buffer, lambda more: None)
        else:
            _write_file(journal, stream, Path(output))


def _write_file(journal: Journal, stream: str | None, target: Path) -> None:
    try:
        with progress("Exporting", journal.last_position()) as advance, _replacing(target) as file:
            count = _write(journal, stream, file, advance)
    except OSError as error:
        raise click.ClickException(f"cannot write {target}: {error.strerror}") from error
    click.echo(f"{count:,} events exported to {target}", err=True)


def _write(journal: Journal, stream: str | None, file: IO[bytes], advance: Callable[[int], None]) -> int:
    """Writes what the journal holds now, however much is appended meanwhile, and returns the number of events."""
    count = position = damaged = 0
    for record in records_between(journal, Selection(stream), 0, journal.last_position()):
        count += 1
        file.write(json_line(record).encode() + b"\n")
        damaged += not data_is_json(record)
        if record.position - position >= _STEP:
            advance(record.position - position)
            position = record.position
    file.flush()
    if damaged:
        click.echo(f"Warning: the data of {damaged} events is not JSON and is exported as a string", err=True)
    return count


@contextmanager
def _replacing(target: Path) -> Iterator[IO[bytes]]:
    """A file that takes the target's place once it is written and durable. A device or pipe is written as it is."""
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
