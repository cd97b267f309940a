"""Errors as the APIs answer them: RFC 9457 problem details."""

from datetime import datetime
from typing import Any

import msgspec

from schemas.configuration import TableName
from schemas.field_errors import FieldError

__all__ = ["ItemChange", "ProblemDetails"]


class ItemChange(msgspec.Struct, frozen=True):
    """The last change of an item of the configuration: ``actor`` made it ``at`` this instant. ``item`` is the item
    since then, as reading it answers; null when it was removed. ``version`` is the ETag's."""

    event_id: str
    version: int
    at: datetime
    actor: str
    kind: TableName
    name: str
    item: dict[str, Any] | None


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """``opens_at`` and ``callback``, the channel for callbacks, come with ``out_of_hours``; ``changed`` comes with
    ``changed_meanwhile`` and ``configuration_changed``.
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
    changed: ItemChange | None = None
