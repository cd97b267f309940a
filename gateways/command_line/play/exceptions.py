"""Everything the player raises beside what the client does."""

__all__ = ["BrokenOffError", "DialogueFileError", "PlayError"]


class PlayError(Exception):
    """Raised when the play cannot go on; the message is for the person at the keyboard. The base of the others."""


class DialogueFileError(PlayError):
    """Raised when a file is not one of dialogues; the message names the line and the field."""


class BrokenOffError(PlayError):
    """Raised in a conversation that is not to be played to its end; the message says why."""
