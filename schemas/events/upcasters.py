"""How what was recorded under an older name or version is read today."""

from collections.abc import Callable
from typing import Any

__all__ = ["RENAMED", "UPCASTERS"]

RENAMED: dict[str, str] = {"TaskHeld": "TaskAssignedDirectly"}
"""The names that types of events had once: {then: now}."""


def _login_with_mrd_settings(data: dict[str, Any]) -> dict[str, Any]:
    """An agent's MRDs were numbers of tasks."""
    return {**data, "mrds": {mrd: {"max_tasks": most} for mrd, most in data["mrds"].items()}}


UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("AgentLoggedIn", 1): _login_with_mrd_settings,
}
"""How data of one version becomes data of the next: {(type, version): function}."""
