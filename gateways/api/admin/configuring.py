"""Putting commands to the configuration on behalf of an administrator."""

from gateways.api.call import Call
from gateways.exceptions import RefusedError
from gateways.services.asking import ask
from schemas.commands import ConfigureItem, ImportTables, RemoveItem
from schemas.configuration import Tables
from schemas.configuration.calendars import calendar_faults
from schemas.field_errors import FieldError
from schemas.records import CENTRE
from schemas.replies import ConfigurationReply, RefusalCode

__all__ = ["configure", "invalid", "refuse_faulty_calendars"]


async def configure(call: Call, command: ConfigureItem | RemoveItem | ImportTables) -> ConfigurationReply:
    """Raises RefusedError when it is refused."""
    return await ask(call.services, CENTRE, command, call.principal.actor, ConfigurationReply)


def refuse_faulty_calendars(tables: Tables) -> None:
    """Raises RefusedError."""
    if found := calendar_faults(tables):
        raise invalid(found)


def invalid(errors: list[FieldError]) -> RefusedError:
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    path = f"{errors[0].path}: " if errors[0].path else ""
    return RefusedError(RefusalCode.INVALID_INPUT, f"{path}{errors[0].message}{more}", errors)
