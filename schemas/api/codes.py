"""The codes and texts that agents choose from, as the Agent API lists them."""

from typing import Literal

import msgspec

__all__ = ["CannedMessages", "CannedText", "Code", "Codes", "Reason"]


class Reason(msgspec.Struct, frozen=True):
    """A reason for being not ready or for logging out; ``use`` says which of the two."""

    code: str
    label: str
    use: Literal["not_ready", "logout"]


class Code(msgspec.Struct, frozen=True):
    code: str
    label: str


class Codes(msgspec.Struct, frozen=True):
    """The codes that agents choose from. Where a list is empty, any text is accepted."""

    reason_codes: list[Reason]
    wrap_up_codes: list[Code]


class CannedText(msgspec.Struct, frozen=True, omit_defaults=True):
    """``queue`` is the queue for which the text is meant; null means all queues."""

    name: str
    text: str
    label: str | None = None
    queue: str | None = None
    language: str | None = None


class CannedMessages(msgspec.Struct, frozen=True):
    canned_messages: list[CannedText]
