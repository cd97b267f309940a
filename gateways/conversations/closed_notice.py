"""The message to a customer whose bot hands over out of hours."""

from zoneinfo import ZoneInfo

from gateways.conversations.opening_hours import calendar_of, opening_now
from gateways.services import Services
from schemas.content import Content, TextContent

__all__ = ["closed_notice"]


def closed_notice(services: Services, queue: str) -> Content:
    """The time of the next opening is written with the calendar's time zone, because the customer may be in another."""
    calendar, opens_at = calendar_of(services, queue), opening_now(services, queue).opens_at
    text = "Our agents are not here now."
    if calendar is not None and opens_at is not None:
        local = opens_at.astimezone(ZoneInfo(calendar.zone))
        text += f" They are back on {local:%A, %Y-%m-%d at %H:%M} ({calendar.zone})."
    return TextContent(text)
