"""``hybridchat projections status``: how far each projection has come."""

from pathlib import Path

import click
from rich.table import Table

from actors.journal import Journal
from gateways.command_line.data_directory_options import (
    data_directory_options,
    directory_of,
    opened_journal,
    settings_of,
)
from gateways.command_line.neutralising import neutralise
from gateways.command_line.projections.database import database_to_read
from gateways.command_line.terminal import print_json_line, standard_output
from projections.all import PROJECTIONS
from projections.runner import Database
from projections.runner.columns import instant_of
from projections.runner.status import BuildStatus, status_of
from schemas.instants import format_instant, utc_now

__all__ = ["status"]

_WIDTH_WITHOUT_TERMINAL = 200
_NOTHING = (
    "Nothing has been built in {file}. If the server builds in another database, name it here too: "
    "reporting.database_url in --config, or the variable HYBRIDCHAT__REPORTING__DATABASE_URL."
)
_COLUMNS = ("name", "status", "generation", "version", "position", "behind by", "for", "parked")


@click.command()
@click.option("--parked", is_flag=True, help="Print the events that could not be projected, and why.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@data_directory_options
def status(parked: bool, as_json: bool, data_dir: str | None, config_file: Path | None) -> None:
    """Print how far each projection has come: its position, how many events it is behind, and for how long."""
    settings = settings_of(data_dir, config_file)
    with opened_journal(data_dir, config_file) as journal, database_to_read(settings) as database:
        if database is None:
            click.echo(_NOTHING.format(file=directory_of(settings).reports), err=True)
        builds = [] if database is None else _builds(database, journal)
        if parked and database is not None:
            _print_parked(database, as_json)
        elif as_json:
            for build in builds:
                print_json_line(build._asdict())
        elif not parked:
            _print(builds)


def _builds(database: Database, journal: Journal) -> list[BuildStatus]:
    return [build for projection in PROJECTIONS for build in status_of(database, journal, projection, utc_now())]


def _print(builds: list[BuildStatus]) -> None:
    missing = [projection.name for projection in PROJECTIONS if projection.name not in {b.name for b in builds}]
    table = Table(box=None, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column, no_wrap=True)
    for build in builds:
        version = str(build.version)
        if build.version != build.wanted_version:
            version += f" (the program's is {build.wanted_version})"
        table.add_row(
            build.name,
            build.status,
            str(build.generation),
            version,
            f"{build.position:,}",
            f"{build.lag_events:,} events",
            f"{build.lag_seconds:,.1f} s",
            str(build.parked),
        )
    console = standard_output()
    console.print(table, width=None if console.is_terminal else _WIDTH_WITHOUT_TERMINAL)
    if missing:
        click.echo(f"not built yet: {', '.join(missing)}; a running server builds them")


def _print_parked(database: Database, as_json: bool) -> None:
    with database.reading() as connection:
        for build in database.catalogue.builds(connection):
            for event in database.catalogue.parked(connection, build):
                if as_json:
                    print_json_line(event._asdict())
                    continue
                at = format_instant(instant_of(event.parked_at))
                place = f"{event.name}: position {event.position}, {event.stream}, {event.type}"
                click.echo(neutralise(f"{place}, parked {at}: {event.reason}"))
