"""The exceptions that the player raises besides those of the client."""

__all__ = ["BrokenOffError", "DialogueFileError", "PlayError"]


class PlayError(Exception):
    """Raised when the play cannot go on; the base of the others. The message is for the person at the keyboard."""


class DialogueFileError(PlayError):
    """Raised when a file is no file of dialogues. The message names the line and the field."""


class BrokenOffError(PlayError):
    """Raised in a conversation that is not played to its end. The message says why."""
