"""How many agents a queue shares with each other queue, which estimates ask for more often than it changes."""

from collections.abc import Mapping, Sequence

from actors.router.pool import AgentPool

__all__ = ["SharedAgents", "count_shared"]

_FEW = 20
"""The most agents for each of whom the counts are corrected; for more of them, counting anew is faster."""


class SharedAgents:
    """A memo of ``count_shared`` for one line. It follows from the state and is no part of it: it remembers the sets of
    which it counted, corrects the counts by the agents who accept tasks since then or do no more, and counts anew when
    a criterion or an attribute has changed."""

    def __init__(self) -> None:
        self._steps: list[int] = []
        self._queues: dict[str, int] = {}
        self._accepting = 0
        self._counts: dict[str, list[int]] = {}

    def counts(
        self, name: str, steps: Sequence[int], queues: dict[str, int], pool: AgentPool
    ) -> Mapping[str, Sequence[int]]:
        """What ``count_shared`` returns for the line of this name and the agents who accept tasks now."""
        changed = (self._accepting ^ pool.accepting) & steps[-1]
        if self._steps != steps or self._queues != queues or changed.bit_count() > _FEW:
            self._steps, self._queues = list(steps), queues
            self._counts = count_shared(steps, queues, pool.accepting)
        elif changed:
            self._correct(name, changed, pool)
        self._accepting = pool.accepting
        return self._counts

    def _correct(self, name: str, changed: int, pool: AgentPool) -> None:
        for agent in pool.agents_of(changed):
            more = 1 if agent.accepting else -1
            for queue in agent.reach:
                counts = self._counts[queue]
                for step in range(agent.reach[name], len(counts)):
                    counts[step] += more


def count_shared(steps: Sequence[int], queues: Mapping[str, int], among: int) -> dict[str, list[int]]:
    """For each queue, how many of its agents each step of a line admits, of these agents alone. Sets are bits."""
    admitted = [step & among for step in steps]
    return {queue: [(agents & step).bit_count() for step in admitted] for queue, agents in queues.items()}
