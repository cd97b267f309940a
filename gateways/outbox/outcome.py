"""What became of a call to an outside system."""

from typing import Literal

import msgspec

__all__ = ["Outcome", "OutcomeKind"]

OutcomeKind = Literal[
    "delivered",
    "message_refused",
    "recipient_refused",
    "configuration_fault",
    "try_again",
    "unknown",
    "server_fault",
]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The system has taken the delivery; it refuses this message, or this recipient; it refuses the server itself, so
    that no call can succeed; it may be asked again, after ``retry_after`` seconds if it has said so; no answer came and
    nobody knows; or this server failed in making the call. ``code`` is the system's, and ``detail`` is in words without
    secrets and without the customer's words. ``provider_id`` is the system's id of the message that it has taken.
    ``message_id`` is ours, where what comes back may name that instead.
    ``unfinished`` says that the message has further parts, each of which is a call of its own."""

    kind: OutcomeKind
    provider_id: str | None = None
    message_id: str | None = None
    code: str | None = None
    detail: str | None = None
    retry_after: float | None = None
    unfinished: bool = False
