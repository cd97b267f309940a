"""What a criterion says, as a tree. Positions are where names stand in the text; they play no part in equality."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["AllOf", "AnyOf", "Comparison", "Expression", "Flag", "Has", "Leaf", "Not", "Operator", "leaves"]

Operator = Literal[">=", ">", "<=", "<", "==", "!="]


@dataclass(frozen=True, slots=True)
class Has:
    """A bare name: a boolean that is true, or a proficiency of any degree."""

    name: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Flag:
    """A name compared with true or false. One that is missing counts as false."""

    name: str
    value: bool
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A name compared with a number. One that is missing, or a boolean, fails every comparison, ``!=`` too."""

    name: str
    operator: Operator
    number: int
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    part: "Expression"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Without parts it admits everyone."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Expression", ...]


Leaf = Has | Flag | Comparison
Expression = Leaf | Not | AllOf | AnyOf


def leaves(expression: Expression) -> Iterator[Leaf]:
    """In the order of the text."""
    match expression:
        case Not(part):
            yield from leaves(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield expression
