"""The errors of bots."""

__all__ = ["BotError"]


class BotError(Exception):
    """Raised when a bot does not answer, or not as its protocol says."""
