"""Printing that is safe: no recorded text can control the terminal on which the journal is read."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import click
import msgspec
from rich.console import Console
from rich.highlighter import JSONHighlighter
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

from gateways.command_line.neutralising import neutralise_json

__all__ = [
    "Advance",
    "print_json",
    "print_json_line",
    "print_line",
    "progress",
    "standard_output",
]

Advance = Callable[[int], None]


def standard_output() -> Console:
    """Returns the console of standard output. A character that its encoding lacks is spelled out."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    return Console(highlight=False, markup=False, emoji=False)


def print_line(console: Console, line: Text) -> None:
    """Prints one line. A terminal shows it cut to its width; elsewhere it is whole and without colours."""
    if console.is_terminal:
        line.truncate(console.width, overflow="ellipsis")
        console.print(line, no_wrap=True)
    else:
        click.echo(line.plain)


def print_json(console: Console, text: str) -> None:
    """Prints JSON that has been neutralised. A terminal shows it in colours."""
    if console.is_terminal:
        console.print(JSONHighlighter()(Text(text)), soft_wrap=True)
    else:
        click.echo(text.encode())


def print_json_line(value: object) -> None:
    """Prints the value as neutralised JSON on one line."""
    click.echo(neutralise_json(msgspec.json.encode(value).decode()).encode())


@contextmanager
def progress(description: str, total: int | None, unit: Literal["events", "bytes"] = "events") -> Iterator[Advance]:
    """Shows a bar with rate and time left on standard error if that is a terminal.

    The caller calls the yielded function with how much more is done. Without a ``total`` no time left is shown.
    """
    console = Console(stderr=True)
    counted: tuple[ProgressColumn, ...] = (MofNCompleteColumn(), _EventRateColumn())
    if unit == "bytes":
        counted = (DownloadColumn(), TransferSpeedColumn())
    columns = (TextColumn("{task.description}"), BarColumn(), *counted, TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(description, total=total)
        yield lambda more: bar.advance(task, more)


class _EventRateColumn(ProgressColumn):
    """Shows how many events are done in a second."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:,.0f}/s", style="progress.data.speed")
