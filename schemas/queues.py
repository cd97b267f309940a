"""The settings of its queue that a request for an agent carries, as they were when it was made."""

from typing import Annotated

import msgspec

__all__ = ["OfferTimeout", "Priority", "QueueSettings", "WrapUpTime"]

_A_YEAR = 365 * 24 * 3600

Priority = Annotated[int, msgspec.Meta(ge=1, le=10)]
OfferTimeout = Annotated[float, msgspec.Meta(gt=0, le=_A_YEAR)]
WrapUpTime = Annotated[float, msgspec.Meta(ge=0, le=_A_YEAR)]


class QueueSettings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``priority`` runs from 1 to 10, 10 first. Times are in seconds; a wrap-up of 0 closes at once. An agent who does
    not answer the customer for ``response_seconds`` loses the conversation."""

    name: str
    mrd: str
    priority: Priority = 5
    offer_timeout_seconds: OfferTimeout = 20.0
    wrap_up_seconds: WrapUpTime = 0.0
    response_seconds: Annotated[float, msgspec.Meta(gt=0, le=_A_YEAR)] | None = None
