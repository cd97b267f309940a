"""Everything that the client raises."""

from collections.abc import Sequence

from schemas.field_errors import FieldError

__all__ = [
    "BusyError",
    "ClientError",
    "LoginError",
    "RefusedError",
    "ServerGoneError",
    "UnavailableError",
    "UnexpectedAnswerError",
    "UnreachableError",
]


class ClientError(Exception):
    """Raised when a call cannot be made or is not answered as it should be; the base of the others.

    The message is for the person who called.
    """


class UnavailableError(ClientError):
    """Raised when a call may succeed later, after ``retry_after`` seconds at the earliest; the base of two."""

    retry_after = 0.0


class UnreachableError(UnavailableError):
    """Raised when there is no connection, or no answer in time."""


class BusyError(UnavailableError):
    """Raised when the server answers that it must be asked again later."""

    def __init__(self, detail: str, retry_after: float) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class ServerGoneError(ClientError):
    """Raised when the server cannot be reached, or does not come back in the time it is given."""


class RefusedError(ClientError):
    """Raised when the server refuses a call. ``status``, ``code`` and ``errors`` are those of its problem details;
    ``code`` is empty when it sent none."""

    def __init__(self, status: int, code: str, detail: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.errors = errors


class UnexpectedAnswerError(ClientError):
    """Raised when an answer, or what a feed sends, is of another kind than Hybrid Chat sends there."""


class LoginError(ClientError):
    """Raised when the server does not take an agent's credentials."""
