"""``hybridchat events import``: making a journal from an export."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from actors.journal import Head, Journal, JournalError, filled_sqlite_journal, head_of
from gateways.command_line.data_directory_options import data_directory_options, directory_of, settings_of
from gateways.command_line.events.exceptions import ExportLineError
from gateways.command_line.events.export_lines import exported_records
from gateways.command_line.events.filling import Filling
from gateways.command_line.events.head import HEAD
from gateways.command_line.events.reading import Selection, records_between
from gateways.command_line.events.tally import Tally
from gateways.command_line.neutralising import neutralise
from gateways.command_line.terminal import progress

__all__ = ["import_events"]

_OWNER_ONLY = 0o700
_STEP = 1_000


@click.command("import")
@click.argument("file", metavar="FILE|-", type=click.Path(allow_dash=True))
@click.option("--head", "expected", type=HEAD, help="The head that the export printed; the new journal must have it.")
@data_directory_options
def import_events(file: str, expected: Head | None, data_dir: str | None, config_file: Path | None) -> None:
    """Make a journal from an export of all events.

    The journal must be empty, and no server may run. Every event is checked as by events verify, and the new journal is
    compared with the file before it takes its place. An import that fails or is interrupted changes nothing.
    """
    target = directory_of(settings_of(data_dir, config_file)).journal
    try:
        with _opened(file) as lines:
            _make_directory(target.parent)
            tally, head = _import(lines, target, expected)
    except (ExportLineError, JournalError) as error:
        raise click.ClickException(neutralise(f"{error} (nothing was imported)")) from error
    click.echo(
        f"{tally.events:,} events in {len(tally.heads):,} streams imported to {target}; SHA-256 {tally.digest}; "
        f"head {head}",
        err=True,
    )


def _import(lines: IO[bytes], target: Path, expected: Head | None) -> tuple[Tally, Head]:
    with filled_sqlite_journal(target) as journal:
        tally = _fill(journal, lines)
        if not tally.events:
            raise click.ClickException("the file holds no events (nothing was imported)")
        _compare(journal, tally)
        head = head_of(journal, journal.last_position())
        if expected not in (None, head):
            raise click.ClickException(
                f"the file's events lead to head {head}, not to the expected one: it is not the export of that journal "
                "(nothing was imported)"
            )
        return tally, head


def _fill(journal: Journal, file: IO[bytes]) -> Tally:
    filling = Filling(journal)
    done = 0
    with progress("Importing", _size(file), "bytes") as advance:
        for line, length, record in exported_records(file):
            filling.take(line, record)
            done += length
            if not line % _STEP:
                advance(done)
                done = 0
        filling.commit()
    return filling.tally


def _compare(journal: Journal, expected: Tally) -> None:
    """Reads the new journal back. Raises ClickException when it does not hold what the file holds."""
    found = Tally()
    with progress("Comparing", expected.events) as advance:
        for record in records_between(journal, Selection(), 0, journal.last_position()):
            found.add(record)
            if not found.events % _STEP:
                advance(_STEP)
    differences = found.differences(expected)
    if differences:
        raise click.ClickException(
            f"the journal is not what the file holds: {', '.join(differences)} differs (nothing was imported); "
            "check the disk"
        )


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    """Opens the file. Its errors are raised as ClickException."""
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(file).open("rb") as opened:
            yield opened
    except OSError as error:
        raise click.ClickException(f"cannot read {neutralise(file)}: {error.strerror}") from error


def _make_directory(path: Path) -> None:
    try:
        path.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"cannot make {path}: {error.strerror}; name another --data-dir") from error


def _size(file: IO[bytes]) -> int | None:
    """Returns the size of a file, and None for something else, such as a pipe."""
    try:
        return os.fstat(file.fileno()).st_size or None
    except OSError:
        return None
