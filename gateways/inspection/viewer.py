"""A reader of what is recorded: what they may see, and by which clock."""

from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import NamedTuple

from gateways.inspection.clock import Clock

__all__ = ["STRANGER", "SUPERUSER", "Viewer"]


class Viewer(NamedTuple):
    """``sees`` says whether the reader sees the personal data of the stream of this name. It may be called on any
    thread. ``sees_all`` is true if the answer is yes for all streams."""

    sees: Callable[[str], bool]
    sees_all: bool
    zone: tzinfo = UTC

    def clock(self, at: str) -> Clock:
        """The clock for a sentence about what happened at this instant."""
        return Clock(self.zone, at)


SUPERUSER = Viewer(lambda _: True, sees_all=True)
"""The reader who may see everything, such as one who reads the data directory."""

STRANGER = Viewer(lambda _: False, sees_all=False)
"""The reader who may see no personal data."""
