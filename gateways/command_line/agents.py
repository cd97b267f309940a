"""``hybridchat agents``: the agents and their accounts."""

from collections.abc import Mapping
from pathlib import Path

import click

from actors.configuration import CONFIGURATION
from actors.folding import fold_as
from config import Settings
from config.demo import demo_settings
from gateways.command_line.agents_of_server import export, import_, list_
from gateways.command_line.data_directory_options import (
    data_directory_options,
    directory_of,
    opened_journal_file,
    settings_of,
)
from gateways.command_line.neutralising import neutralise
from gateways.command_line.passwords import password_stdin_option, read_password
from gateways.data_directory import DataDirectory, DataFileError
from gateways.identity.accounts import Accounts
from gateways.identity.password_rules import password_fault
from schemas.configuration import Agent
from schemas.records import CENTRE

__all__ = ["agents"]

_NO_BOT = "http://127.0.0.1"


@click.group()
def agents() -> None:
    """Manage the agents and their accounts."""


for _command in (list_, export, import_):
    agents.add_command(_command)


@agents.command()
@click.argument("name")
@password_stdin_option
@click.option("--demo", is_flag=True, help="The agent belongs to the demo.")
@data_directory_options
def set_password(name: str, password_stdin: bool, demo: bool, data_dir: str | None, config_file: Path | None) -> None:
    """Set an agent's password.

    This ends the agent's sessions: they cannot be renewed any more. An access token stays valid until it expires.
    """
    settings = settings_of(data_dir, config_file, demo_settings(_NO_BOT) if demo else None)
    _check_agent(settings, name)
    directory = _accounts_directory(settings)
    password = read_password(password_stdin, confirm=True)
    _check_password(name, password)
    ended = _set_password(directory.accounts, settings, name, password)
    click.echo(f"The password of {name} is set; sessions ended: {ended}")


def _check_agent(settings: Settings, name: str) -> None:
    """Raises ClickException for an unknown agent. The journal knows the agents; before the first start, the settings
    do."""
    agents = _recorded_agents(directory_of(settings).journal) or settings.tables.agents
    if name in agents:
        return
    known = ", ".join(sorted(agents))
    hint = f"there are {known}" if known else "there is none yet; name the server's settings with --config"
    raise click.ClickException(f"no agent {neutralise(name)!r} is configured; {hint}")


def _recorded_agents(journal_file: Path) -> Mapping[str, Agent]:
    if not journal_file.exists():
        return {}
    with opened_journal_file(journal_file) as journal:
        recorded = fold_as(CONFIGURATION, CENTRE, journal.read_stream(CENTRE))
    return recorded.tables.agents


def _accounts_directory(settings: Settings) -> DataDirectory:
    directory = directory_of(settings)
    if settings.journal.backend == "memory":
        raise click.ClickException("journal.backend is memory: the accounts live in the server's memory alone")
    if not directory.path.is_dir():
        message = f"no data directory {directory.path}; start the server once or name another --data-dir"
        raise click.ClickException(message)
    return directory


def _check_password(name: str, password: str) -> None:
    if not password:
        raise click.ClickException("the password is empty")
    if fault := password_fault(password, name):
        raise click.ClickException(f"the password {fault}")


def _set_password(file: Path, settings: Settings, name: str, password: str) -> int:
    """Sets the password and returns how many sessions that ended.

    Somebody who knew the old password must not stay logged in.
    """
    try:
        accounts = Accounts(file, settings.authentication.refresh_token_seconds)
        try:
            return len(accounts.set_passwords({name: password}))
        finally:
            accounts.close()
    except DataFileError as error:
        raise click.ClickException(f"cannot write {error}") from error
    except UnicodeEncodeError as error:
        raise click.ClickException("the password is not valid text") from error
