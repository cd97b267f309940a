"""How recorded data of an older version becomes data of the next: {(type, version): function}."""

from collections.abc import Callable
from typing import Any

__all__ = ["UPCASTERS"]


def _login_with_mrd_settings(data: dict[str, Any]) -> dict[str, Any]:
    """The media routing domains were numbers of tasks."""
    return {**data, "mrds": {mrd: {"max_tasks": most} for mrd, most in data["mrds"].items()}}


UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("AgentLoggedIn", 1): _login_with_mrd_settings,
}
