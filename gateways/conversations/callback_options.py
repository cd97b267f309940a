"""The options of customers who would leave their number: of which country it is, and when they are called."""

from datetime import datetime, timedelta

import msgspec

from gateways.conversations.opening_hours import calendar_of, open_between, opening_now
from gateways.services import Services
from schemas.business_hours import Span
from schemas.configuration import Channel

__all__ = ["ChannelCallbackOptions", "callback_options_of"]

_DAYS = 14


class ChannelCallbackOptions(msgspec.Struct, frozen=True, kw_only=True):
    """``calling_codes`` are by country, and numbers without one are of ``country``. Customers are called during
    ``openings``; while the queue is closed, those who want it as soon as possible are called from ``opens_at`` on."""

    calling_codes: dict[str, str]
    openings: list[Span]
    country: str | None = None
    opens_at: datetime | None = None


def callback_options_of(services: Services, channel: Channel) -> ChannelCallbackOptions:
    """The options on a channel for callbacks, as they are now."""
    from gateways.conversations.phone_numbers import calling_codes  # the tables of phone numbers take long to import

    now, codes, calendar = services.clock.machine(), calling_codes(), calendar_of(services, channel.queue)
    country = calendar.country if calendar is not None else None
    return ChannelCallbackOptions(
        calling_codes=codes,
        openings=open_between(services, channel.queue, now, now + timedelta(days=_DAYS)),
        country=country if country in codes else None,
        opens_at=opening_now(services, channel.queue).opens_at,
    )
