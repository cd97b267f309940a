"""Errors as the APIs answer them: RFC 9457 problem details."""

from datetime import datetime

import msgspec

from schemas.field_errors import FieldError

__all__ = ["ProblemDetails"]


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """``opens_at`` and ``callback``, the channel for callbacks, come with ``out_of_hours``.
    ``request_id`` is that of the header ``X-Request-Id``, under which the log knows the request."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError] = []
    request_id: str | None = None
    opens_at: datetime | None = None
    callback: str | None = None
