"""``hybridchat events verify``: checking that the journal is whole."""

from collections.abc import Sequence
from pathlib import Path

import click

from actors.journal import ChainCheck, Head, Journal, JournalError, head_of
from gateways.command_line.data_directory_options import data_directory_options, opened_journal
from gateways.command_line.events.head import HEAD
from gateways.command_line.events.verification import Verification
from gateways.command_line.neutralising import neutralise
from gateways.command_line.terminal import progress

__all__ = ["verify"]

_BATCH = 2_000


@click.command()
@click.option("--head", "heads", multiple=True, type=HEAD, help="A head that was noted; it must be in the journal.")
@data_directory_options
def verify(heads: tuple[Head, ...], data_dir: str | None, config_file: Path | None) -> None:
    """Check that the journal is whole.

    Every event's place, id, time and data are checked, that it is as it was appended, and that each stream adds up to a
    state. If anything is wrong, the command prints what and where, and exits with 1.

    Only a head that was noted elsewhere, as events head prints it, shows that a journal was cut off or made anew.
    """
    with opened_journal(data_dir, config_file) as journal:
        verification = _verify(journal, heads)
        head = head_of(journal, verification.position)
    for problem in verification.problems:
        click.echo(neutralise(f"{problem.place}: {problem.message}"))
    if verification.problem_count > len(verification.problems):
        click.echo(f"… and {verification.problem_count - len(verification.problems):,} more")
    summary = (
        f"{verification.events:,} events in {verification.streams:,} streams up to position {verification.position:,}"
    )
    if verification.problem_count:
        raise click.ClickException(f"problems: {verification.problem_count:,}; checked {summary}")
    click.echo(f"The journal is whole: {summary}; head {head}")


def _verify(journal: Journal, heads: Sequence[Head]) -> Verification:
    """Checks the events that the journal holds now. The check ends where the journal cannot be read."""
    verification = Verification(journal)
    chain = ChainCheck(journal)
    last = journal.last_position()
    with progress("Verifying", last) as advance:
        while verification.position < last:
            before = verification.position
            try:
                records = journal.read_all(before, _BATCH)
            except JournalError as error:
                verification.report(f"beyond position {before}", "", str(error))
                break
            altered = frozenset(chain.altered(records))
            for record in records:
                verification.check(record, altered=record.position in altered)
            advance(verification.position - before)
    for head in heads:
        _check_head(journal, head, verification)
    return verification


def _check_head(journal: Journal, head: Head, verification: Verification) -> None:
    if head.position > verification.position:
        verification.report(f"head {head.position}", "", f"the journal ends at position {verification.position}")
    elif head_of(journal, head.position) != head:
        verification.report(f"head {head.position}", "", "the journal had another past when this head was noted")
