"""Every projection that is kept in a database."""

from projections.facts import FACTS
from projections.inspection import INSPECTION
from projections.runner import Projection, UnknownProjectionError
from projections.search import SEARCH

__all__ = ["PROJECTIONS", "projection_named"]

PROJECTIONS: tuple[Projection, ...] = (*FACTS, *INSPECTION, SEARCH)


def projection_named(name: str) -> Projection:
    """The projection of this name. Raises UnknownProjectionError."""
    for projection in PROJECTIONS:
        if projection.name == name:
            return projection
    known = ", ".join(projection.name for projection in PROJECTIONS)
    raise UnknownProjectionError(f"there is no projection {name[:64]!r}; there are {known}")
