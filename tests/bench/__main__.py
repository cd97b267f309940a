"""``python -m tests.bench``: runs the measurements, prints them and writes bench.json."""

import asyncio
import json
import tempfile
from pathlib import Path

import uvloop

from tests.bench.dashboard import measure_dashboard
from tests.bench.deliveries import measure_deliveries
from tests.bench.delivery import measure_delivery
from tests.bench.desk import measure_desk
from tests.bench.engine_memory import measure_engine
from tests.bench.fold import measure_fold
from tests.bench.interference import measure_interference
from tests.bench.memory import measure_memory
from tests.bench.message_path import measure_message_path
from tests.bench.push import measure_push
from tests.bench.rebuild import measure_rebuild
from tests.bench.routing import measure_routing
from tests.bench.servers import baseline, hybrid_chat, use_client_cores
from tests.bench.startup import measure_startup
from tests.bench.startup_journal import write_journal

__all__ = ["main"]


async def _measure(directory: Path) -> dict[str, dict[str, float]]:
    with baseline() as echo, hybrid_chat(directory / "messages") as ours:
        message_path = await measure_message_path(ours, echo)
    _show("message_path", message_path)
    with hybrid_chat(directory / "push") as ours:
        push = await measure_push(ours, message_path["ours_per_s"] / 10)
    _show("push", push)
    fold = measure_fold(directory / "messages" / "journal.db")
    _show("fold", fold)
    with hybrid_chat(directory / "memory") as ours:
        memory = await measure_memory(ours)
    _show("memory", memory)
    routing = measure_routing()
    _show("routing", routing)
    engine = measure_engine()
    _show("engine", engine)
    deliveries = measure_deliveries()
    _show("deliveries", deliveries)
    delivery = await measure_delivery(directory / "delivery")
    _show("delivery", delivery)
    with hybrid_chat(directory / "messages") as ours:
        interference = await measure_interference(ours, directory / "messages")
    _show("interference", interference)
    with hybrid_chat(directory / "dashboard") as ours:
        dashboard = await measure_dashboard(ours)
    _show("dashboard", dashboard)
    desk = await measure_desk(directory / "desk")
    _show("desk", desk)
    (directory / "million").mkdir()
    write_journal(directory / "million" / "journal.db")
    rebuild = measure_rebuild(directory / "million" / "journal.db", directory)
    _show("rebuild", rebuild)
    startup = measure_startup(directory / "million")
    _show("startup", startup)
    return {
        "message_path": message_path,
        "push": push,
        "fold": fold,
        "memory": memory,
        "routing": routing,
        "engine": engine,
        "deliveries": deliveries,
        "delivery": delivery,
        "interference": interference,
        "dashboard": dashboard,
        "desk": desk,
        "rebuild": rebuild,
        "startup": startup,
    }


def _show(name: str, figures: dict[str, float]) -> None:
    print(f"{name:<14}" + "  ".join(f"{key} {value:,}" for key, value in figures.items()), flush=True)


def main() -> None:
    use_client_cores()
    with tempfile.TemporaryDirectory() as directory, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        results = runner.run(_measure(Path(directory)))
    Path("bench.json").write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
