"""What agents choose from, as the Agent API lists it."""

from typing import Literal

import msgspec

__all__ = ["CannedMessages", "CannedText", "Code", "Codes", "Reason"]


class Reason(msgspec.Struct, frozen=True):
    """Why an agent is not ready, or logs out; ``use`` tells which."""

    code: str
    label: str
    use: Literal["not_ready", "logout"]


class Code(msgspec.Struct, frozen=True):
    code: str
    label: str


class Codes(msgspec.Struct, frozen=True):
    """What agents choose from. Where a list is empty, any text will do."""

    reason_codes: list[Reason]
    wrap_up_codes: list[Code]


class CannedText(msgspec.Struct, frozen=True, omit_defaults=True):
    """``queue`` is the one for which it is meant, if not for all."""

    name: str
    text: str
    label: str | None = None
    queue: str | None = None
    language: str | None = None


class CannedMessages(msgspec.Struct, frozen=True):
    canned_messages: list[CannedText]
