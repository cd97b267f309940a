"""What a request for an agent carries of its queue's settings, as they stood when it was made."""

from typing import Annotated

import msgspec

__all__ = ["QueueSettings"]

Priority = Annotated[int, msgspec.Meta(ge=1, le=10)]


class QueueSettings(msgspec.Struct, frozen=True, kw_only=True):
    """``priority`` runs from 1 to 10, 10 first. Times are in seconds; a wrap-up of 0 closes at once."""

    name: str
    mrd: str
    priority: Priority = 5
    offer_timeout_seconds: Annotated[float, msgspec.Meta(gt=0)] = 20.0
    wrap_up_seconds: Annotated[float, msgspec.Meta(ge=0)] = 0.0
