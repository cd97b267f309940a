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
    """``queue`` is the queue for which the text is meant; null means all queues. Agents look for the ``name`` and the
    ``label``. ``variables`` are those that stand in the text, in braces: write their values there, all at once. One
    without a value is for the agent to fill in; other braces mean themselves."""

    name: str
    text: str
    variables: list[str]
    label: str | None = None
    queue: str | None = None
    language: str | None = None


class CannedMessages(msgspec.Struct, frozen=True):
    """``variables`` are all that a text may have."""

    canned_messages: list[CannedText]
    variables: list[str]
