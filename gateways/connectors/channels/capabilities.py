"""What a channel can carry, as its connector says."""

from schemas.capabilities import Capabilities, MediaKind, TextUnit

__all__ = ["Capabilities", "MediaKind", "TextUnit"]
