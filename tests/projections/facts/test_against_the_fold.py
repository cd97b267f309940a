"""Everything that lasts at the end is the same in the facts and in the folded entities."""

from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from actors.agent import mrd_state
from projections.all import PROJECTIONS
from projections.facts.agent_states import LOGINS, MRD_STATES, STATES
from projections.facts.agent_tasks import TASKS
from projections.facts.channel_sessions import SESSIONS
from projections.facts.conversations import CONVERSATION_ROWS, PARTICIPATIONS, STATUSES
from projections.facts.queue_waits import WAITS
from projections.facts.team_memberships import MEMBERSHIPS
from projections.runner import Database, Table, read_tables
from projections.runner.database import sqlite_url
from projections.runner.rebuild import rebuild
from tests.simulation.days.run import simulate_days
from tests.simulation.run import Mishaps, simulate
from tests.simulation.world import World

_MISHAPS = Mishaps(restarts=2, failures=10, nights=1, jumps=2)


class Facts:
    def __init__(self, world: World, database: Database) -> None:
        self.world = world
        self._database = database

    def rows(self, table: Table[Any], *, lasting: str | None = None) -> list[Any]:
        """All rows, or those in which the column of this name is empty."""
        with read_tables(self._database, *PROJECTIONS) as reader:
            found = reader.connection.execute(reader.table(table).select()).all()
        return [row for row in found if lasting is None or getattr(row, lasting) is None]


@pytest.fixture(scope="module", params=["days", "crowd"])
def facts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    if request.param == "days":
        world = simulate_days(21, 8_000, _MISHAPS, checked=False)[0].world
    else:
        world = simulate(22, 8_000, _MISHAPS)
    with closing(Database(sqlite_url(tmp_path_factory.mktemp("facts") / "reports.db"))) as database:
        rebuild(world.journal, database, PROJECTIONS)
        yield Facts(world, database)


def test_logins_that_last(facts: Facts) -> None:
    logged_in = {agent_id for agent_id, agent in facts.world.agents.items() if agent.state != "logged_out"}
    assert {row.agent_id for row in facts.rows(LOGINS, lasting="logged_out_at")} == logged_in


def test_states_that_last(facts: Facts) -> None:
    expected = {agent_id: agent.state for agent_id, agent in facts.world.agents.items() if agent.state != "logged_out"}
    assert {row.agent_id: row.state for row in facts.rows(STATES, lasting="ended_at")} == expected


def test_states_by_mrd_that_last(facts: Facts) -> None:
    found = {(row.agent_id, row.mrd): row.state for row in facts.rows(MRD_STATES, lasting="ended_at")}
    expected = {
        (agent_id, mrd): mrd_state(agent, mrd)
        for agent_id, agent in facts.world.agents.items()
        for mrd in agent.mrds
        if agent.state != "logged_out"
    }
    assert found.items() >= expected.items()
    for agent_id, mrd in found.keys() - expected.keys():
        assert facts.world.agents[agent_id].held(mrd), "an MRD that is left lasts as long as its tasks"


def test_spans_follow_each_other_without_gap_or_overlap(facts: Facts) -> None:
    spans: dict[tuple[str, str], list[Any]] = {}
    for row in sorted(facts.rows(MRD_STATES), key=lambda row: (row.started_at, row.position)):
        spans.setdefault((row.agent_id, row.mrd), []).append(row)
    assert spans
    for rows in spans.values():
        for before, after in pairwise(rows):
            assert before.ended_at is not None
            assert before.started_at < before.ended_at <= after.started_at


def test_tasks_that_agents_hold(facts: Facts) -> None:
    held = {(agent_id, task_id) for agent_id, agent in facts.world.agents.items() for task_id in agent.tasks}
    assert {(row.agent_id, row.task_id) for row in facts.rows(TASKS, lasting="closed_at")} == held
    for row in facts.rows(TASKS):
        times = [row.offered_at, row.accepted_at, row.wrap_up_at, row.closed_at]
        assert [time for time in times if time is not None] == sorted(time for time in times if time is not None)
        assert (row.closed_at is None) == (row.disposition is None)


def test_tasks_that_wait(facts: Facts) -> None:
    waiting = {
        (mrd, task.queue, task_id)
        for mrd, router in facts.world.routers.items()
        for task_id, task in router.tasks.items()
    }
    assert {(row.mrd, row.queue, row.task_id) for row in facts.rows(WAITS, lasting="left_at")} == waiting
    for row in facts.rows(WAITS):
        assert (row.left_at is None) == (row.outcome is None)
        assert row.left_at is None or row.left_at >= row.entered_at
        assert row.rona + row.declined <= row.offers
        assert (row.agent_id is not None) == (row.outcome == "answered")


def test_conversations_as_the_fold_has_them(facts: Facts) -> None:
    states = {state.conversation_id: state for name, state in facts.world.states.items() if "conversation-" in name}
    rows = {row.conversation_id: row for row in facts.rows(CONVERSATION_ROWS)}
    assert rows.keys() == states.keys()
    for conversation_id, state in states.items():
        row = rows[conversation_id]
        assert (row.status, row.channel) == (state.status, state.channel)
        assert (row.ended_at is not None) == state.over
        assert msgspec.json.decode(row.labels) == state.labels
        assert row.rating == (state.rating[0] if state.rating is not None else None)
        codes, note = state.wrap_up if state.wrap_up is not None else ([], None)
        assert (msgspec.json.decode(row.wrap_up_codes), row.wrap_up_note) == (codes, note)


def test_statuses_and_parts_that_last(facts: Facts) -> None:
    states = {state.conversation_id: state for name, state in facts.world.states.items() if "conversation-" in name}
    lasting = {row.conversation_id: row.status for row in facts.rows(STATUSES, lasting="ended_at")}
    assert lasting == {key: state.status for key, state in states.items() if state.status != "ended"}
    present = {(row.conversation_id, row.agent_id): row.role for row in facts.rows(PARTICIPATIONS, lasting="left_at")}
    assert present == {
        (key, agent_id): participant.role
        for key, state in states.items()
        for agent_id, participant in state.agents.items()
    }


def test_sessions_that_last(facts: Facts) -> None:
    lasting = {row.conversation_id for row in facts.rows(SESSIONS, lasting="ended_at")}
    states = [state for name, state in facts.world.states.items() if "conversation-" in name]
    assert lasting == {state.conversation_id for state in states if not state.over}


def test_teams_that_last(facts: Facts) -> None:
    lasting = {row.agent_id: row.team for row in facts.rows(MEMBERSHIPS, lasting="ended_at")}
    agents = facts.world.configuration.tables.agents
    assert lasting == {agent_id: agent.team for agent_id, agent in agents.items() if agent.team is not None}
