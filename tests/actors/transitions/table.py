"""A table of transitions: the effect of each command in each state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from actors.decider import Decision
from schemas.commands import Command
from schemas.replies import Refusal
from tests.actors.scenario import Given

__all__ = ["NOTHING", "Cell", "Subject", "Table"]

Cell = tuple[str, str]
"""A command and a situation, by their names."""

NOTHING = "-"


class Table:
    """Read from text: a line of situations, then a line for each command. A situation is a state, or a state with more
    to tell: ``active+offer``; likewise a command: ``FinishTask:wrap_up``. A cell has the resulting state, ``-`` where
    nothing is recorded, or ``!`` with the code of the refusal."""

    def __init__(self, text: str) -> None:
        header, *lines = (line.split() for line in text.strip().splitlines())
        self.situations = header
        self.rows = {command: cells for command, *cells in lines}
        assert len(self.rows) == len(lines), "a command has two rows"
        assert all(len(cells) == len(header) for cells in self.rows.values()), "a row is too short or too long"

    def cells(self) -> dict[Cell, str]:
        return {
            (command, situation): cell
            for command, cells in self.rows.items()
            for situation, cell in zip(self.situations, cells, strict=True)
        }

    def transitions(self) -> dict[tuple[str, str], list[str]]:
        """The commands that lead from one state to another."""
        found: dict[tuple[str, str], list[str]] = {}
        for (command, situation), cell in self.cells().items():
            state = situation.split("+")[0]
            if cell != NOTHING and not cell.startswith("!") and cell != state:
                commands = found.setdefault((state, cell), [])
                commands += [command] if command not in commands else []
        return found


@dataclass(frozen=True)
class Subject:
    """The subject of a table: how each situation comes about, what each command is, and how a state is named.

    ``commands_are`` are all types of commands that the entity knows, ``states`` all of its states.
    """

    situations: Mapping[str, Callable[[], Given]]
    commands: Mapping[str, Command]
    commands_are: tuple[type[Command], ...]
    states: tuple[str, ...]
    state_of: Callable[[Any, Decision[Any]], str]
    concerns: Callable[[Any], bool] = lambda event: True

    def cell(self, command: str, situation: str) -> str:
        """The decider's answer, in the words of the table."""
        then = self.situations[situation]().when(self.commands[command])
        if isinstance(then.decision.reply, Refusal):
            return f"!{then.decision.reply.code}"
        if not any(self.concerns(event) for event in then.decision.events):
            return NOTHING
        return self.state_of(then.state, then.decision)
