"""The outbox with 200,000 deliveries for a target that is down for three days, in a process of its own."""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uvloop

from gateways.application.opening import open_services
from gateways.outbox.listing import list_deliveries, target_figures
from tests.gateways.centre import centre_settings
from tests.gateways.effects.outage import OutageEffect, live_through, plan_straight

__all__ = ["measure_deliveries"]

ROWS, DAYS = 200_000, 3


def measure_deliveries() -> dict[str, float]:
    """Measures how fast deliveries are planned and drained, and by how much the process grows while they wait."""
    output = subprocess.run([sys.executable, "-m", __name__], check=True, capture_output=True, text=True).stdout
    figures: dict[str, float] = json.loads(output)
    return figures


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 2**20, 1)


async def _live_through(directory: Path) -> dict[str, float]:
    async with open_services(centre_settings(directory)) as services:
        began = time.perf_counter()
        effect = OutageEffect(plan_straight(services.outbox, ROWS))
        planned_in, before, waiting = time.perf_counter() - began, _resident_mib(), 0.0

        def look() -> None:
            nonlocal waiting
            waiting = max(waiting, _resident_mib())

        began = time.perf_counter()
        course = await live_through(services, effect, ROWS, DAYS * 24, look)
        down_for = time.perf_counter() - began - course.drained_in
        began = time.perf_counter()
        target_figures(services.outbox, time.time())
        figures_in = time.perf_counter() - began
        lost = ROWS - effect.taken["down"] + len(list_deliveries(services.outbox, states=("waiting", "parked")))
    return {
        "planned_per_s": round(ROWS / planned_in),
        "drained_per_s": round(ROWS / course.drained_in),
        "down_for_s": round(down_for, 1),
        "calls_while_down": course.calls_while_down,
        "lost": lost,
        "out_of_order": effect.out_of_order,
        "mib_before": before,
        "mib_while_down": waiting,
        "mib_drained": _resident_mib(),
        "figures_ms": round(figures_in * 1000, 1),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as directory, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.write(json.dumps(runner.run(_live_through(Path(directory)))))


if __name__ == "__main__":
    main()
