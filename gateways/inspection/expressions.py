"""Parses JMESPath, and refuses at once an expression that would fail on every object, or never match one."""

import math
import warnings
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Any, Protocol

import jmespath
from jmespath.exceptions import EmptyExpressionError, IncompleteExpressionError, LexerError, ParseError
from jmespath.functions import Functions
from jmespath.lexer import Lexer

from gateways.inspection.exceptions import ConditionError

__all__ = ["MAX_CHARACTERS", "parse_expression"]

MAX_CHARACTERS = 4_096
_MAX_COPIES = 100
_MAX_QUOTED = 40
_QUOTES = "text stands in single quotes"
_EVALUATED_ON_FIRST_CHILD = (
    "filter_projection",
    "index_expression",
    "pipe",
    "projection",
    "subexpression",
    "value_projection",
)
"""The nodes whose first child is evaluated on the object itself, and whose other children on the first child's
result."""

_Node = dict[str, Any]  # jmespath has no types
_FUNCTIONS: dict[str, Any] = Functions.FUNCTION_TABLE  # jmespath has no types


class Expression(Protocol):
    """A parsed expression of jmespath."""

    parsed: _Node

    def search(self, value: object) -> object:
        """The result of the expression for this object."""


def parse_expression(text: str, fields: Collection[str]) -> Expression:
    """Parses an expression for objects of these fields. Raises ConditionError."""
    if len(text) > MAX_CHARACTERS:
        raise ConditionError(f"a condition has at most {MAX_CHARACTERS:,} characters", text, MAX_CHARACTERS)
    try:
        expression = _parsed(text)
        _check_calls(text, expression.parsed)
        _check_fields(text, expression.parsed, fields)
        if math.prod(_copies(expression.parsed)) > _MAX_COPIES:
            raise ConditionError("the condition copies what it looks at too often", text, 0)
    except RecursionError:
        raise ConditionError("the condition is nested too deeply", text, 0) from None
    return expression


def _parsed(text: str) -> Expression:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            expression: Expression = jmespath.compile(text)
            return expression
    except LexerError as error:
        problem = f"this is no JMESPath: {error.message}; {_QUOTES}"
        raise ConditionError(problem, text, error.lexer_position) from error
    except (EmptyExpressionError, IncompleteExpressionError) as error:
        raise ConditionError("the condition ends too early", text, len(text)) from error
    except ParseError as error:
        problem = f"{_shortened(str(error.token_value)) or 'the end'} is not expected here"
        raise ConditionError(problem, text, error.lex_position) from error
    except ValueError as error:
        raise ConditionError(f"this is no JMESPath: {error}", text, 0) from error


def _check_calls(text: str, parsed: _Node) -> None:
    """Refuses functions that do not exist, and too few or too many arguments. The parser accepts both."""
    for node, position in zip(_calls(parsed), _places_of_calls(text), strict=True):
        name, given = node["value"], len(node["children"])
        if name not in _FUNCTIONS:
            problem = f"there is no function {_shortened(name)}, but {', '.join(sorted(_FUNCTIONS))}"
            raise ConditionError(problem, text, position)
        wanted = _FUNCTIONS[name]["signature"]
        more = bool(wanted) and wanted[-1].get("variadic", False)
        if given < len(wanted) or (given > len(wanted) and not more):
            problem = f"{name} takes {'at least ' if more else ''}{len(wanted)} arguments and is given {given}"
            raise ConditionError(problem, text, position)
        if name == "join" and node["children"][0]["type"] != "literal":
            # A glue of any length, with further joins in it, would fill the memory.
            raise ConditionError("the glue of join is a text in single quotes", text, position)


def _check_fields(text: str, parsed: _Node, fields: Collection[str]) -> None:
    """Refuses unknown fields. JMESPath takes a text in double quotes for a field, and an unquoted word too."""
    for name in _top_level_fields(parsed):
        if name not in fields:
            problem = f"there is no field {_shortened(name)}, but {', '.join(fields)}; {_QUOTES}"
            raise ConditionError(problem, text, _place_of_field(text, name))


def _top_level_fields(node: _Node) -> Iterator[str]:
    """The fields that are read from the object itself, not from a value inside it."""
    if node["type"] == "field":
        yield node["value"]
    elif node["type"] != "expref":
        children = _children(node)
        for child in children[:1] if node["type"] in _EVALUATED_ON_FIRST_CHILD else children:
            yield from _top_level_fields(child)


def _calls(node: _Node) -> Iterator[_Node]:
    """The calls of functions, in the order of the text."""
    if node["type"] == "function_expression":
        yield node
    children = _children(node)
    if node["type"] == "filter_projection":
        base, wanted, condition = children
        children = [base, condition, wanted]
    for child in children:
        yield from _calls(child)


def _copies(node: _Node) -> Iterator[int]:
    """How often each list or object that is built repeats its input, because a chain of them would fill the memory. A
    list as text is up to twice as long when it becomes text again, because each backslash gets another one."""
    children = _children(node)
    if node["type"] == "function_expression" and node["value"] == "to_string":
        yield 2
    if node["type"] in ("multi_select_list", "multi_select_dict"):
        yield max(1, sum(child["type"] != "literal" for child in children))
    for child in children:
        yield from _copies(child)


def _children(node: _Node) -> list[_Node]:
    return [] if node["type"] == "slice" else node["children"]


def _places_of_calls(text: str) -> list[int]:
    tokens = _tokens(text)
    return [
        token["start"]
        for token, following in pairwise(tokens)
        if token["type"] == "unquoted_identifier" and following["type"] == "lparen"
    ]


def _place_of_field(text: str, name: str) -> int:
    places: list[int] = [
        token["start"]
        for token in _tokens(text)
        if token["type"] in ("quoted_identifier", "unquoted_identifier") and token["value"] == name
    ]
    return places[0]


def _tokens(text: str) -> list[_Node]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        return list(Lexer().tokenize(text))


def _shortened(name: str) -> str:
    return name if len(name) <= _MAX_QUOTED else f"{name[:_MAX_QUOTED]}…"
