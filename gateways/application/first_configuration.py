"""The tables of the settings. They are the first configuration, as long as the journal holds none."""

import logging

from actors.engine import Engine, Request
from config import SettingsError
from projections import ConfigurationView
from schemas.commands import ImportTables
from schemas.configuration import Tables, items_of
from schemas.identifiers import command_id, new_id
from schemas.records import CENTRE
from schemas.replies import Refusal

__all__ = ["configure_first", "warn_of_differences"]

_logger = logging.getLogger(__name__)
_MAX_NAMED = 5


async def configure_first(engine: Engine, configuration: ConfigurationView, tables: Tables) -> None:
    """Records the tables as the configuration if there is none yet. Raises SettingsError when they are refused."""
    if configuration.version or tables == Tables():
        return
    command = ImportTables(at=engine.clock(), tables=tables)
    reply = await engine.ask(Request(CENTRE, command, command_id(new_id()), "system"))
    if isinstance(reply, Refusal):
        raise SettingsError(f"settings: {reply.detail}")


def warn_of_differences(configuration: ConfigurationView, tables: Tables) -> None:
    """Warns when the tables of the settings differ from the recorded configuration, which is the one that applies."""
    recorded = configuration.tables
    different = [
        f"{table}.{name}" for table, name, item in items_of(tables) if getattr(recorded, table).get(name) != item
    ]
    if different:
        more = f" and {len(different) - _MAX_NAMED} more" if len(different) > _MAX_NAMED else ""
        _logger.warning(
            "the settings' tables differ from the recorded configuration, which applies, in %s%s; "
            "to bring them in, run hybridchat configuration import FILE",
            ", ".join(different[:_MAX_NAMED]),
            more,
        )
