"""The router of one media routing domain: its waiting lines, and who gets which task."""

from actors.router.line import WaitingLine
from actors.router.matching import MAX_NAMED_CANDIDATES
from actors.router.pool import AgentPool, Availability
from actors.router.router import ROUTER
from actors.router.state import Router
from actors.router.task import Place, RoutedTask

__all__ = [
    "MAX_NAMED_CANDIDATES",
    "ROUTER",
    "AgentPool",
    "Availability",
    "Place",
    "RoutedTask",
    "Router",
    "WaitingLine",
]
