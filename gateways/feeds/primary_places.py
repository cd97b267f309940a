"""Which of the places where an agent's desktop is open is the primary one, so that only one of them rings."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec

from gateways.feeds.hub import Listener, Signal
from schemas.instants import format_instant

__all__ = ["PrimaryChanged", "PrimaryPlaces"]

_MAX_CLAIMS = 20


class PrimaryChanged(msgspec.Struct, frozen=True):
    """Another of the agent's places is the primary one from now on, or a feed has opened and learns which one is.
    ``place`` alone rings; it is null while none is open."""

    place: str | None


class PrimaryPlaces:
    """A place is a tab, a frame or a program in which an agent's desktop is open. It is open as long as a live feed of
    the agent that names it is open.

    Of the open places that one is primary which has claimed it last; where none has, the one whose feed has been open
    longest. A claim is remembered while its place is closed, so that a place whose connection breaks off gets back what
    it had. All this is in memory alone: after a restart the desktops claim anew.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._desks: dict[str, _Desk] = {}

    def open(self, listener: Listener, place: str | None, *, claims: bool = False) -> None:
        """A live feed of an agent opens, at a place or at none. It learns which place is primary, now and whenever that
        changes."""
        desk = self._desks.setdefault(listener.owner, _Desk())
        if claims and place is not None:
            desk.claim(place)
        desk.feeds[listener] = place
        listener.when_closed = partial(self._close, listener)
        if not self._elect(desk) and desk.primary is not None:
            listener.hint(self._signal(desk))

    def claim(self, owner: str, place: str) -> str | None:
        """Returns the primary place of the owner from now on. It is another one than claimed while the place that
        claims is not open."""
        desk = self._desks.setdefault(owner, _Desk())
        desk.claim(place)
        self._elect(desk)
        return desk.primary

    def holder(self, owner: str) -> str | None:
        desk = self._desks.get(owner)
        return desk.primary if desk is not None else None

    def _close(self, listener: Listener) -> None:
        desk = self._desks[listener.owner]
        desk.feeds.pop(listener, None)
        self._elect(desk)
        if not desk.feeds and not desk.claims:
            del self._desks[listener.owner]

    def _elect(self, desk: "_Desk") -> bool:
        """Whether the primary place has changed. All feeds of the agent then get a signal."""
        before, desk.primary = desk.primary, desk.elected
        if desk.primary == before:
            return False
        for listener in tuple(desk.feeds):
            listener.hint(self._signal(desk))
        return True

    def _signal(self, desk: "_Desk") -> Signal:
        data = msgspec.json.encode(PrimaryChanged(desk.primary))
        return Signal(PrimaryChanged.__name__, format_instant(self._clock()), msgspec.Raw(data))


class _Desk:
    """One agent's open feeds, the longest open first, each with its place; and the claims, the last one last."""

    def __init__(self) -> None:
        self.feeds: dict[Listener, str | None] = {}
        self.claims: dict[str, None] = {}
        self.primary: str | None = None

    def claim(self, place: str) -> None:
        self.claims.pop(place, None)
        self.claims[place] = None
        if len(self.claims) > _MAX_CLAIMS:
            del self.claims[next(iter(self.claims))]

    @property
    def elected(self) -> str | None:
        places = [place for place in self.feeds.values() if place is not None]
        claimed = (place for place in reversed(self.claims) if place in places)
        return next(claimed, next(iter(places), None))
