"""Attributes that come from outside, and the fields of a request that become attributes."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from gateways.exceptions import invalid_field
from gateways.http.nesting import MAX_LEVELS, nests_too_deeply

__all__ = ["MAX_ATTRIBUTES_BYTES", "check_attributes", "check_extent", "check_nesting", "with_fields"]

MAX_ATTRIBUTES_BYTES = 16 * 1024
"""The most that the attributes of a conversation or a customer may have, as JSON."""


def check_attributes(attributes: Mapping[str, Any], fields: Iterable[str]) -> None:
    """Raises RefusedError when attributes are too large, nest too deeply, or hold the name of a field that becomes an
    attribute."""
    for name in fields:
        if name in attributes:
            raise invalid_field(f"attributes.{name}", f"is a field of its own: write {name} beside attributes")
    check_extent({"attributes": attributes})


def check_extent(fields: Mapping[str, Any]) -> None:
    """Raises RefusedError for the first of the fields, given by path, that is too large or nests too deeply."""
    check_nesting(fields)
    for path, value in fields.items():
        size = len(msgspec.json.encode(value)) if value else 0
        if size > MAX_ATTRIBUTES_BYTES:
            raise invalid_field(path, f"must not be larger than {MAX_ATTRIBUTES_BYTES} bytes as JSON, and has {size}")


def check_nesting(fields: Mapping[str, Any]) -> None:
    """Raises RefusedError for the first of the fields, given by path, that nests too deeply."""
    for path, value in fields.items():
        if nests_too_deeply(value):
            raise invalid_field(path, f"must not nest deeper than {MAX_LEVELS} levels")


def with_fields(attributes: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """The attributes and those fields beside them that have a value."""
    return {**attributes, **{name: value for name, value in fields.items() if value is not None}}
