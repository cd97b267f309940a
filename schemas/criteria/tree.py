"""A criterion as a tree. Positions are the places of the names in the text; they do not count for equality."""

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
    """A name compared with true or false. A missing attribute counts as false."""

    name: str
    value: bool
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A name compared with a number. An attribute that is missing or a boolean fails every comparison, ``!=`` too."""

    name: str
    operator: Operator
    number: int
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    part: "Expression"


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the parts. Without parts it admits everyone."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Expression", ...]


Leaf = Has | Flag | Comparison
Expression = Leaf | Not | AllOf | AnyOf


def leaves(expression: Expression) -> Iterator[Leaf]:
    """The leaves of the tree, in the order of the text."""
    match expression:
        case Not(part):
            yield from leaves(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield expression
