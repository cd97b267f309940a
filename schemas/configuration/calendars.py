"""Checks that the calendars can be followed.

A decider may not do this (see schemas.business_hours), so it is done before a command reaches the decider.
"""

from schemas.business_hours import BusinessHours
from schemas.configuration.tables import Tables
from schemas.exceptions import CalendarError
from schemas.field_errors import FieldError

__all__ = ["calendar_faults"]


def calendar_faults(tables: Tables) -> list[FieldError]:
    """Every fault with its path, such as ``calendars.office.zone``."""
    found = []
    for name, calendar in tables.calendars.items():
        try:
            BusinessHours(calendar)
        except CalendarError as error:
            found.append(FieldError(f"calendars.{name}.{error.path}", error.problem))
    return found
