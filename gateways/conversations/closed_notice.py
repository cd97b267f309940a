"""The message to a customer whose bot hands over out of hours."""

from gateways.conversations.customer_texts import customer_texts
from gateways.conversations.opening_hours import calendar_of, opening_now
from gateways.services import Services
from projections import ConversationView
from schemas.content import Content, TextContent

__all__ = ["closed_notice"]


def closed_notice(services: Services, view: ConversationView, queue: str) -> Content:
    """The time of the next opening is written with the calendar's time zone, because the customer may be in another."""
    texts = customer_texts(services, view)
    calendar, opens_at = calendar_of(services, queue), opening_now(services, queue).opens_at
    if calendar is None or opens_at is None:
        return TextContent(texts.word("closed_until_further_notice"))
    return TextContent(texts.word_with_instant("out_of_hours", opens_at, calendar.zone))
