"""``python -m tests.simulation.days``: days of a contact centre at length. SEED and EVENTS choose the days and the
number of events."""

import logging
import os
import resource
import sys
import time

from tests.simulation.days.centre import Centre
from tests.simulation.days.run import simulate_days
from tests.simulation.invariants import check_record
from tests.simulation.run import Mishaps

__all__ = ["main"]

_MISHAPS = Mishaps(restarts=0.02, failures=0.5, nights=0.005, jumps=0.02)


def main() -> None:
    logging.disable()
    seed, events = int(os.environ.get("SEED", "1")), int(os.environ.get("EVENTS", "1000000"))
    begun = time.monotonic()

    centre, figures = simulate_days(seed, events, _MISHAPS, lambda centre: _show(centre, events))
    simulated = time.monotonic() - begun
    check_record(centre.world)
    taken = time.monotonic() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    position = centre.world.position
    print(f"\n{figures.as_text()}\n")
    print(f"seed {seed}: {position:,} events until {centre.now:%d %B %H:%M}, every invariant held")
    print(f"{simulated:,.0f} s, {position / simulated:,.0f} events/s; {taken:,.0f} s with the check of the journal")
    print(f"{len(centre.world.failed)} commands were not kept; {memory:,.0f} MiB")


def _show(centre: Centre, events: int) -> None:
    print(f"\r{centre.world.position:>12,} of {events:,} events, {centre.now:%d %B %H:%M} ", end="", file=sys.stderr)


if __name__ == "__main__":
    main()
