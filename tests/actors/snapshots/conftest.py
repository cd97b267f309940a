"""A journal, and the snapshots of its beginning."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.journal import MemoryJournal
from actors.snapshots import Snapshots, Snapshotter
from tests.actors.engine.harness import Harness, end, log_in, log_out, post, ready, start
from tests.actors.snapshots.records import CODE, decoded


@pytest.fixture
def journal() -> MemoryJournal:
    """One conversation is open and one over; alice is there and bob has gone."""
    harness = Harness(MemoryJournal())
    harness.run(log_in(1, "alice"), ready(2, "alice"), log_in(3, "bob"), log_out(4, "bob"))
    harness.run(start(5, bot="greeter"), post(6, 5), start(7, bot="greeter"), end(8, 7))
    assert isinstance(harness.journal, MemoryJournal)
    return harness.journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "snapshots.db"


@pytest.fixture
def snapshotter(path: Path, journal: MemoryJournal) -> Iterator[Snapshotter]:
    """A snapshotter that has saved the whole journal."""
    made = Snapshotter(path, journal, CODE)
    made.apply(decoded(journal))
    made.save()
    yield made
    made.close()


@pytest.fixture
def snapshots(path: Path, journal: MemoryJournal) -> Iterator[Snapshots]:
    opened = Snapshots(path, journal, CODE)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def warnings(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.WARNING, "actors.snapshots")
    return caplog
