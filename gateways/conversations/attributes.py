"""Attributes that come from outside, and what a request's own fields add to them."""

from collections.abc import Iterable, Mapping
from typing import Any

from gateways.http.nesting import check_nesting
from gateways.http.problems import invalid_input

__all__ = ["check_attributes", "with_told"]


def check_attributes(attributes: Mapping[str, Any], fields: Iterable[str]) -> None:
    """Raises Problem when they nest too deeply, or have the name of a field that becomes one of them."""
    for name in fields:
        if name in attributes:
            raise invalid_input(f"attributes.{name}", f"is a field of its own: write {name} beside attributes")
    check_nesting({"attributes": attributes})


def with_told(attributes: Mapping[str, Any], **told: Any) -> dict[str, Any]:
    """The attributes and what was told beside them."""
    return {**attributes, **{name: value for name, value in told.items() if value is not None}}
