"""States at every version and instant, and the changes from one to the next."""

import urllib.parse
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonpatch
import msgspec
import pytest

from actors.folding import fold
from actors.journal import MemoryJournal
from actors.journal.places import pages_between
from actors.router import Router
from actors.snapshots import Snapshots, Snapshotter
from gateways.inspection.folding import FoldedStates
from gateways.inspection.masking import masked, without_secrets
from gateways.inspection.state import readable
from schemas.events import REGISTRY, AgentAvailabilityChanged
from schemas.records import NewRecord
from tests.examples import NOW
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio


async def talk(centre: Centre) -> tuple[str, ...]:
    """Makes events in every kind of stream, and returns the names of the streams."""
    alice = await Agent.ready(centre)
    ada = await Customer.start(centre, text="Hello", customer={"name": "Ada"})
    await alice.accept_only_offer()
    await alice.note(ada, "a good one")
    await alice.end(ada)
    (await ada.post(f"{ada.path}/rating", {"score": 5, "comment": "kind"})).of(200)
    return ada.stream, "agent-alice", "router-chat", "configuration-centre"


async def state(caller: Caller, stream: str, query: str = "") -> Any:
    return (await caller.get(f"/inspect/v1/streams/{stream}/state{query}")).of(200)


@pytest.mark.parametrize("place", range(4))
async def test_each_state_is_the_fold_and_the_changes_lead_from_one_to_the_next(
    centre: Centre, looker: Caller, seer: Caller, place: int
) -> None:
    stream = (await talk(centre))[place]
    records = centre.services.journal.read_stream(stream)
    answered: Any = None
    for caller, hide in ((seer, without_secrets), (looker, masked)):
        entity = fold(stream, [])
        before = hide(readable(entity), type(entity))
        for record in records:
            answered = await state(caller, stream, f"?version={record.version}")
            entity = fold(stream, records[: record.version])
            assert answered["state"] == hide(readable(entity), type(entity))
            assert jsonpatch.apply_patch(before, answered["changes"]) == answered["state"]
            assert (answered["version"], answered["at"], answered["last_version"]) == (
                record.version,
                record.at,
                len(records),
            )
            assert answered["previous_version"] == (record.version - 1 or None)
            assert answered["event"]["event_id"] == record.event_id
            before = answered["state"]
        assert await state(caller, stream) == answered


async def test_a_state_at_an_instant(centre: Centre, looker: Caller) -> None:
    stream = (await talk(centre))[0]
    for record in centre.services.journal.read_stream(stream):
        answered = await state(looker, stream, f"?at={record.at}")
        assert answered["at"] == record.at
        assert answered["version"] >= record.version
    last = await state(looker, stream)
    assert await state(looker, stream, "?at=9999-12-31T23:59:59Z") == last
    assert await state(looker, stream, f"?at={urllib.parse.quote('9000-01-01T00:00:00+14:00')}") == last


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("at=2020-01-01T00:00:00Z", "at"),
        ("at=yesterday", "at"),
        ("at=2026-11-22", "at"),
        ("at=2026-11-22T10:00:00", "at"),
        ("at=0001-01-01T00:00:00%2B23:00", "at"),
        ("at=9999-12-31T23:59:59-23:00", "at"),
        ("at=", "at"),
        ("at=" + "9" * 3000, "at"),
        ("at=%00", "at"),
        ("version=1&at=2026-11-22T10:00:00Z", "at"),
        ("version=0", "version"),
        ("version=999999999999999999", "version"),
        ("version=8", "version"),
    ],
)
async def test_versions_and_instants_out_of_range_are_refused(
    centre: Centre, looker: Caller, query: str, path: str
) -> None:
    customer = await Customer.start(centre)
    answer = await looker.get(f"/inspect/v1/streams/{customer.stream}/state?{query}")
    details = answer.problem(422, "invalid_input")
    assert [error.path for error in details.errors] == [path]
    assert len(details.detail) < 300


def long_stream(journal: MemoryJournal, events: int) -> str:
    stream = "router-chat"
    for version in range(1, events + 1):
        event = AgentAvailabilityChanged(
            agent_id=f"a{version % 7}",
            accepting=True,
            max_tasks=3,
            active_tasks=version % 3,
            available_since=NOW,
            returned=False,
        )
        data, type_ = REGISTRY.encode(event), type(event).__name__
        identifier = f"{version}"
        journal.append(
            [NewRecord(stream, version, identifier, type_, "2026-11-22T10:00:00.000000Z", 1, "", identifier, "", data)]
        )
    return stream


class CountingJournal(MemoryJournal):
    reads = 0

    def read_stream(self, stream: str, after: int = 0, limit: int | None = None) -> Any:
        found = super().read_stream(stream, after, limit)
        self.reads += len(found)
        return found


@pytest.mark.parametrize("max_bytes", [64 * 1024 * 1024, 4_000, 0])
async def test_moving_forwards_and_backwards_in_a_long_stream_folds_few_events(max_bytes: int) -> None:
    journal = CountingJournal()
    stream = long_stream(journal, 12_000)
    states = FoldedStates(journal, max_bytes=max_bytes)
    records = MemoryJournal.read_stream(journal, stream)
    before = 0
    for version in (12_000, 11_990, 11_991, 6_000, 5_999, 1, 0, 12_000):
        before = journal.reads
        found = readable(states.at(stream, version))
        assert msgspec.json.encode(found) == msgspec.json.encode(readable(fold(stream, records[:version])))
        if max_bytes > 4_000 and version != 12_000:
            assert journal.reads - before <= 6_000
    if max_bytes > 4_000:
        assert journal.reads - before == 0


async def test_callers_get_copies_of_the_kept_states() -> None:
    journal = MemoryJournal()
    stream = long_stream(journal, 10)
    states = FoldedStates(journal)
    state = states.at(stream, 10)
    assert isinstance(state, Router)
    state.pool.agents.clear()
    assert states.at(stream, 10) == fold(stream, journal.read_stream(stream))


async def test_folding_begins_at_the_nearest_milestone(tmp_path: Path) -> None:
    journal = CountingJournal()
    stream = long_stream(journal, 12_000)
    records = MemoryJournal.read_stream(journal, stream)
    with closing(Snapshotter(tmp_path / "snapshots.db", journal, "code")) as snapshotter:
        for page in pages_between(journal, 0, 12_000):
            snapshotter.apply((record, REGISTRY.decode(record)) for record in page)
            snapshotter.save()
    with closing(Snapshots(tmp_path / "snapshots.db", journal, "code")) as snapshots:
        for version in (11_200, 5_000, 5_001, 4_999, 12_000):
            before = journal.reads
            found = FoldedStates(journal, snapshots).at(stream, version)
            assert readable(found) == readable(fold(stream, records[:version]))
            assert journal.reads - before == (
                version if version < 5_000 else 0 if version == 12_000 else version % 5_000
            )
