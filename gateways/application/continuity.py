"""Checks that a journal is not taken for a new one when it was lost: the files beside it remember how far it went."""

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from actors.journal import SqliteJournal
from actors.snapshots import saved_position
from gateways.data_directory import DataDirectory, DataFileError, JournalCutShortError
from gateways.effects.positions import Positions, furthest_position
from gateways.outbox import Outbox, furthest_cursor
from projections.runner.catalogue import furthest_position as furthest_build

__all__ = ["open_journal"]

_logger = logging.getLogger(__name__)
_SQLITE_ENDINGS = ("", "-wal", "-shm")


def open_journal(directory: DataDirectory, *, restored: bool) -> SqliteJournal:
    """Opens the journal for writing. Raises JournalCutShortError, and changes no file, when the journal ends before
    events that snapshots, reports or effects have seen. ``restored`` says that these events are given up: the effects
    are then taken back to the journal's end, and the files made from later events are set aside.

    Raises DataFileError when a file beside the journal is empty, or what the journal raises.
    """
    file = directory.journal
    is_new = not file.exists() or not file.stat().st_size
    if is_new:
        _check_left_over(file)
        _check(directory, 0, restored=restored)
    journal = SqliteJournal(file)
    try:
        if not is_new:
            _check(directory, journal.last_position(), restored=restored)
    except BaseException:
        journal.close()
        raise
    return journal


def _check(directory: DataDirectory, last: int, *, restored: bool) -> None:
    beyond = {file: position for file, position in _seen(directory) if position > last}
    if beyond and not restored:
        raise JournalCutShortError(_refusal(directory, last, beyond))
    if beyond:
        _give_up(directory, last, beyond)
    if last:
        _check_accounts(directory.accounts)


def _check_left_over(journal: Path) -> None:
    """A write-ahead log without its journal holds events. SQLite would throw them away with the first event of a new
    journal."""
    left_over = journal.with_name(f"{journal.name}-wal")
    if left_over.exists() and left_over.stat().st_size:
        raise JournalCutShortError(
            f"{left_over} holds events, but {journal.name} beside it is missing or empty. Put the whole journal back; "
            f"to begin a new one, move {left_over.name} away"
        )


def _seen(directory: DataDirectory) -> Iterator[tuple[Path, int]]:
    """The files that remember a position of the journal, each with it."""
    yield directory.snapshots, saved_position(directory.snapshots)
    yield directory.reports, furthest_build(directory.reports)
    yield directory.effects, furthest_position(directory.effects)
    yield directory.deliveries, furthest_cursor(directory.deliveries)


def _refusal(directory: DataDirectory, last: int, beyond: dict[Path, int]) -> str:
    journal = directory.journal
    found = f"ends at position {last:,}" if last else "is empty" if journal.exists() else "is missing"
    seen = ", ".join(f"{file.name} has seen position {position:,}" for file, position in beyond.items())
    return (
        f"{journal} {found}, but {seen}: events were lost. Put the whole journal back; if there is none but this, "
        "as after restoring a backup, start once with --restored"
    )


def _give_up(directory: DataDirectory, last: int, beyond: dict[Path, int]) -> None:
    for file, position in beyond.items():
        _logger.warning("%s has seen position %d, beyond the journal's end at %d", file.name, position, last)
        if file == directory.effects:
            with closing(Positions(file)) as positions:
                positions.lower(last)
        elif file == directory.deliveries:
            with closing(Outbox(file)) as outbox:
                outbox.lower(last)
        else:
            _set_aside(file, position)


def _set_aside(file: Path, position: int) -> None:
    """Renames the file with those that SQLite keeps beside it: it may be the last copy of what is lost."""
    kept = file.with_name(f"{file.name}.up-to-{position}")
    for ending in _SQLITE_ENDINGS:
        beside = file.with_name(f"{file.name}{ending}")
        if beside.exists():
            beside.replace(kept.with_name(f"{kept.name}{ending}"))
    _logger.warning("%s is kept as %s", file.name, kept.name)


def _check_accounts(accounts: Path) -> None:
    """An accounts file without its tables was cut off: a start makes them at once."""
    if not accounts.exists():
        _logger.warning("%s is missing: no agent has a password until one is set", accounts)
    elif not accounts.stat().st_size:
        raise DataFileError(accounts, "the file is empty; put a copy back, or remove it and set the passwords anew")
