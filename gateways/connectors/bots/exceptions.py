"""The errors of bots."""

__all__ = ["BotError", "NoAnswerError", "UnusableAnswerError"]


class BotError(Exception):
    """Raised when a bot does not answer, or not as its protocol says."""


class NoAnswerError(BotError):
    """Raised when no answer came. The bot may be asked again."""


class UnusableAnswerError(BotError):
    """Raised when an answer came of which nothing can be posted. The bot has done its work, and asking again would do
    it twice."""
