"""``hybridchat events verify``: checking that the journal is whole."""

from pathlib import Path

import click

from actors.journal import Journal, JournalError
from gateways.command_line.data_directory_options import data_directory_options, opened_journal
from gateways.command_line.events.verification import Verification
from gateways.command_line.neutralising import neutralise
from gateways.command_line.terminal import progress

__all__ = ["verify"]

_BATCH = 2_000


@click.command()
@data_directory_options
def verify(data_dir: str | None, config_file: Path | None) -> None:
    """Check that the journal is whole.

    Every event's place, id, time and data are checked, and that each stream adds up to a state. If anything is wrong,
    the command prints what and where, and exits with 1.
    """
    with opened_journal(data_dir, config_file) as journal:
        verification = _verify(journal)
    for problem in verification.problems:
        click.echo(neutralise(f"{problem.place}: {problem.message}"))
    if verification.problem_count > len(verification.problems):
        click.echo(f"… and {verification.problem_count - len(verification.problems):,} more")
    summary = (
        f"{verification.events:,} events in {verification.streams:,} streams up to position {verification.position:,}"
    )
    if verification.problem_count:
        raise click.ClickException(f"problems: {verification.problem_count:,}; checked {summary}")
    click.echo(f"The journal is whole: {summary}")


def _verify(journal: Journal) -> Verification:
    """Checks the events that the journal holds now. The check ends where the journal cannot be read."""
    verification = Verification(journal)
    last = journal.last_position()
    with progress("Verifying", last) as advance:
        while verification.position < last:
            before = verification.position
            try:
                records = journal.read_all(before, _BATCH)
            except JournalError as error:
                verification.report(f"beyond position {before}", "", str(error))
                break
            for record in records:
                verification.check(record)
            advance(verification.position - before)
    return verification
