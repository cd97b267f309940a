"""An attachment: the description of a file in a conversation."""

from datetime import datetime
from typing import NamedTuple

import msgspec

__all__ = ["Attachment", "Unposted"]


class Attachment(msgspec.Struct, frozen=True):
    """A file of a conversation. ``uploaded_by`` is ``customer`` or ``agent:<id>``. The file's bytes never change."""

    conversation_id: str
    attachment_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    uploaded_by: str


class Unposted(NamedTuple):
    """An upload that no message is known to name yet."""

    conversation_id: str
    attachment_id: str
    since: datetime
