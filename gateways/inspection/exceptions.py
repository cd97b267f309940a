"""The exceptions of inspection."""

from schemas.pointing import pointed_out

__all__ = ["ConditionError", "InspectionError", "UnfoldableStreamError"]


class InspectionError(Exception):
    """Raised when something cannot be inspected as asked. It is the base of the others."""


class ConditionError(InspectionError):
    """Raised when a condition cannot be understood.

    ``problem`` says what is wrong. ``position`` is the place in the text, counted from 0, and the message points at it.
    """

    def __init__(self, problem: str, text: str, position: int) -> None:
        self.problem = problem
        self.position = position
        super().__init__(f"{problem}\n{pointed_out(text, position)}")


class UnfoldableStreamError(InspectionError):
    """Raised when a stream's events do not fold to a state, which happens only in a damaged journal."""
