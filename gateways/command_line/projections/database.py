"""Opening the database of the projections without a server."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from config import Settings
from gateways.command_line.data_directory_options import directory_of
from gateways.command_line.neutralising import neutralise_lines
from projections.runner import Database, ProjectionError
from projections.runner.database import file_of, sqlite_url

__all__ = ["database_to_read", "opened_database", "projection_errors"]


@contextmanager
def opened_database(settings: Settings, url: str | None = None) -> Iterator[Database]:
    """Opens the database at ``url``, or that of the settings. Its errors are raised as ClickException."""
    with projection_errors(), closing(Database(url or _address(settings))) as database:
        yield database


@contextmanager
def database_to_read(settings: Settings) -> Iterator[Database | None]:
    """Opens the database of the settings without changing anything; None if there is nothing in it yet. Its errors are
    raised as ClickException."""
    address = _address(settings)
    file = file_of(address)
    if file is not None and not file.exists():
        yield None
        return
    with projection_errors(), closing(Database(address, read_only=True)) as database:
        yield database if database.is_prepared() else None


def _address(settings: Settings) -> str:
    return settings.reporting.database_url or sqlite_url(directory_of(settings).reports)


@contextmanager
def projection_errors() -> Iterator[None]:
    """Raises a ProjectionError again as a ClickException."""
    try:
        yield
    except ProjectionError as error:
        raise click.ClickException(neutralise_lines(str(error))) from error
