"""The base of every command."""

from datetime import datetime

import msgspec

__all__ = ["Command"]


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """A wish, named in the imperative. The time of it and every new id arrive inside."""

    at: datetime
