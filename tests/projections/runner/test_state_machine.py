"""For any instructions, crashes, poison and versions, the build equals that of a plain model."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from actors.journal import MemoryJournal
from projections.runner import Database, PoisonEventError
from projections.runner.building import Builder
from projections.runner.database import sqlite_url
from projections.runner.generations import build_to_go_on_with, replace_live
from projections.runner.rebuild import rebuild
from projections.runner.recorded_event import recorded_events_of
from tests.postgresql import PostgresqlServer
from tests.projections.runner.sample import (
    Contents,
    append_to,
    catch_up,
    change,
    contents,
    fail,
    line,
    put,
    remove,
    sample,
)

KEYS = st.sampled_from("abc")
INSTRUCTIONS = st.one_of(
    st.builds(put, KEYS),
    st.builds(change, KEYS),
    st.builds(change, KEYS),
    st.builds(remove, KEYS),
    st.builds(line, st.sampled_from(["one", "two"])),
    st.builds(fail),
)


class Model:
    """The result of the instructions, computed in the plainest way: how often each item was changed, the lines, the
    poison."""

    def __init__(self, instructions: list[Any]) -> None:
        self.counts: dict[str, int] = {}
        self.lines: list[tuple[int, str]] = []
        self.poison: list[int] = []
        for position, instruction in enumerate(instructions, 1):
            match instruction["do"]:
                case "put":
                    self.counts[instruction["key"]] = 0
                case "change" if instruction["key"] in self.counts:
                    self.counts[instruction["key"]] += 1
                case "remove":
                    self.counts.pop(instruction["key"], None)
                case "line":
                    self.lines.append((position, instruction["words"]))
                case "fail":
                    self.poison.append(position)

    def check(self, found: Contents) -> None:
        assert {key: row[1] for key, row in found.items.items()} == self.counts
        assert found.tables["lines"] == self.lines
        assert [position for position, _ in found.parked] == self.poison


class Projecting(RuleBasedStateMachine):
    """The machine. A builder that crashes is thrown away with all that it had in memory."""

    server: PostgresqlServer | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        url = self.server.make_schema() if self.server else sqlite_url(Path(self.folder.name) / "reports.db")
        self.database = Database(url)
        self.journal = MemoryJournal()
        self.instructions: list[Any] = []
        self.version = 1
        self.builder: Builder | None = None

    def teardown(self) -> None:
        self.crash()
        self.database.close()
        self.folder.cleanup()

    @rule(instructions=st.lists(INSTRUCTIONS, min_size=1, max_size=8))
    def grow(self, instructions: list[Any]) -> None:
        append_to(self.journal, *instructions)
        self.instructions += instructions

    @rule(count=st.integers(1, 10))
    def advance(self, count: int) -> None:
        projection = sample(self.version)
        if self.builder is None:
            build = build_to_go_on_with(self.database, self.journal, projection)
            assert build is not None
            self.builder = Builder(self.database, projection, build, "park")
        recorded_events = recorded_events_of(self.journal.read_all(self.builder.position, count))
        self.builder.advance(recorded_events)

    @rule()
    def crash(self) -> None:
        if self.builder is not None:
            self.builder.close()
        self.builder = None

    @precondition(lambda self: self.builder is not None and self.builder.build.status == "building")
    @rule()
    def promote(self) -> None:
        assert self.builder is not None
        self.builder.build = replace_live(self.database, self.builder.projection, self.builder.build)

    @rule()
    def change_version(self) -> None:
        self.crash()
        self.version += 1

    @rule()
    def run(self) -> None:
        self.crash()
        catch_up(self.database, self.journal, sample(self.version))
        assert contents(self.database).version == self.version
        Model(self.instructions).check(contents(self.database))

    @rule()
    def build_anew(self) -> None:
        """Builds anew. The build stops at the first poison, however often it is tried."""
        self.crash()
        poison = Model(self.instructions).poison
        if not poison:
            rebuild(self.journal, self.database, [sample(self.version)])
            Model(self.instructions).check(contents(self.database))
            return
        for _ in range(2):
            with pytest.raises(PoisonEventError) as stopped:
                rebuild(self.journal, self.database, [sample(self.version)])
            assert stopped.value.position == poison[0]

    @invariant()
    def what_is_in_use_is_what_the_model_says_of_its_position(self) -> None:
        with self.database.reading() as connection:
            live = self.database.catalogue.live(connection, "sample")
        if live is not None:
            found = contents(self.database)
            Model(self.instructions[: found.position]).check(found)


def test_projecting_on_sqlite() -> None:
    _run(Projecting, 30)


def test_projecting_on_postgresql(postgresql_server: PostgresqlServer) -> None:
    class OnPostgresql(Projecting):
        server = postgresql_server

    _run(OnPostgresql, 12)


def _run(machine: type[Projecting], examples: int) -> None:
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=25))
