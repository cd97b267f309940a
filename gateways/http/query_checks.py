"""Checks a query string against its declaration: every parameter is used or refused, and every fault is named."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl

from gateways.http.problems import Problem, invalid_inputs
from gateways.http.query_parameter import QueryParameter
from schemas.field_errors import FieldError
from schemas.identifiers import UUID_PATTERN

__all__ = ["read_query"]

_ID = re.compile(UUID_PATTERN)
_MAX_QUOTED = 64
_MAX_DIGITS = 18


def read_query(query_string: bytes, declared: Sequence[QueryParameter], open_to_others: bool = False) -> dict[str, str]:
    """The parameters of a query string. Raises Problem, which names every parameter that is unknown, missing, repeated
    or wrong. A query that is ``open_to_others`` may hold parameters that are not declared."""
    try:
        pairs = parse_qsl(query_string.decode(), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise Problem("malformed_query", f"the query string does not decode: {error}") from error
    query = dict(pairs)
    found = [*_repeated(pairs), *([] if open_to_others else _unknown(query, declared))]
    for parameter in declared:
        found += _faults(parameter, query)
    if found:
        raise invalid_inputs(found)
    return query


def _repeated(pairs: Sequence[tuple[str, str]]) -> Iterator[FieldError]:
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            yield FieldError(name[:_MAX_QUOTED], "is given more than once; give it once")


def _unknown(query: dict[str, str], declared: Sequence[QueryParameter]) -> Iterator[FieldError]:
    names = [parameter.name for parameter in declared]
    for name in query:
        if name not in names:
            usable = f"it takes {', '.join(names)}" if names else "it takes none"
            yield FieldError(name[:_MAX_QUOTED], f"is no parameter of this operation; {usable}")


def _faults(parameter: QueryParameter, query: dict[str, str]) -> Iterator[FieldError]:
    text = query.get(parameter.name)
    if text is None:
        if parameter.required:
            yield FieldError(parameter.name, f"is missing: {parameter.description}")
        return
    if (message := _misfit(parameter, text)) is not None:
        yield FieldError(parameter.name, message)
    if parameter.excludes is not None and parameter.excludes in query:
        yield FieldError(parameter.name, f"cannot be given together with {parameter.excludes}")
    if parameter.only_with is not None:
        other, values = parameter.only_with
        if query.get(other, "") not in values:
            wanted = " or ".join(f"with {other}={value}" if value else f"without {other}" for value in values)
            yield FieldError(parameter.name, f"applies only {wanted}")


def _misfit(parameter: QueryParameter, text: str) -> str | None:
    quoted = repr(text[:_MAX_QUOTED])
    if parameter.values:
        sent = text.split(",") if parameter.listed else [text]
        wrong = [value for value in sent if value not in parameter.values]
        return f"must be one of {', '.join(parameter.values)}, not {wrong[0][:_MAX_QUOTED]!r}" if wrong else None
    if parameter.type == "id":
        return None if _ID.match(text) else f"must be a UUID in lower case, not {quoted}"
    if parameter.type == "boolean":
        return None if text in ("true", "false") else f"must be true or false, not {quoted}"
    if parameter.type == "integer":
        fits = text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS and int(text) >= parameter.minimum
        return None if fits else f"must be a whole number from {parameter.minimum}, not {quoted}"
    return None
