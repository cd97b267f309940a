"""``hybridchat projections rebuild``: building projections anew."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from gateways.command_line.data_directory_options import data_directory_options, opened_journal, settings_of
from gateways.command_line.projections.bounds import begin_of_rebuild, end_of_rebuild
from gateways.command_line.projections.database import opened_database, projection_errors
from gateways.command_line.terminal import progress
from projections.all import PROJECTIONS, projection_named
from projections.runner import Projection
from projections.runner.catalogue import Build
from projections.runner.rebuild import rebuild as rebuild_projections

__all__ = ["rebuild"]

_NICENESS = 10


@click.command()
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option("--all", "every", is_flag=True, help="Every projection.")
@click.option("--into", metavar="URL", help="Build into this database instead, such as sqlite:///reports.db.")
@click.option("--from", "from_", metavar="PLACE", help="Only events from this position or instant on; needs --into.")
@click.option("--to", metavar="PLACE", help="Only events up to this position, or before this instant; needs --into.")
@data_directory_options
def rebuild(
    names: tuple[str, ...],
    every: bool,
    into: str | None,
    from_: str | None,
    to: str | None,
    data_dir: str | None,
    config_file: Path | None,
) -> None:
    """Build projections anew from the journal.

    The new tables are built beside those in use. These are read until the new ones have seen every event; then the new
    ones take their place at once. A server may run meanwhile. A rebuild that was interrupted goes on where it stopped
    when the command is called again. An event that cannot be projected ends the rebuild with an error.
    """
    wanted = _wanted(names, every)
    if (from_ or to) and not into:
        raise click.UsageError("--from and --to build from a part of the journal; name another database with --into")
    os.nice(_NICENESS)
    settings = settings_of(data_dir, config_file)
    with opened_journal(data_dir, config_file) as journal, opened_database(settings, into) as database:
        begins_after = begin_of_rebuild(journal, from_) if from_ else 0
        until = end_of_rebuild(journal, to) if to else None
        end = journal.last_position() if until is None else until
        with progress("Rebuilding", len(wanted) * max(end - begins_after, 0)) as advance:

            def begun(builds: Sequence[Build]) -> None:
                for build in builds:
                    if build.position > begins_after:
                        click.echo(f"{build.name} goes on at position {build.position:,}", err=True)
                        advance(build.position - begins_after)

            builds = rebuild_projections(
                journal, database, wanted, begins_after=begins_after, until=until, begun=begun, advanced=advance
            )
    for build in builds:
        click.echo(
            f"{build.name}: generation {build.generation} is in use, up to position {build.position:,}", err=True
        )


def _wanted(names: Sequence[str], every: bool) -> list[Projection]:
    if every == bool(names):
        raise click.UsageError("name the projections to rebuild, or give --all")
    if every:
        return list(PROJECTIONS)
    with projection_errors():
        return [projection_named(name) for name in dict.fromkeys(names)]
