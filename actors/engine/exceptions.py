"""Everything the engine raises."""

__all__ = ["CommandFailedError", "EngineError", "EngineStoppedError", "NotDurableError", "QueueFullError"]


class EngineError(Exception):
    """Raised when the engine cannot carry out a command; the base of the others."""


class QueueFullError(EngineError):
    """Raised when too many commands wait already. Nothing was done; try again later."""


class EngineStoppedError(EngineError):
    """Raised when the engine is stopping or has stopped. Nothing was done."""


class CommandFailedError(EngineError):
    """Raised when an entity raised while it handled the command. Nothing of the command's cascade was kept."""


class NotDurableError(EngineError):
    """Raised when the journal failed. Whether the command took effect is unknown; repeat it with the same ids."""
