"""What is safe and fitting to print: nobody's text may control the terminal of who reads the journal."""

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import click
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
    """The text on one line, each control character and invisible mark in it spelled out: ``\\n``, ``\\x1b``."""
    return _HOSTILE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def neutralise_json(text: str) -> str:
    """The same JSON value with these characters as JSON escapes; what lies below the space JSON escapes itself."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _HOSTILE_IN_JSON.sub(lambda found: json.dumps(found[0])[1:-1], text)


def restore_json(text: str) -> str:
    """The JSON as it was before ``neutralise_json``: these characters as themselves, other escapes as they are."""
    return _ESCAPE_IN_JSON.sub(_restored, text) if "\\u" in text else text


def _restored(escape: re.Match[str]) -> str:
    character = str(json.loads(f'"{escape[0]}"'))
    hidden = _HOSTILE_IN_JSON.fullmatch(character) and not "\ud800" <= character <= "\udfff"
    return character if hidden else escape[0]


def standard_output() -> Console:
    """The console of standard output. A character that its encoding lacks is spelled out."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    return Console(highlight=False, markup=False, emoji=False)


def print_line(console: Console, line: Text) -> None:
    """Prints one line: cut to the width of a terminal, else whole and without colours."""
    if console.is_terminal:
        line.truncate(console.width, overflow="ellipsis")
        console.print(line, no_wrap=True)
    else:
        click.echo(line.plain)


def print_json(console: Console, text: str) -> None:
    """Prints neutralised JSON, coloured on a terminal."""
    if console.is_terminal:
        console.print(JSONHighlighter()(Text(text)), soft_wrap=True)
    else:
        click.echo(text.encode())


@contextmanager
def progress(description: str, total: int | None, unit: Literal["events", "bytes"] = "events") -> Iterator[Advance]:
    """A bar with rate and time left on standard error, while that is a terminal.

    Call what is yielded with how much more is done. Without a ``total`` there is no time left to tell.
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
    """How many events a second."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:,.0f}/s", style="progress.data.speed")
