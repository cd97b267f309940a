"""An event that was recorded under a former name of its type is read everywhere under today's name."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from actors.agent import AGENT, HeldTask
from actors.folding import fold_as
from actors.journal import MemoryJournal, SqliteJournal
from gateways.feeds.audiences import render_for_agents
from gateways.inspection.events import inspected
from gateways.inspection.viewer import SUPERUSER
from projections.live.agents import AgentDirectory
from projections.runner import Projection, on
from projections.runner.recorded_event import recorded_events_of
from schemas.events import REGISTRY, AgentLoggedIn, TaskAssignedDirectly
from schemas.records import NewRecord, Record
from tests.examples import later, settings_of
from tests.gateways.command_line.commands import lines_of, run

ALICE = "agent-alice"
DATA = b'{"task_id":"t","conversation_id":"c","mrd":"chat","queue":"support","direction":"monitor"}'
TODAY = TaskAssignedDirectly(task_id="t", conversation_id="c", mrd="chat", queue="support", direction="monitor")


def _new_record(version: int, type_: str, data: bytes, schema_version: int = 1) -> NewRecord:
    return NewRecord(
        stream=ALICE,
        version=version,
        event_id=f"{ALICE}/{version}",
        type=type_,
        at=f"2026-11-22T10:00:0{version}.000000Z",
        schema_version=schema_version,
        correlation_id="correlation",
        causation_id="causation",
        actor="agent:alice",
        data=data,
    )


def _records() -> list[NewRecord]:
    settings = settings_of("Alice", chat=2)
    logged_in = AgentLoggedIn(agent_id="alice", name="Alice", mrds=settings.mrds, logged_in_at=later(1))
    return [
        _new_record(1, "AgentLoggedIn", REGISTRY.encode(logged_in), AgentLoggedIn.VERSION),
        _new_record(2, "TaskHeld", DATA),
    ]


@pytest.fixture
def records() -> list[Record]:
    journal = MemoryJournal()
    journal.append(_records())
    return journal.read_all()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
        journal.append(_records())
    return tmp_path


def test_decodes(records: list[Record]) -> None:
    assert REGISTRY.decode(records[1]) == TODAY


def test_folds(records: list[Record]) -> None:
    held = HeldTask("t", "c", "chat", "support", "active", None, "monitor")
    assert fold_as(AGENT, ALICE, records).tasks == {"t": held}


def test_reaches_live_views(records: list[Record]) -> None:
    view = AgentDirectory()
    for record in records:
        view.apply(record, REGISTRY.decode(record))
    assert [task.task_id for task in view.held("alice")] == ["t"]
    assert view.involvement("alice").spans


def test_reaches_the_projections_handlers_of_todays_type(records: list[Record]) -> None:
    seen = []
    handler = on(TaskAssignedDirectly, lambda tx, recorded, event: seen.append(event))
    projection = Projection("seen", 1, "", (), (handler,))
    projection.apply(recorded_events_of(records), None)  # type: ignore[arg-type] # the handler writes nothing
    assert seen == [TODAY]


def test_reaches_feeds_under_todays_name(records: list[Record]) -> None:
    rendered = render_for_agents(records[1])
    assert (rendered.type, bytes(rendered.data)) == ("TaskAssignedDirectly", DATA)


def test_is_inspected_under_todays_name(records: list[Record]) -> None:
    event = inspected(records[1], SUPERUSER)
    assert event.type == "TaskAssignedDirectly"
    assert event.summary == "alice takes part without an offer (monitor)"


def test_is_found_by_todays_name(data_dir: Path) -> None:
    (line,) = lines_of(run("events", "tail", "--type", "TaskAssignedDirectly", data_dir=data_dir))
    assert "TaskAssignedDirectly" in line


def test_is_exported_as_it_was_recorded(data_dir: Path) -> None:
    _, line = lines_of(run("events", "export", data_dir=data_dir))
    event = json.loads(line)
    assert (event["type"], event["data"]) == ("TaskHeld", json.loads(DATA))


def test_is_whole(data_dir: Path) -> None:
    assert lines_of(run("events", "verify", data_dir=data_dir))[0].startswith("The journal is whole")


def test_comes_back_from_an_export_as_it_was_recorded(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    exported = run("events", "export", data_dir=data_dir).stdout
    other = tmp_path_factory.mktemp("other")
    assert run("events", "import", "-", data_dir=other, stdin=exported).exit_code == 0
    with closing(SqliteJournal(other / "journal.db", read_only=True)) as journal:
        record = journal.read_all()[1]
    assert (record.type, record.data) == ("TaskHeld", DATA)
