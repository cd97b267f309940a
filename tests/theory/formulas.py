"""Queueing theory about a line before n agents: Erlang's formulas, in closed form.

``offered`` is the work that arrives, in Erlang; times are in mean service times.
"""

from typing import NamedTuple

__all__ = ["Figures", "erlang_a", "erlang_b", "erlang_c"]


class Figures(NamedTuple):
    """The share of the customers that waits at all, the mean wait over all of them, and the share that gives up."""

    waiting: float
    mean_wait: float
    abandoned: float


def erlang_b(agents: int, offered: float) -> float:
    """The share of the customers that finds all agents busy where nobody waits.

    Erlang (1917); the recursion over the agents is in Cooper, Introduction to Queueing Theory (1981), section 3.3.
    """
    blocked = 1.0
    for busy in range(1, agents + 1):
        blocked = offered * blocked / (busy + offered * blocked)
    return blocked


def erlang_c(agents: int, offered: float) -> Figures:
    """M/M/n: nobody gives up. Defined for ``offered`` below ``agents``.

    Erlang (1917), from Erlang B as in Cooper (1981), section 3.4: C = B / (1 - rho (1 - B)), W = C / (n - a).
    """
    if offered >= agents:
        raise ValueError("the line grows without end; offer less than there are agents")
    blocked = erlang_b(agents, offered)
    waiting = blocked / (1 - offered / agents * (1 - blocked))
    return Figures(waiting, waiting / (agents - offered), 0.0)


def erlang_a(agents: int, offered: float, patience: float) -> Figures:
    """M/M/n+M: customers give up after an exponential time of mean ``patience``.

    Palm (1957), as in Mandelbaum and Zeltyn, "Service engineering in action: the Palm/Erlang-A queue" (2007),
    section 4: with A = A(n·patience, a·patience) and B of Erlang B, P{W>0} = A·B / (1 + (A - 1)·B),
    P{Ab | W>0} = 1/(rho·A) + 1 - 1/rho, and E[W] = P{Ab}·patience.
    """
    rho = offered / agents
    palm = _palm(agents * patience, offered * patience)
    blocked = erlang_b(agents, offered)
    waiting = palm * blocked / (1 + (palm - 1) * blocked)
    abandoned = waiting * (1 / (rho * palm) + 1 - 1 / rho)
    return Figures(waiting, abandoned * patience, abandoned)


def _palm(x: float, y: float) -> float:
    """A(x, y) = x·e^y / y^x · gamma(x, y), gamma being the lower incomplete gamma function, by its series."""
    total = term = 1.0
    number = 1
    while term > total * 1e-17:
        term *= y / (x + number)
        total += term
        number += 1
    return total
