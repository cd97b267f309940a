"""The errors of webhooks."""

__all__ = ["NoAnswerError", "NoSecretError"]


class NoAnswerError(Exception):
    """Raised when no answer of the receiver came. The call may be made again, because receivers know events by their
    ids."""


class NoSecretError(Exception):
    """Raised when a webhook has no secret to sign with. Nothing is sent unsigned."""
