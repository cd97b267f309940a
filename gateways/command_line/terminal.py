"""Printing that is safe: no recorded text can control the terminal on which the journal is read."""

import io
import json
import re
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

__all__ = [
    "Advance",
    "neutralise",
    "neutralise_json",
    "print_json",
    "print_json_line",
    "print_line",
    "progress",
    "restore_json",
    "standard_output",
]

Advance = Callable[[int], None]

_INVISIBLE = (
    "\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"
)
"""Escapes of eight-bit terminals, line separators, and marks that hide text or turn its direction."""

_HOSTILE = re.compile(f"[\x00-\x1f{_INVISIBLE}]")
_HOSTILE_IN_JSON = re.compile(f"[{_INVISIBLE}]")
_ESCAPE_IN_JSON = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")


def neutralise(text: str) -> str:
    """Returns the text as one line in which each control character and invisible mark is spelled out: ``\\n``,
    ``\\x1b``."""
    return _HOSTILE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def neutralise_json(text: str) -> str:
    """Returns the same JSON value with these characters as JSON escapes.

    JSON itself escapes the characters below the space.
    """
    if text.isascii() and "\x7f" not in text:
        return text
    return _HOSTILE_IN_JSON.sub(lambda found: json.dumps(found[0])[1:-1], text)


def restore_json(text: str) -> str:
    """Returns the JSON as it was before ``neutralise_json``: other escapes stay as they are."""
    return _ESCAPE_IN_JSON.sub(_restored, text) if "\\u" in text else text


def _restored(escape: re.Match[str]) -> str:
    character = str(json.loads(f'"{escape[0]}"'))
    hidden = _HOSTILE_IN_JSON.fullmatch(character) and not "\ud800" <= character <= "\udfff"
    return character if hidden else escape[0]


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
