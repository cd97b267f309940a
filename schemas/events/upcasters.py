"""The changes by which events recorded under an older name or version are read today."""

from collections.abc import Callable
from typing import Any

__all__ = ["RENAMED", "UPCASTERS"]

RENAMED: dict[str, str] = {"TaskHeld": "TaskAssignedDirectly"}
"""The former names of event types, with their names today."""


def _login_with_mrd_settings(data: dict[str, Any]) -> dict[str, Any]:
    """Turns the MRDs of an agent, which were numbers of tasks, into their settings."""
    return {**data, "mrds": {mrd: {"max_tasks": most} for mrd, most in data["mrds"].items()}}


UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("AgentLoggedIn", 1): _login_with_mrd_settings,
}
"""The functions that turn the data of one version into data of the next, by type and version."""
