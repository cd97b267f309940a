"""Parsing JMESPath, and refusing at once what would only fail, or never match, on every object it is asked of."""

import math
import warnings
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Any

import jmespath
from jmespath.exceptions import EmptyExpressionError, IncompleteExpressionError, LexerError, ParseError
from jmespath.functions import Functions
from jmespath.lexer import Lexer

from gateways.inspection.exceptions import ConditionError

__all__ = ["MAX_CHARACTERS", "parse_expression"]

MAX_CHARACTERS = 4_096
_MOST_COPIES = 100
_SHOWN = 40
_QUOTES = "text stands in single quotes"
_ASKS_ONLY_ITS_FIRST = (
    "filter_projection",
    "index_expression",
    "pipe",
    "projection",
    "subexpression",
    "value_projection",
)
"""What these nodes ask besides, they ask of what their first child gives."""

_Node = dict[str, Any]
_FUNCTIONS: dict[str, Any] = Functions.FUNCTION_TABLE


def parse_expression(text: str, fields: Collection[str]) -> Any:
    """The expression to ``search`` objects of these fields with. Raises ConditionError."""
    if len(text) > MAX_CHARACTERS:
        raise ConditionError(f"a condition has at most {MAX_CHARACTERS:,} characters", text, MAX_CHARACTERS)
    try:
        expression = _parsed(text)
        _check_calls(text, expression.parsed)
        _check_fields(text, expression.parsed, fields)
        if math.prod(_copies(expression.parsed)) > _MOST_COPIES:
            raise ConditionError("the condition copies what it looks at too often", text, 0)
    except RecursionError:
        raise ConditionError("the condition is nested too deeply", text, 0) from None
    return expression


def _parsed(text: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            return jmespath.compile(text)
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
    """The parser lets functions pass that do not exist, and arguments that are too few or too many."""
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
            # Glue that is a text of any length, and joins within it, would fill the memory.
            raise ConditionError("the glue of join is a text in single quotes", text, position)


def _check_fields(text: str, parsed: _Node, fields: Collection[str]) -> None:
    """A text in double quotes is a field to JMESPath, and so is a word that was not quoted at all."""
    for name in _asked_first(parsed):
        if name not in fields:
            problem = f"there is no field {_shortened(name)}, but {', '.join(fields)}; {_QUOTES}"
            raise ConditionError(problem, text, _place_of_field(text, name))


def _asked_first(node: _Node) -> Iterator[str]:
    """The fields that are asked of the object itself, not of what lies in it."""
    if node["type"] == "field":
        yield node["value"]
    elif node["type"] != "expref":
        children = _children(node)
        for child in children[:1] if node["type"] in _ASKS_ONLY_ITS_FIRST else children:
            yield from _asked_first(child)


def _calls(node: _Node) -> Iterator[_Node]:
    """In the order of the text."""
    if node["type"] == "function_expression":
        yield node
    children = _children(node)
    if node["type"] == "filter_projection":
        base, wanted, condition = children
        children = [base, condition, wanted]
    for child in children:
        yield from _calls(child)


def _copies(node: _Node) -> Iterator[int]:
    """How often each list or object that is made repeats what it is made of: a chain of them would fill the memory. A
    list as text is up to twice as long when it becomes text again, for each backslash gets another."""
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
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
