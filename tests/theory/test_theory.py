"""The engine's queues against Erlang C and Erlang A, and customer by customer against the textbook's recursion."""

from dataclasses import replace
from random import Random

import pytest

from tests.theory.centre import Passage
from tests.theory.comparison import Comparison, batch_figures, compare, most_misses, objections
from tests.theory.grid import ENGINE, ENGINE_WIDEST, EVERYTHING, EVERYTHING_WIDEST, Cell
from tests.theory.load import Load, arrivals
from tests.theory.recursion import recursion
from tests.theory.simulation import simulate

BUSY = Cell(Load(5, 0.8), 4_000)
IMPATIENT = Cell(Load(5, 1.2, 1.0), 1_500)


def served(cell: Cell, more_agents: int = 0) -> list[Passage]:
    """The passages by the recursion. Another test shows that the engine serves these cells the same way, to the
    microsecond."""
    return recursion(cell.load.agents + more_agents, arrivals(cell.load, cell.arrivals, seed=0))


def compared(cell: Cell, passages: list[Passage]) -> list[Comparison]:
    return compare(cell.load, batch_figures(passages[cell.warm_up :], cell.batches))


def test_the_engine_agrees_with_erlang_c_and_erlang_a() -> None:
    """The figures are the recursion's; the next test shows that the engine's are the same."""
    comparisons = [comparison for cell in ENGINE for comparison in compared(cell, served(cell))]
    assert objections(comparisons, ENGINE_WIDEST) == []


@pytest.mark.parametrize("cell", ENGINE, ids=lambda cell: str(cell.load))
def test_every_customer_waits_to_the_microsecond_as_by_the_recursion(cell: Cell) -> None:
    """The first half of a cell's customers, whom those who come later do not delay."""
    came = arrivals(cell.load, cell.arrivals, seed=0)[: cell.arrivals // 2]
    assert simulate(cell.load.agents, came) == recursion(cell.load.agents, came)


def test_the_recursion_agrees_with_erlang_c_and_erlang_a_over_the_whole_grid() -> None:
    """The recursion takes the place of the engine, which would need too long for the whole grid; the test before
    this one shows that they agree. Where all are patient, half of the customers do."""
    comparisons: list[Comparison] = []
    for whole in EVERYTHING:
        cell = whole if whole.load.patience is not None else whole._replace(customers=whole.customers // 2)
        batches = []
        for run in range(cell.runs):
            passages = recursion(cell.load.agents, arrivals(cell.load, cell.arrivals, seed=run))
            batches += batch_figures(passages[cell.warm_up :], cell.batches)
        comparisons += compare(cell.load, batches)
    assert objections(comparisons, EVERYTHING_WIDEST) == []


@pytest.mark.parametrize("cell", [BUSY, IMPATIENT], ids=lambda cell: str(cell.load))
def test_a_centre_with_one_agent_more_is_rejected(cell: Cell) -> None:
    for comparison in compared(cell, served(cell, more_agents=1)):
        (objection,) = objections([comparison], {comparison.figure: 1.0})
        assert f"{cell.load}: {comparison.figure} is" in objection


def test_customers_of_half_the_patience_are_rejected() -> None:
    hasty = IMPATIENT._replace(load=replace(IMPATIENT.load, patience=0.5))
    assert objections(compared(IMPATIENT, served(hasty)), ENGINE_WIDEST)


def test_a_line_that_is_not_first_come_first_served_has_the_mean_wait_and_yet_is_found_out() -> None:
    came = arrivals(BUSY.load, BUSY.arrivals, seed=0)
    random = Random(1)
    passages = simulate(BUSY.load.agents, came, [random.randint(1, 10) for _ in came])
    assert objections(compared(BUSY, passages), ENGINE_WIDEST) == []
    assert passages != recursion(BUSY.load.agents, came)


def test_intervals_that_are_too_wide_or_miss_too_often_are_rejected() -> None:
    theory = compared(BUSY, served(BUSY))[1].theory
    vague = Comparison(BUSY.load, "mean_wait", theory, [0.0, 2 * theory])
    (objection,) = objections([vague], {"mean_wait": 0.5})
    assert "says too little" in objection
    beside = Comparison(BUSY.load, "mean_wait", theory, [theory * share for share in (1.01, 1.03) * 3])
    (objection,) = objections([beside] * 20, {"mean_wait": 0.5})
    assert objection == "mean_wait: 20 of 20 intervals miss, more than chance explains"


@pytest.mark.parametrize(("intervals", "most"), [(1, 1), (20, 4), (100, 11)])
def test_chance_lets_some_intervals_miss(intervals: int, most: int) -> None:
    assert most_misses(intervals) == most
