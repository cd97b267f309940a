"""A criterion's tree as one function of an agent's attributes."""

import operator
from collections.abc import Callable, Mapping

from schemas.criteria.tree import AllOf, AnyOf, Comparison, Expression, Flag, Has, Not, Operator

__all__ = ["Attributes", "Test", "test_of"]

Attributes = Mapping[str, bool | int]
"""An agent's attributes: each is a boolean, or a proficiency from 1 to 10."""

Test = Callable[[Attributes], bool]

_COMPARE: dict[Operator, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}


def test_of(expression: Expression) -> Test:
    match expression:
        case Has(name) | Flag(name, True):
            return lambda attributes: bool(attributes.get(name))
        case Flag(name):
            return lambda attributes: not attributes.get(name)
        case Comparison(name, sign, number):
            return _comparison(name, _COMPARE[sign], number)
        case Not(part):
            test = test_of(part)
            return lambda attributes: not test(attributes)
        case AllOf(parts):
            return _all_of(tuple(map(test_of, parts)))
        case AnyOf(parts):
            return _any_of(tuple(map(test_of, parts)))


def _comparison(name: str, compare: Callable[[int, int], bool], number: int) -> Test:
    def meets(attributes: Attributes) -> bool:
        value = attributes.get(name)
        return type(value) is int and compare(value, number)  # a boolean is no proficiency, though Python counts it 1

    return meets


# Rejected: all() and any() over a generator, which take twice the time.
def _all_of(tests: tuple[Test, ...]) -> Test:
    def meets(attributes: Attributes) -> bool:
        for test in tests:  # noqa: SIM110
            if not test(attributes):
                return False
        return True

    return meets


def _any_of(tests: tuple[Test, ...]) -> Test:
    def meets(attributes: Attributes) -> bool:
        for test in tests:  # noqa: SIM110
            if test(attributes):
                return True
        return False

    return meets
