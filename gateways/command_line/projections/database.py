"""Opening the database of the projections without a server."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from config import Settings
from gateways.command_line.data_directory_options import directory_of
from gateways.command_line.neutralising import neutralise_lines
from projections.runner import Database, ProjectionError
from projections.runner.database import sqlite_url

__all__ = ["opened_database", "projection_errors"]


@contextmanager
def opened_database(settings: Settings, url: str | None = None) -> Iterator[Database]:
    """Opens the database at ``url``, or that of the settings. Its errors are raised as ClickException."""
    address = url or settings.reporting.database_url or sqlite_url(directory_of(settings).reports)
    with projection_errors(), closing(Database(address)) as database:
        yield database


@contextmanager
def projection_errors() -> Iterator[None]:
    """Raises a ProjectionError again as a ClickException."""
    try:
        yield
    except ProjectionError as error:
        raise click.ClickException(neutralise_lines(str(error))) from error
