"""The exceptions that the client raises."""

from collections.abc import Sequence

from schemas.field_errors import FieldError

__all__ = [
    "BusyError",
    "CallRefusedError",
    "ClientError",
    "LoginError",
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
    """Raised when a call may succeed later, but not before ``retry_after`` seconds; the base of the next two."""

    retry_after = 0.0


class UnreachableError(UnavailableError):
    """Raised when the connection fails or the answer does not come in time."""


class BusyError(UnavailableError):
    """Raised when the server answers that the call must be made again later."""

    def __init__(self, detail: str, retry_after: float) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class ServerGoneError(ClientError):
    """Raised when the server cannot be reached, or does not come back while the client keeps trying."""


class CallRefusedError(ClientError):
    """Raised when the server refuses a call.

    ``status``, ``code`` and ``errors`` come from the problem details of the answer; ``code`` is empty if it has none.
    """

    def __init__(self, status: int, code: str, detail: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.errors = errors


class UnexpectedAnswerError(ClientError):
    """Raised when an answer or a feed's frame is not of the kind that Hybrid Chat sends there."""


class LoginError(ClientError):
    """Raised when the server does not accept an agent's credentials."""
