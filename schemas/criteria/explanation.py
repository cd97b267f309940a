"""The reason for which a criterion does not admit an agent, in plain words."""

from collections.abc import Iterator

from schemas.criteria.evaluation import Attributes, test_of
from schemas.criteria.tree import AllOf, AnyOf, Comparison, Expression, Flag, Has, Leaf, Not, Operator

__all__ = ["explain"]

_NEEDS: dict[Operator, str] = {
    ">=": "at least",
    ">": "more than",
    "<=": "at most",
    "<": "less than",
    "==": "exactly",
    "!=": "other than",
}
_OPPOSITE: dict[Operator, Operator] = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "==": "!=", "!=": "=="}


def explain(expression: Expression, attributes: Attributes, *, wanted: bool = True) -> str | None:
    """The first part that is not as wanted; for alternatives all of them, because each one fails. None if no part
    fails."""
    match expression:
        case Not(part):
            return explain(part, attributes, wanted=not wanted)
        case AllOf(parts) | AnyOf(parts):
            explained = (explain(part, attributes, wanted=wanted) for part in parts)
            all_needed = isinstance(expression, AllOf) == wanted
            return next(filter(None, explained), None) if all_needed else _alternatives(explained)
        case _:
            return None if test_of(expression)(attributes) == wanted else _shortfall(expression, attributes, wanted)


def _alternatives(explained: Iterator[str | None]) -> str | None:
    shortfalls = []
    for shortfall in explained:
        if shortfall is None:
            return None
        shortfalls.append(shortfall)
    return "; or ".join(shortfalls)


def _shortfall(leaf: Leaf, attributes: Attributes, wanted: bool) -> str:
    value = attributes.get(leaf.name)
    actual = f"{leaf.name} is {'missing' if value is None else str(value).lower()}"
    match leaf:
        case Has():
            return f"{actual}, but {'needed' if wanted else 'not allowed'}"
        case Flag(_, demanded):
            return f"{actual}, needs {str(demanded == wanted).lower()}"
        case Comparison(_, sign, number):
            return f"{actual}, needs {_NEEDS[sign if wanted else _OPPOSITE[sign]]} {number}"
