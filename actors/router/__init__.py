"""The router of one MRD: its waiting lines, and who gets which task.

state.py (lines, agents and tasks, and how events change them), router.py (the decider and its deadline), matching.py
(which agent gets which task), estimating.py (how long a task waits), sharing.py (how many agents queues share), line.py
(the line of one queue), pool.py (the agents), task.py (a task and its place), snapshot.py (the state as bytes).
"""

from actors.router.estimating import PlaceInLine, estimated_wait, estimated_wait_of
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
    "PlaceInLine",
    "RoutedTask",
    "Router",
    "WaitingLine",
    "estimated_wait",
    "estimated_wait_of",
]
