"""The engine: one thread that runs the actors, commits what they decide, and only then lets anything out.

engine.py (the thread, and the way to it from asyncio), entity_system.py (requests and commits), cascade.py (a command
and all its consequences), entity_registry.py (the entities in memory), entity_actor.py (an entity as an actor),
timers.py (deadlines), recovery.py (the start), clock.py.
"""

from actors.engine.cascade import Committed, Outcome, Request
from actors.engine.clock import MonotonicClock
from actors.engine.engine import Engine
from actors.engine.entity_system import EntitySystem
from actors.engine.exceptions import (
    CommandFailedError,
    EngineError,
    EngineStoppedError,
    NotDurableError,
    QueueFullError,
)
from actors.engine.recovery import Recovery

__all__ = [
    "CommandFailedError",
    "Committed",
    "Engine",
    "EngineError",
    "EngineStoppedError",
    "EntitySystem",
    "MonotonicClock",
    "NotDurableError",
    "Outcome",
    "QueueFullError",
    "Recovery",
    "Request",
]
