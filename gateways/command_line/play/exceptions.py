"""Everything the player raises."""

__all__ = ["BrokenOffError", "DialogueFileError", "PlayError", "RefusedError", "ServerGoneError", "UnavailableError"]


class PlayError(Exception):
    """Raised when the play cannot go on; the message is for the person at the keyboard. The base of the others."""


class DialogueFileError(PlayError):
    """Raised when a file is not one of dialogues; the message names the line and the field."""


class ServerGoneError(PlayError):
    """Raised when the server cannot be reached, or does not come back in the time it is given."""


class RefusedError(PlayError):
    """Raised when the server refuses a call; ``status`` and ``code`` are those of its problem details."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code


class BrokenOffError(PlayError):
    """Raised in a conversation that is not to be played to its end; the message says why."""


class UnavailableError(Exception):
    """Raised when a call may succeed later: no connection, or the server asks to come back in ``retry_after`` s."""

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
