"""A parsed criterion."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from schemas.criteria.evaluation import Attributes, Test, test_of
from schemas.criteria.explanation import explain
from schemas.criteria.tree import Comparison, Expression, Flag, Leaf, leaves
from schemas.exceptions import CriterionError

__all__ = ["AttributeType", "Criterion"]

AttributeType = Literal["boolean", "proficiency"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion, made by ``parse_criterion``. ``names`` are all attributes that it names; ``proficiencies`` those
    that it compares with a number, ``booleans`` those that it compares with true or false. A bare name may be either.

    ``admits`` returns whether an agent with these attributes is eligible. A missing attribute counts as false, and
    fails every comparison with a number, ``!=`` too.
    """

    text: str
    expression: Expression = field(repr=False)
    names: frozenset[str] = field(init=False, repr=False, compare=False)
    proficiencies: frozenset[str] = field(init=False, repr=False, compare=False)
    booleans: frozenset[str] = field(init=False, repr=False, compare=False)
    admits: Test = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named = list(leaves(self.expression))
        made = {
            "names": frozenset(leaf.name for leaf in named),
            "proficiencies": frozenset(leaf.name for leaf in named if isinstance(leaf, Comparison)),
            "booleans": frozenset(leaf.name for leaf in named if isinstance(leaf, Flag)),
            "admits": test_of(self.expression),
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    def __reduce__(self) -> tuple[type["Criterion"], tuple[str, Expression]]:
        """Pickles the expression alone: everything else, functions among it, is made anew from it."""
        return Criterion, (self.text, self.expression)

    def explain(self, attributes: Attributes) -> str | None:
        """The first part that fails, such as ``english is 5, needs at least 8``; None if the agent is admitted."""
        return explain(self.expression, attributes)

    def misfits(self, types: Mapping[str, AttributeType]) -> list[CriterionError]:
        """An error for each attribute that does not exist or is not of the type that the criterion needs."""
        found = [(leaf, _misfit(leaf, types.get(leaf.name))) for leaf in leaves(self.expression)]
        return [CriterionError(problem, self.text, leaf.position) for leaf, problem in found if problem]


def _misfit(leaf: Leaf, kind: AttributeType | None) -> str | None:
    if kind is None:
        return f"there is no attribute {leaf.name!r}"
    if isinstance(leaf, Comparison) and kind == "boolean":
        return f"{leaf.name!r} is true or false: write {leaf.name} or not {leaf.name}"
    if isinstance(leaf, Flag) and kind == "proficiency":
        return f"{leaf.name!r} is a proficiency from 1 to 10: write {leaf.name} >= 1"
    return None
