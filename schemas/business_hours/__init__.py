"""The opening hours of a calendar: its shifts and holidays as instants, correct also on the days on which clocks
change.

Its answers about the future change with new releases of the time-zone database and of the lists of public holidays,
so no decider may use it: the answer is carried by the command.
"""

from schemas.business_hours.hours import BusinessHours, Span

__all__ = ["BusinessHours", "Span"]
