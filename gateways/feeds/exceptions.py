"""The exceptions of feeds."""

__all__ = ["FeedOverflowError"]


class FeedOverflowError(Exception):
    """Raised when a feed's reader is too slow for its buffer. The reader may resume at its cursor."""
