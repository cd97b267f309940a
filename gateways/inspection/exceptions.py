"""Everything the inspection raises."""

from schemas.pointing import pointed_out

__all__ = ["ConditionError", "InspectionError", "UnfoldableStreamError"]


class InspectionError(Exception):
    """Raised when something cannot be inspected as asked; the base of the others."""


class ConditionError(InspectionError):
    """Raised when a condition cannot be understood.

    ``problem`` says what is wrong, ``position`` where in the text, from 0; the message shows the place.
    """

    def __init__(self, problem: str, text: str, position: int) -> None:
        self.problem = problem
        self.position = position
        super().__init__(f"{problem}\n{pointed_out(text, position)}")


class UnfoldableStreamError(InspectionError):
    """Raised when a stream's events do not add up to a state, which only a damaged journal's do."""
