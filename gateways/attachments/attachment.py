"""An attachment: the description of a file in a conversation."""

from datetime import datetime
from typing import NamedTuple

import msgspec

__all__ = ["Attachment", "Unposted"]


class Attachment(msgspec.Struct, frozen=True):
    """A file of a conversation. ``uploaded_by`` is ``customer`` or ``agent:<id>``. The file's bytes never change.
    ``charset`` is that of a text; texts of old have none and are UTF-8."""

    conversation_id: str
    attachment_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    uploaded_by: str
    charset: str | None = None

    @property
    def content_type(self) -> str:
        """The media type with the charset of a text."""
        if not self.media_type.startswith("text/"):
            return self.media_type
        return f"{self.media_type}; charset={self.charset or 'utf-8'}"


class Unposted(NamedTuple):
    """An upload that no message is known to name yet."""

    conversation_id: str
    attachment_id: str
    since: datetime
