"""The options that name a data directory, and opening its journal for reading, beside its server or without it."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import click

from actors.journal import Journal, JournalError, SqliteJournal
from config import Settings, SettingsError, load_settings
from gateways.command_line.neutralising import neutralise_lines
from gateways.data_directory import DataDirectory
from schemas.exceptions import SchemaError

__all__ = [
    "config_option",
    "data_directory_options",
    "directory_of",
    "opened_journal",
    "opened_journal_file",
    "settings_of",
]

F = TypeVar("F", bound=Callable[..., object])

config_option = click.option(
    "--config",
    "config_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A TOML file of settings; HYBRIDCHAT__SECTION__KEY variables override it.",
)


def data_directory_options(command: F) -> F:
    """Adds ``--data-dir`` and ``--config``, which the command takes as ``data_dir`` and ``config_file``."""
    data_dir = click.option(
        "--data-dir", type=click.Path(), help="Where the journal and the accounts are kept; server.data_dir by default."
    )
    return data_dir(config_option(command))


def settings_of(data_dir: str | None, config_file: Path | None, base: Mapping[str, object] | None = None) -> Settings:
    """Loads the settings as the server does. Raises ClickException when they are wrong."""
    overrides = {} if data_dir is None else {"server": {"data_dir": data_dir}}
    try:
        return load_settings(config_file, base=base, overrides=overrides)
    except SettingsError as error:
        raise click.ClickException(neutralise_lines(str(error))) from error


def directory_of(settings: Settings) -> DataDirectory:
    return DataDirectory(Path(settings.server.data_dir))


@contextmanager
def opened_journal(data_dir: str | None, config_file: Path | None) -> Iterator[Journal]:
    """Opens the journal for reading only. An error of the journal is raised as a ClickException."""
    with opened_journal_file(directory_of(settings_of(data_dir, config_file)).journal) as journal:
        yield journal


@contextmanager
def opened_journal_file(file: Path) -> Iterator[Journal]:
    """Does the same as ``opened_journal`` for a journal whose file is known."""
    _check_readable(file)
    try:
        with closing(SqliteJournal(file, read_only=True)) as journal:
            yield journal
    except (JournalError, SchemaError) as error:
        raise click.ClickException(neutralise_lines(str(error))) from error


def _check_readable(file: Path) -> None:
    try:
        file.open("rb").close()
        accessible = os.access(file.parent, os.W_OK) or file.with_name(f"{file.name}-wal").exists()
    except (FileNotFoundError, NotADirectoryError):
        raise click.ClickException(f"no journal at {file}; start the server once or name another --data-dir") from None
    except OSError as error:
        raise click.ClickException(f"cannot read the journal at {file}: {error.strerror}") from error
    if not accessible:
        raise click.ClickException(
            f"cannot read the journal at {file}: SQLite keeps a file of its own beside it, and {file.parent} is "
            "read-only; copy the journal to where you may write"
        )
