"""Parsing a criterion's text into its tree.

either     = both { "or" both }
both       = term { "and" term }
term       = "not" term | "(" either ")" | name [ operator value ]
value      = 1 … 10, or after == and != also: true | false
"""

import re
from collections.abc import Callable
from typing import get_args

from schemas.criteria.criterion import Criterion
from schemas.criteria.tokens import END, RESERVED_WORDS, Token, tokens
from schemas.criteria.tree import AllOf, AnyOf, Comparison, Expression, Flag, Has, Not, Operator
from schemas.exceptions import CriterionError
from schemas.identifiers import NAME_PATTERN

__all__ = ["MAX_CHARACTERS", "MAX_LEVELS", "parse_criterion"]

MAX_CHARACTERS = 1024
MAX_LEVELS = 32
"""The deepest nesting of parentheses and ``not``: deeper text could exhaust the stack."""

_OPERATORS: dict[str, Operator] = {operator: operator for operator in get_args(Operator)}
_PROFICIENCIES = {str(number): number for number in range(1, 11)}
_NAME = re.compile(NAME_PATTERN)


def parse_criterion(text: str) -> Criterion:
    """The criterion of a text; blank text admits everyone. Raises CriterionError, which names the place and what is
    expected there."""
    if len(text) > MAX_CHARACTERS:
        raise CriterionError(f"a criterion has at most {MAX_CHARACTERS} characters", text, MAX_CHARACTERS)
    return Criterion(text, _Parser(text).parse())


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._next = next(self._tokens)
        self._levels = 0

    def parse(self) -> Expression:
        if self._next.text == END:
            return AllOf(())
        expression = self._either()
        if self._next.text != END:
            raise self._unexpected("'and', 'or' or the end")
        return expression

    def _either(self) -> Expression:
        parts = self._chain("or", self._both)
        return parts[0] if len(parts) == 1 else AnyOf(parts)

    def _both(self) -> Expression:
        parts = self._chain("and", self._term)
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _chain(self, word: str, part: Callable[[], Expression]) -> tuple[Expression, ...]:
        parts = [part()]
        while self._next.text == word:
            self._take()
            parts.append(part())
        return tuple(parts)

    def _term(self) -> Expression:
        if self._next.text not in ("not", "("):
            return self._named()
        self._levels += 1
        if self._levels > MAX_LEVELS:
            raise CriterionError(
                f"parentheses and 'not' nest at most {MAX_LEVELS} deep", self._text, self._next.position
            )
        expression = Not(self._term()) if self._take().text == "not" else self._inside()
        self._levels -= 1
        return expression

    def _inside(self) -> Expression:
        expression = self._either()
        if self._next.text != ")":
            raise self._unexpected("'and', 'or' or ')'")
        self._take()
        return expression

    def _named(self) -> Expression:
        name = self._name()
        operator = _OPERATORS.get(self._next.text)
        if operator is not None:
            self._take()
            return self._compared(name, operator)
        if self._next.text not in ("and", "or", ")", END):
            raise self._unexpected("a comparison such as >= 5, 'and' or 'or'")
        return Has(name.text, name.position)

    def _name(self) -> Token:
        text = self._next.text
        if text in RESERVED_WORDS or text.isdecimal() or not _NAME.match(text):
            raise self._unexpected("an attribute, 'not' or '('")
        return self._take()

    def _compared(self, name: Token, operator: Operator) -> Expression:
        value = self._next.text
        equality = operator in ("==", "!=")
        if value in _PROFICIENCIES:
            self._take()
            return Comparison(name.text, operator, _PROFICIENCIES[value], name.position)
        if equality and value in ("true", "false"):
            self._take()
            return Flag(name.text, (value == "true") == (operator == "=="), name.position)
        raise self._unexpected("a whole number from 1 to 10" + (", true or false" if equality else ""))

    def _take(self) -> Token:
        token = self._next
        self._next = next(self._tokens, token)
        return token

    def _unexpected(self, expected: str) -> CriterionError:
        return CriterionError(f"expected {expected}, found {self._next}", self._text, self._next.position)
