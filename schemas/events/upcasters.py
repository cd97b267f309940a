"""How recorded data of an older version becomes data of the next: {(type, version): function}."""

from collections.abc import Callable
from typing import Any

__all__ = ["UPCASTERS"]

UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
