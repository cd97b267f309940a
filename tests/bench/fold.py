"""The fold: decoding the journal's events and rebuilding every state from them."""

import time
from pathlib import Path
from typing import Any

from actors.entities import decider_of
from actors.journal import SqliteJournal
from schemas.events import REGISTRY
from schemas.records import entity_id_of

__all__ = ["measure_fold"]


def measure_fold(journal_file: Path) -> dict[str, float]:
    """Measures how many events are folded in a second, with reading included."""
    journal = SqliteJournal(journal_file, read_only=True)
    states: dict[str, Any] = {}
    count, position = 0, 0
    started = time.perf_counter()
    while records := journal.read_all(position, 5_000):
        for record in records:
            decider = decider_of(record.stream)
            if record.stream not in states:
                states[record.stream] = decider.initial(entity_id_of(record.stream))
            decider.evolve(states[record.stream], REGISTRY.decode(record))
        count += len(records)
        position = records[-1].position
    elapsed = time.perf_counter() - started
    journal.close()
    return {"events_per_s": round(count / elapsed)}
