"""Whether the calendars can be followed.

What a decider may not ask (see schemas.business_hours) is asked here before its command is put.
"""

from schemas.business_hours import BusinessHours
from schemas.configuration.tables import Tables
from schemas.exceptions import CalendarError
from schemas.field_errors import FieldError

__all__ = ["calendar_faults"]


def calendar_faults(tables: Tables) -> list[FieldError]:
    """What is wrong, each at its place, such as ``calendars.office.zone``."""
    found = []
    for name, calendar in tables.calendars.items():
        try:
            BusinessHours(calendar)
        except CalendarError as error:
            found.append(FieldError(f"calendars.{name}.{error.path}", error.problem))
    return found
