"""Rows: found again, changed, removed, and written with the checkpoint."""

from typing import Any

import pytest

from actors.journal import MemoryJournal
from projections.runner import Database
from projections.runner.columns import moment_of
from projections.runner.runner import Runner
from tests.examples import NOW
from tests.projections.runner.sample import (
    COUNTING,
    append_to,
    catch_up,
    change,
    contents,
    journal_of,
    line,
    pair,
    put,
    remove,
    sample,
)

AT = moment_of(NOW)


@pytest.fixture(params=["at once", "one by one", "with nothing at hand"])
def project(request: pytest.FixtureRequest, database: Database, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Projects the instructions: in one transaction, each by a process of its own, or with rows dropped from memory."""

    def at_once(*instructions: Any) -> Any:
        catch_up(database, journal_of(*instructions))
        return contents(database)

    def one_by_one(*instructions: Any) -> Any:
        journal = MemoryJournal()
        for instruction in instructions:
            append_to(journal, instruction)
            catch_up(database, journal)
        return contents(database)

    def with_nothing_at_hand(*instructions: Any) -> Any:
        monkeypatch.setattr("projections.runner.transaction._MAX_CACHED_ROWS", 0)
        monkeypatch.setattr("projections.runner.runner._PAGE", 1)
        return at_once(*instructions)

    ways = {"at once": at_once, "one by one": one_by_one, "with nothing at hand": with_nothing_at_hand}
    return ways[request.param]


def test_a_row_is_kept_as_it_was_put(project: Any) -> None:
    fields = {"text": "Hello", "number": -7, "whole": False, "share": 0.25, "tags": ["a", "b"], "extra": {"c": 1}}

    (row,) = project(put("a", lasted=5, **fields)).tables["items"]

    assert row == ("a", "Hello", -7, False, 0.25, '["a","b"]', '{"c":1}', "{}", AT, 5)


def test_an_optional_column_may_be_empty(project: Any) -> None:
    (row,) = project(put("a")).tables["items"]
    assert row == ("a", None, 0, True, None, "[]", None, "{}", AT, None)


def test_a_row_is_found_again_and_changed(project: Any) -> None:
    found = project(put("a", tags=["x"], number=1), change("a", text="new"), change("a"), change("nobody"))
    assert found.items == {"a": ("new", 3, True, None, '["x"]', None, "{}", AT, None)}


def test_structs_in_a_column_are_structs_again(project: Any) -> None:
    found = project(put("a", parts={"x": {"size": 1}, "y": {"size": 5}}), change("a"), change("a"))
    assert found.items["a"][6] == '{"x":{"size":3},"y":{"size":7}}'
    assert found.parked == []


def test_a_row_takes_the_place_of_the_one_before(project: Any) -> None:
    found = project(put("a", text="old", tags=["x"]), put("a", number=2))
    assert found.items["a"][:5] == (None, 2, True, None, "[]")


@pytest.mark.parametrize(
    ("instructions", "left"),
    [
        ([put("a"), remove("a")], set()),
        ([remove("a")], set()),
        ([remove("a"), put("a")], {"a"}),
        ([put("a"), remove("a"), put("a", text="again"), change("a")], {"a"}),
        ([put("a"), remove("a"), change("a"), remove("a")], set()),
        ([put("a"), put("b"), remove("b"), put("c")], {"a", "c"}),
    ],
)
def test_a_removed_row_is_gone_until_it_is_put_again(project: Any, instructions: list[Any], left: set[str]) -> None:
    assert project(*instructions).items.keys() == left


def test_lines_are_appended(project: Any) -> None:
    assert project(line("one"), put("a"), line("two")).tables["lines"] == [(1, "one"), (3, "two")]


def test_rows_that_are_keys_only(project: Any) -> None:
    found = project(pair("a", 1), pair("a", 2), pair("a", 1), pair("b", 1), pair("a", 2, there=False))
    assert found.tables["pairs"] == [("a", 1), ("b", 1)]


def test_a_thousand_rows_of_one_transaction_change_in_the_next(database: Database) -> None:
    journal = journal_of(*(put(f"key{number}", number=number) for number in range(1_000)))
    catch_up(database, journal)
    append_to(journal, *(change(f"key{number}") for number in range(0, 1_000, 2)))
    append_to(journal, *(remove(f"key{number}") for number in range(1, 1_000, 2)))

    catch_up(database, journal)

    found = contents(database)
    assert {key: row[1] for key, row in found.items.items()} == {
        f"key{number}": number + 1 for number in range(0, 1_000, 2)
    }
    assert (found.position, found.event_id) == (2_000, "sample-1/2000")


def test_nothing_new_writes_nothing(database: Database) -> None:
    journal = journal_of(put("a"))
    catch_up(database, journal)
    before = contents(database)

    catch_up(database, journal)

    assert contents(database) == before


def test_an_empty_journal_is_built_and_live_at_once(database: Database) -> None:
    catch_up(database, MemoryJournal())
    found = contents(database)
    assert (found.position, found.event_id, found.tables) == (0, "", {"items": [], "lines": [], "pairs": []})


def test_projections_that_stand_at_different_places_come_to_the_same(database: Database) -> None:
    journal = journal_of(put("a"), line("one"))
    catch_up(database, journal)
    append_to(journal, change("a"), line("two"))

    Runner(journal, database, [sample(), COUNTING]).catch_up()

    assert contents(database).position == 4
    assert contents(database, COUNTING).tables["counts"] == [(1,), (2,), (3,), (4,)]
