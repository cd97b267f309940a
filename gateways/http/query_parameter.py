"""The declaration of a parameter of the query."""

from dataclasses import dataclass
from typing import Literal

from schemas.configuration import TableName

__all__ = ["QueryParameter"]


@dataclass(frozen=True)
class QueryParameter:
    """A parameter of the query. Every request is checked against its declaration before its handler runs.

    An integer is ``minimum`` at least, and an ``id`` a UUID in lower case. ``values`` are the only ones allowed;
    ``listed`` allows several, separated by commas. With ``names`` each value is the name of an item that is or was
    configured in this table, or ``none``, which stands for the lack of one. The parameter cannot stand beside the one
    that it ``excludes``; it applies ``only_with`` certain values of another one, of which an empty value stands for
    leaving that one out.
    """

    name: str
    description: str
    type: Literal["integer", "string", "boolean", "id"] = "string"
    required: bool = False
    minimum: int = 0
    values: tuple[str, ...] = ()
    listed: bool = False
    names: TableName | None = None
    none: str | None = None
    excludes: str | None = None
    only_with: tuple[str, tuple[str, ...]] | None = None
