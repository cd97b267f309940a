"""Walks through every cell of every table."""

from typing import get_args

import pytest

from schemas.events import REGISTRY, ConfigurationEvent
from schemas.replies import RefusalCode
from tests.actors.transitions import tables
from tests.actors.transitions.agents import AGENT, AGENT_MRD, AGENT_TASK
from tests.actors.transitions.conversations import CONVERSATION
from tests.actors.transitions.routing import ROUTED_TASK
from tests.actors.transitions.table import NOTHING, Subject, Table

WALKS: dict[str, tuple[Table, Subject]] = {
    "agent": (tables.AGENT, AGENT),
    "agent_mrd": (tables.AGENT_MRD, AGENT_MRD),
    "agent_task": (tables.AGENT_TASK, AGENT_TASK),
    "routed_task": (tables.ROUTED_TASK, ROUTED_TASK),
    "conversation": (tables.CONVERSATION, CONVERSATION),
}
CELLS = [
    pytest.param(subject, command, situation, cell, id=f"{name}-{situation}-{command}")
    for name, (table, subject) in WALKS.items()
    for (command, situation), cell in table.cells().items()
]
every_table = pytest.mark.parametrize(("table", "subject"), WALKS.values(), ids=WALKS)


@pytest.mark.parametrize(("subject", "command", "situation", "cell"), CELLS)
def test_every_cell_is_true(subject: Subject, command: str, situation: str, cell: str) -> None:
    assert subject.cell(command, situation) == cell


@every_table
def test_every_command_has_a_row(table: Table, subject: Subject) -> None:
    assert set(table.rows) == set(subject.commands)
    assert {type(command) for command in subject.commands.values()} == set(subject.commands_are)
    for name, command in subject.commands.items():
        assert name.split(":")[0] == type(command).__name__


@every_table
def test_every_state_has_a_column(table: Table, subject: Subject) -> None:
    assert set(table.situations) == set(subject.situations)
    assert {situation.split("+")[0] for situation in table.situations} == set(subject.states)


@every_table
def test_every_cell_has_a_state_or_the_code_of_a_refusal(table: Table, subject: Subject) -> None:
    refusals = {f"!{code}" for code in RefusalCode}
    assert set(table.cells().values()) <= {*subject.states, *refusals, NOTHING}


@every_table
def test_every_state_can_be_reached(table: Table, subject: Subject) -> None:
    transitions = table.transitions()
    assert {to for _, to in transitions} | {table.situations[0]} == set(subject.states)


def test_every_event_is_recorded_somewhere() -> None:
    seen = {
        type(event).__name__
        for subject in {id(subject): subject for _, subject in WALKS.values()}.values()
        for command in subject.commands
        for situation in subject.situations
        for event in subject.situations[situation]().when(subject.commands[command]).decision.events
    }
    assert seen == set(REGISTRY.types) - {event.__name__ for event in get_args(ConfigurationEvent)}
