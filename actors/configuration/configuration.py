"""The configuration's decisions."""

from typing import assert_never

import msgspec

from actors.configuration.admission import admit
from actors.configuration.importing import import_tables
from actors.configuration.items import configure, remove
from actors.configuration.state import Configuration, evolve
from actors.decider import Decider, Decision, no_deadlines
from schemas.commands import AdmitAgent, ConfigurationCommand, ConfigureItem, ImportTables, RemoveItem
from schemas.events import ConfigurationEvent

__all__ = ["CONFIGURATION"]


def decide(state: Configuration, command: ConfigurationCommand) -> Decision[ConfigurationEvent]:
    match command:
        case ConfigureItem():
            return configure(state, command)
        case RemoveItem():
            return remove(state, command)
        case ImportTables():
            return import_tables(state, command)
        case AdmitAgent():
            return admit(state, command)
    assert_never(command)


def finished(state: Configuration) -> bool:
    return False


CONFIGURATION = Decider(
    "configuration",
    Configuration,
    decide,
    evolve,
    no_deadlines,
    finished,
    snapshot=msgspec.json.encode,
    restore=msgspec.json.Decoder(Configuration).decode,
    pinned=True,
)
