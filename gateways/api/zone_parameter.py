"""The time zone that a caller reads instants in."""

from zoneinfo import ZoneInfo

from gateways.api.call import Call
from gateways.http.endpoints import QueryParameter
from gateways.http.problems import invalid_input
from schemas.business_hours.zones import zone_named
from schemas.exceptions import CalendarError

__all__ = ["ZONE", "zone_of"]

ZONE = QueryParameter("zone", "The IANA time zone of instants in sentences, such as Europe/Vienna; UTC without one.")


def zone_of(call: Call) -> ZoneInfo:
    """The zone that the query names. Raises Problem when there is none of this name."""
    try:
        return zone_named(call.query.get("zone", "UTC"))
    except CalendarError as error:
        raise invalid_input("zone", error.problem) from None
