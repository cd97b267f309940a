"""The question to a report: range, zone, interval and filters."""

from dataclasses import dataclass
from datetime import datetime

__all__ = ["Asked"]

_ANY: frozenset[str] = frozenset()
_FILTERS = ("agent", "team", "queue", "mrd", "channel", "direction", "bot")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question about the range from ``from_`` up to ``to``, which is not part of it, at the instant ``now``. An
    empty filter admits every value; in a filter, ``-`` admits what has none. ``by`` are the names of what is
    distinguished, None those of the report."""

    from_: datetime
    to: datetime
    now: datetime
    zone: str = "UTC"
    interval: str | None = None
    by: tuple[str, ...] | None = None
    agent: frozenset[str] = _ANY
    team: frozenset[str] = _ANY
    queue: frozenset[str] = _ANY
    mrd: frozenset[str] = _ANY
    channel: frozenset[str] = _ANY
    direction: frozenset[str] = _ANY
    bot: frozenset[str] = _ANY

    def __str__(self) -> str:
        filters = [f"{name}={','.join(sorted(values))}" for name in _FILTERS if (values := getattr(self, name))]
        return " ".join([f"{self.from_} to {self.to}, {self.zone}, by {self.interval} and {self.by}", *filters])

    @property
    def as_of(self) -> datetime:
        """The instant up to which everything that still lasts is counted."""
        return min(self.now, self.to)

    def holds(self, instant: datetime) -> bool:
        return self.from_ <= instant < self.to

    def wants(self, **values: str | None) -> bool:
        """True if something with these values meets the filters of the same names."""
        wanted = {name: getattr(self, name) for name in values}
        return all(not wanted[name] or (value or "-") in wanted[name] for name, value in values.items())
