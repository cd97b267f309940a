"""``python -m tests.theory``: the whole grid through the engine, printed as in docs/routing-theory.md."""

import sys

from tests.theory.comparison import Comparison, batch_figures, compare, objections
from tests.theory.formulas import Figures
from tests.theory.grid import EVERYTHING, EVERYTHING_WIDEST, Cell
from tests.theory.load import arrivals
from tests.theory.recursion import recursion
from tests.theory.simulation import simulate

__all__ = ["main"]

HEAD = """\
| load | customers | waiting probability | simulated | mean wait | simulated | abandonment | simulated |
|---|---|---|---|---|---|---|---|"""


def main() -> int:
    print(HEAD)
    comparisons: list[Comparison] = []
    differing = 0
    for cell in EVERYTHING:
        batches, differ = _simulated(cell)
        differing += differ
        compared = compare(cell.load, batches)
        comparisons += compared
        columns = [*map(_as_cell, compared), *[" | "] * (len(Figures._fields) - len(compared))]
        print(f"| {cell.load} | {cell.customers:,} | {' | '.join(columns)} |", flush=True)
    found = objections(comparisons, EVERYTHING_WIDEST)
    missed = sum(not each.interval().holds(each.theory) for each in comparisons)
    print(
        f"\n{len(comparisons)} intervals, {missed} miss; {differing} customers waited otherwise than by the recursion"
    )
    print("\n".join(found) or "nothing speaks against it")
    return 1 if found or differing else 0


def _simulated(cell: Cell) -> tuple[list[Figures], int]:
    """The figures of all batches, and the number of customers whom the engine served otherwise than the recursion."""
    batches: list[Figures] = []
    differ = 0
    for run in range(cell.runs):
        came = arrivals(cell.load, cell.arrivals, seed=run)
        passages = simulate(cell.load.agents, came)
        by_recursion = recursion(cell.load.agents, came)
        differ += sum(ours != theirs for ours, theirs in zip(passages, by_recursion, strict=True))
        batches += batch_figures(passages[cell.warm_up :], cell.batches)
    return batches, differ


def _as_cell(each: Comparison) -> str:
    """The value of theory and the simulation's 95 % interval; an interval that misses is in bold type."""
    found = each.interval()
    emphasis = "" if found.holds(each.theory) else "**"
    return f"{each.theory:.4f} | {emphasis}{found.mean:.4f} ± {found.half_width:.4f}{emphasis}"


if __name__ == "__main__":
    sys.exit(main())
