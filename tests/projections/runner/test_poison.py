"""Poison is parked with its reason while other events are projected. It ends a rebuild, which continues once the
poison is cured."""

from typing import Any

import pytest
import sqlalchemy as sql

from projections.runner import Database, PoisonEventError
from projections.runner.building import Builder
from projections.runner.catalogue import Build
from projections.runner.generations import build_beside
from projections.runner.rebuild import rebuild
from projections.runner.recorded_event import recorded_events_of
from projections.runner.status import status_of
from tests.examples import NOW
from tests.projections.runner.sample import (
    append_to,
    catch_up,
    change,
    contents,
    fail,
    journal_of,
    line,
    put,
    sample,
)

GOOD = [put("a"), line("one"), change("a"), put("b"), change("b")]


def _poisoned(*places: int) -> list[Any]:
    """The good instructions, with poison before some of them."""
    poisoned: list[Any] = list(GOOD)
    for place in sorted(places, reverse=True):
        poisoned.insert(place, fail(f"poison {place}"))
    return poisoned


@pytest.mark.parametrize("places", [(0,), (5,), (2,), (0, 5), (2, 2, 3), (0, 1, 2, 3, 4, 5)], ids=str)
def test_poison_is_parked_and_all_other_events_are_projected(database: Database, places: tuple[int, ...]) -> None:
    instructions = _poisoned(*places)
    catch_up(database, journal_of(*instructions))

    found = contents(database)

    poison = [position for position, told_ in enumerate(instructions, 1) if told_["do"] == "fail"]
    assert [position for position, _ in found.parked] == poison
    assert [reason for _, reason in found.parked] == [f"ValueError: poison {place}" for place in sorted(places)]
    assert found.position == len(instructions)
    assert {key: row[1] for key, row in found.items.items()} == {"a": 1, "b": 1}
    assert [words for _, words in found.tables["lines"]] == ["one"]


def test_nothing_but_poison(database: Database) -> None:
    catch_up(database, journal_of(*[fail()] * 7))
    found = contents(database)
    assert [position for position, _ in found.parked] == [1, 2, 3, 4, 5, 6, 7]
    assert found.tables == {"items": [], "lines": [], "pairs": []}


def test_one_in_a_long_page_costs_no_transaction_for_each_event(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoints: list[int] = []
    advance = database.catalogue.advance

    def counted(connection: sql.Connection, build: Build, position: int, event_id: str) -> Build:
        checkpoints.append(position)
        return advance(connection, build, position, event_id)

    monkeypatch.setattr(database.catalogue, "advance", counted)
    catch_up(database, journal_of(*[change("a")] * 1_500, fail(), *[change("a")] * 400))
    assert contents(database).position == 1_901
    assert len(checkpoints) < 60


def test_status_counts_parked_events(database: Database) -> None:
    journal = journal_of(*_poisoned(1, 3))
    catch_up(database, journal)
    append_to(journal, put("later"))

    (status,) = status_of(database, journal, sample(), NOW)

    assert (status.status, status.position, status.parked) == ("live", 7, 2)
    assert (status.lag_events, status.lag_seconds) == (1, 0.0)


def test_a_rebuild_stops_at_poison_and_keeps_the_events_before(database: Database) -> None:
    journal = journal_of(*_poisoned(3))
    catch_up(database, journal)
    before = contents(database)

    with pytest.raises(PoisonEventError) as stopped:
        rebuild(journal, database, [sample()])

    assert (stopped.value.projection, stopped.value.position) == ("sample", 4)
    assert stopped.value.reason == "ValueError: poison 3"
    assert contents(database) == before
    live, begun = status_of(database, journal, sample(), NOW)
    assert (live.status, begun.status, begun.position) == ("live", "building", 3)


def test_a_rebuild_continues_once_the_poison_is_cured(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = journal_of(*_poisoned(3))
    with pytest.raises(PoisonEventError):
        rebuild(journal, database, [sample()])
    cured = journal.read_all()[3]
    cured.data = b'{"do":"line","words":"cured"}'
    goes_on_from: list[int] = []

    rebuild(journal, database, [sample()], begun=lambda builds: goes_on_from.extend(b.position for b in builds))

    assert goes_on_from == [3]
    found = contents(database)
    assert found.tables["lines"] == [(2, "one"), (4, "cured")]
    assert {key: row[1] for key, row in found.items.items()} == {"a": 1, "b": 1}


def test_a_rebuild_does_not_continue_a_build_that_has_parked(database: Database) -> None:
    journal = journal_of(*_poisoned(1))
    build = build_beside(database, journal, sample())
    with Builder(database, sample(), build, "park") as builder:
        builder.advance(recorded_events_of(journal.read_all()))

    with pytest.raises(PoisonEventError) as stopped:
        rebuild(journal, database, [sample()])

    assert stopped.value.position == 2


def test_an_event_of_an_unknown_type_is_poison_only_for_projections_that_read_it(database: Database) -> None:
    journal = journal_of({"do": "unknown to the sample"}, put("a"))
    catch_up(database, journal)
    assert contents(database).parked == []
