"""Times for which something is wanted."""

from datetime import datetime, timedelta

from gateways.http.problems import invalid_input

__all__ = ["check_wanted_at"]


def check_wanted_at(wanted_at: datetime, now: datetime, most_days: int) -> None:
    """Raises Problem unless it lies ahead, but not too far."""
    if wanted_at <= now:
        raise invalid_input("wanted_at", "must lie ahead; leave it out for as soon as possible")
    if wanted_at - now > timedelta(days=most_days):
        raise invalid_input("wanted_at", f"must lie within the next {most_days} days")
