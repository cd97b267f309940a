"""A snapshot and the events after it make exactly the states that a fold from the beginning makes, field for field."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.engine import Recovery
from actors.entities import decider_of
from actors.journal import Journal
from actors.snapshots import SnapshotReader, Snapshots, Snapshotter
from projections import ConversationDirectory, LiveViews
from projections.live.views import snapshotted_views
from schemas.records import entity_id_of
from tests.actors.snapshots.laid_out import laid_out, laid_out_views
from tests.actors.snapshots.records import CODE, crowd, days, decoded, steps

RECORDS: dict[str, Callable[[], Journal]] = {
    "a crowd": lambda: crowd(31, 5_000),
    "days": lambda: days(32, 6_000),
}


class Beside:
    """A snapshotter beside a fold from the beginning."""

    def __init__(self, path: Path, journal: Journal) -> None:
        self.path = path
        self.journal = journal
        self.views = LiveViews()
        self.recovery = Recovery(journal)
        self.snapshots = Snapshots(path, journal, CODE)
        self.snapshotter = self._open()

    def apply(self, batch: list[Any]) -> None:
        self.views.apply(batch)
        self.recovery.apply(batch)
        self.snapshotter.apply(batch)

    def start_anew(self) -> None:
        """Lets another snapshotter begin from the saved snapshots and catch up."""
        self.snapshotter.close()
        self.snapshotter = self._open()
        self.snapshotter.apply(decoded(self.journal, self.snapshotter.position, self.recovery.position))

    def check(self) -> None:
        """Checks the states from the snapshots, with the events after them, against the fold."""
        restored = self.snapshots.read(self._restore)
        views, recovery = restored or (LiveViews(), Recovery(self.journal))
        tail = decoded(self.journal, recovery.position, self.recovery.position)
        views.apply(tail)
        recovery.apply(tail)
        assert laid_out_views(views) == laid_out_views(self.views)
        assert _unfinished(recovery) == _unfinished(self.recovery)

    def close(self) -> None:
        self.snapshotter.close()
        self.snapshots.close()

    def _open(self) -> Snapshotter:
        return Snapshotter(self.path, self.journal, CODE, snapshotted_views())

    def _restore(self, reader: SnapshotReader) -> tuple[LiveViews, Recovery]:
        views, recovery = LiveViews(), Recovery(self.journal, self.snapshots)
        views.restore(reader)
        recovery.restore(reader)
        return views, recovery


def _unfinished(recovery: Recovery) -> dict[str, Any]:
    return {stream: laid_out(state) for stream, state in recovery.unfinished()}


@pytest.mark.parametrize("record", RECORDS)
def test_at_many_moments_of_simulated_days(record: str, tmp_path: Path) -> None:
    random = Random(record)
    beside = Beside(tmp_path / "snapshots.db", RECORDS[record]())
    for batch in steps(beside.journal, random, most=400):
        beside.apply(batch)
        if random.random() < 0.7:
            beside.snapshotter.save()
        if random.random() < 0.2:
            beside.start_anew()
        beside.check()
    beside.close()


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whenever_it_is_saved_and_begun_anew(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The snapshotter is closed even if ``draw`` raises, as it does for an example of no use."""
    journal = crowd(33, 700)
    with closing(Beside(tmp_path_factory.mktemp("property") / "snapshots.db", journal)) as beside:
        while (left := journal.last_position() - beside.recovery.position) > 0:
            size = data.draw(st.integers(1, min(left, 250)))
            beside.apply(decoded(journal, beside.recovery.position, beside.recovery.position + size))
            if data.draw(st.booleans()):
                beside.snapshotter.save()
            if data.draw(st.booleans()):
                beside.start_anew()
        beside.check()


@pytest.mark.parametrize("record", RECORDS)
def test_every_state_goes_into_bytes_and_comes_back(record: str) -> None:
    """Every state of every kind of entity is tried; those of the routers, which are large, only now and then."""
    states: dict[str, Any] = {}
    for number, (item, event) in enumerate(decoded(RECORDS[record]())):
        decider = decider_of(item.stream)
        state = states.setdefault(item.stream, decider.initial(entity_id_of(item.stream)))
        decider.evolve(state, event)
        if decider.category != "router" or number % 40 == 0:
            assert laid_out(decider.restore(decider.snapshot(state))) == laid_out(state)


def test_a_restored_state_continues_as_the_original_does() -> None:
    """If a restored index only looked like the original, the states would differ after the next events."""
    whole: dict[str, Any] = {}
    restored: dict[str, Any] = {}
    for number, (item, event) in enumerate(decoded(crowd(31, 5_000))):
        decider = decider_of(item.stream)
        for states in (whole, restored):
            decider.evolve(states.setdefault(item.stream, decider.initial(entity_id_of(item.stream))), event)
        if number % 50 == 0:
            restored = {
                stream: decider_of(stream).restore(decider_of(stream).snapshot(restored[stream])) for stream in restored
            }
    assert laid_out(restored) == laid_out(whole)


def test_conversations_that_are_dropped_leave_no_rows(tmp_path: Path) -> None:
    journal = days(32, 6_000)
    path = tmp_path / "snapshots.db"
    live = ConversationDirectory(keep_ended=25)
    snapshotter = Snapshotter(path, journal, CODE, [ConversationDirectory(keep_ended=25)])
    snapshots = Snapshots(path, journal, CODE)
    for batch in steps(journal, Random(5), most=1_500):
        for record, event in batch:
            live.apply(record, event)
        snapshotter.apply(batch)
        snapshotter.save()
        restored = ConversationDirectory(keep_ended=25)
        snapshots.read(restored.restore)
        assert _described(restored) == _described(live)
    assert len(_described(live)["_ended"]) == 25
    snapshotter.close()
    snapshots.close()


def _described(directory: ConversationDirectory) -> dict[str, Any]:
    fields = vars(directory)
    return {name: laid_out(fields[name]) for name in ("_views", "_ended")} | {
        name: fields[name] for name in ("_of_customers", "_of_tasks")
    }
