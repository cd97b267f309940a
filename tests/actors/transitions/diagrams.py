"""Draws the tables: ``make diagrams`` writes docs/states.md."""

from pathlib import Path

from tests.actors.transitions.table import Table
from tests.actors.transitions.tables import AGENT, AGENT_MRD, AGENT_TASK, CONVERSATION, ROUTED_TASK

__all__ = ["PAGE", "page"]

PAGE = Path("docs/states.md")

_INTRODUCTION = """# States

Which states there are, and which commands lead from one to another. `make diagrams` draws this page from the tables in
`tests/actors/transitions/tables.py`, which also say what is refused and what changes nothing; the tests try every cell.
"""

_CONVERSATION = """
An assistant who goes on when the agent leaves keeps the conversation `with_agent`; a queue without time for wrap-up
ends it at once. Alice is the agent, Bob another one.
"""
_AGENT = """
Each MRD (media routing domain) has a state of its own beside, below.
"""
_AGENT_MRD = """
Follows from what the agent asked for and the tasks held. *Undisturbed* are tasks of another MRD, one that may not be
interrupted.
"""
_AGENT_TASK = """
What is back to `queued` is offered to another agent; what a supervisor holds was never offered.
"""
_ROUTED_TASK = """
In this queue the first step lasts 30 seconds, an agent is preferred for 40, and a task overflows after 200 and is given
up after 300. A task leaves the router when it is confirmed, cancelled or given up.
"""

_SECTIONS: tuple[tuple[str, str, Table, str, str | None], ...] = (
    ("Conversation", _CONVERSATION, CONVERSATION, "new", None),
    ("Agent", _AGENT, AGENT, "logged_out", None),
    ("Agent in an MRD", _AGENT_MRD, AGENT_MRD, "not_ready", None),
    ("Task of an agent", _AGENT_TASK, AGENT_TASK, "queued", "closed"),
    ("Task in the router", _ROUTED_TASK, ROUTED_TASK, "gone", "gone"),
)


def page() -> str:
    sections = [
        f"## {title}\n{text}\n```mermaid\n{_diagram(table, first, last)}\n```\n"
        for title, text, table, first, last in _SECTIONS
    ]
    return "\n".join([_INTRODUCTION, *sections])


def _diagram(table: Table, first: str, last: str | None) -> str:
    """Draws a table's transitions. None leads out of the ``last`` state, in which the entity is forgotten."""
    lines = ["stateDiagram-v2"]
    if first != last:
        lines.append(f"    [*] --> {first}")
    for (state, to), commands in table.transitions().items():
        if state != last or state == first:
            begin = "[*]" if state == first == last else state
            lines.append(f"    {begin} --> {'[*]' if to == last else to} : {_label(commands)}")
    return "\n".join(lines)


def _label(commands: list[str]) -> str:
    """The label of an arrow, without colons, which begin a label. Variants are named unless the command without a
    variant leads there too."""
    variants: dict[str, list[str]] = {}
    for command in commands:
        name, _, variant = command.partition(":")
        variants.setdefault(name, []).append(variant.replace("_", " "))
    return ", ".join(name if "" in more else f"{name} ({' / '.join(more)})" for name, more in variants.items())


if __name__ == "__main__":
    PAGE.write_text(page())
