"""A start from snapshots is a start from the beginning, only shorter."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from actors.engine import EntitySystem, Recovery
from actors.journal import Journal, MemoryJournal
from actors.snapshots import Snapshots, Snapshotter
from schemas.records import Record
from tests.actors.engine.harness import Harness, log_in, log_out, ready
from tests.actors.snapshots.laid_out import laid_out
from tests.actors.snapshots.records import CODE, crowd, decoded
from tests.examples import NOW


def started(journal: Journal, recovery: Recovery | None = None) -> dict[str, Any]:
    """The entities in memory and their deadlines."""
    system = EntitySystem(journal, lambda outcomes, committed: None, clock=lambda: NOW)
    assert system.recover(recovery) == journal.last_position()
    there = {entity.stream: laid_out(entity.state) for entity in system.entities}
    deadlines = dict(vars(system.timers)["_deadlines"])
    due = system.timers.next_instant()
    system.shutdown()
    return {"entities": there, "deadlines": deadlines, "due": due}


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.999, 1.0])
def test_the_engine_finds_the_same_entities_and_deadlines(part: float, path: Path) -> None:
    journal = crowd(31, 5_000)
    with closing(Snapshotter(path, journal, CODE)) as snapshotter, closing(Snapshots(path, journal, CODE)) as snapshots:
        snapshotter.apply(decoded(journal, 0, round(part * journal.last_position())))
        snapshotter.save()
        recovery = Recovery(journal, snapshots)
        snapshots.read(recovery.restore)
        assert recovery.position == snapshotter.position
        assert started(journal, recovery) == started(journal)


def test_a_recovery_holds_nothing_in_memory_afterwards() -> None:
    journal = crowd(31, 5_000)
    recovery = Recovery(journal)
    assert started(journal, recovery)["entities"]
    assert list(recovery.unfinished()) == []


def test_an_entity_gets_its_actor_with_its_first_command() -> None:
    harness = Harness(MemoryJournal())
    harness.run(*(log_in(number, f"agent{number}") for number in range(50)))
    restarted = harness.restarted()
    restarted.system.recover()

    def with_actor() -> set[str]:
        return {entity.stream for entity in restarted.system.entities if entity.address is not None}

    assert with_actor() == set()
    restarted.ask(ready(1_000, "agent7"))
    assert with_actor() == {"agent-agent7", "router-chat"}
    restarted.ask(log_out(1_001, "agent8"))
    assert with_actor() == {"agent-agent7", "router-chat"}, "agent8 has left memory"


def test_a_passivated_entity_without_an_actor_comes_back() -> None:
    harness = Harness(MemoryJournal(), idle_seconds=1)
    harness.run(log_in(1, "alice"), log_in(2, "bob"))
    restarted = harness.restarted()
    restarted.system.recover()
    restarted.now = NOW.replace(hour=11)
    restarted.system.passivate_idle()
    assert restarted.system.entities.get("agent-alice") is None
    restarted.ask(ready(3, "alice"))
    alice = restarted.system.entities.get("agent-alice")
    assert alice is not None
    assert alice.state == restarted.stored("agent-alice")


def test_a_reload_reads_the_end_of_a_long_stream_only(path: Path) -> None:
    journal = _Watched()
    harness = Harness(journal)
    for number in range(0, 600, 2):
        harness.run(log_in(number, "alice"), log_out(number + 1, "alice"))
    long = len(journal.read_stream("agent-alice"))
    with closing(Snapshotter(path, journal, CODE)) as snapshotter, closing(Snapshots(path, journal, CODE)) as snapshots:
        snapshotter.apply(decoded(journal))
        snapshotter.save()
        harness.run(log_in(1_000, "alice"), log_out(1_001, "alice"))
        system = EntitySystem(journal, lambda outcomes, committed: None, clock=lambda: NOW, snapshots=snapshots)
        journal.read.clear()
        system.run([log_in(1_002, "alice")])
        assert [read for read in journal.read if read[0]] == [("agent-alice", long)]
        alice = system.entities.get("agent-alice")
        assert alice is not None
        assert alice.state == harness.stored("agent-alice")
        system.shutdown()


def test_a_start_reads_only_events_after_the_snapshots(path: Path) -> None:
    journal = _Watched()
    harness = Harness(journal)
    harness.run(*(log_in(number, f"agent{number}") for number in range(100)))
    with closing(Snapshotter(path, journal, CODE)) as snapshotter, closing(Snapshots(path, journal, CODE)) as snapshots:
        snapshotter.apply(decoded(journal))
        snapshotter.save()
        recovery = Recovery(journal, snapshots)
        snapshots.read(recovery.restore)
        journal.read.clear()
        recovery.run()
        assert journal.read == [("", snapshotter.position)]


class _Watched(MemoryJournal):
    """A journal that notes each read, with the version or position after which it begins."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[tuple[str, int]] = []

    def read_stream(self, stream: str, after: int = 0, limit: int | None = None) -> list[Record]:
        self.read.append((stream, after))
        return super().read_stream(stream, after, limit)

    def read_all(self, after: int = 0, limit: int = 1000) -> list[Record]:
        self.read.append(("", after))
        return super().read_all(after, limit)
