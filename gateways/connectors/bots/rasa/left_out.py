"""What of a bot's answer is left out."""

from typing import NamedTuple

__all__ = ["LeftOut"]


class LeftOut(NamedTuple):
    """A part of an answer that cannot be posted."""

    reason: str
