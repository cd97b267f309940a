"""The times for which callbacks and tasks are wanted."""

from datetime import datetime, timedelta

from gateways.exceptions import invalid_field

__all__ = ["check_wanted_at"]


def check_wanted_at(wanted_at: datetime, now: datetime, max_days: int) -> None:
    """Raises RefusedError unless the time lies ahead, by at most ``max_days``."""
    if wanted_at <= now:
        raise invalid_field("wanted_at", "must lie ahead; leave it out for as soon as possible")
    if wanted_at - now > timedelta(days=max_days):
        raise invalid_field("wanted_at", f"must lie within the next {max_days} days")
