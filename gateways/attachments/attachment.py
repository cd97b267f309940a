"""An attachment: a file of a conversation, and what is known of it."""

from datetime import datetime
from typing import NamedTuple

import msgspec

__all__ = ["Attachment", "Unposted"]


class Attachment(msgspec.Struct, frozen=True):
    """``uploaded_by`` is ``customer`` or ``agent:<id>``. Its bytes never change."""

    conversation_id: str
    attachment_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    uploaded_by: str


class Unposted(NamedTuple):
    """An upload of which no message is known yet."""

    conversation_id: str
    attachment_id: str
    since: datetime
