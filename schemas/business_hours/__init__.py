"""When a calendar is open: its shifts and holidays as instants, right on the days on which clocks change.

What it says of the future moves with new releases of the time-zone database and of the lists of public holidays, so no
decider may ask it: the answer travels inside the command.
"""

from schemas.business_hours.hours import BusinessHours

__all__ = ["BusinessHours"]
