"""The agents to whom a task is not offered because they let it go, as long as another agent may take it."""

from collections.abc import Mapping

from actors.router.line import WaitingLine
from actors.router.pool import AgentPool
from actors.router.task import LetGo, RoutedTask
from schemas.tasks import Direction

__all__ = ["barred", "barred_from"]


def barred(pool: AgentPool, line: WaitingLine, task: RoutedTask) -> int:
    """The agents to whom this task of the line is not offered, as bits."""
    return barred_from(pool, line, task.excluded, task.direction) if task.excluded else 0


def barred_from(pool: AgentPool, line: WaitingLine, excluded: Mapping[str, LetGo], direction: Direction) -> int:
    """Nobody is excluded from a task that nobody else could take: the agents who let it go are barred while an agent
    who did not is there and is admitted by any step. An agent who asks for help is never offered that request."""
    let_go = pool.bits(excluded)
    if line.eligible[-1] & pool.accepting & ~let_go:
        return let_go
    return pool.bits(agent_id for agent_id, how in excluded.items() if how.is_final(direction))
