"""What is safe and fitting to print: nobody's text may control the terminal of who reads the journal."""

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.highlighter import JSONHighlighter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

__all__ = ["neutralise", "neutralise_json", "print_json", "print_line", "progress", "standard_output"]

_INVISIBLE = (
    "\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"
)
"""Escapes of eight-bit terminals, line separators, and marks that hide text or turn its direction."""

_HOSTILE = re.compile(f"[\x00-\x1f{_INVISIBLE}]")
_HOSTILE_IN_JSON = re.compile(f"[{_INVISIBLE}]")


def neutralise(text: str) -> str:
    """The text on one line, each control character and invisible mark in it spelled out: ``\\n``, ``\\x1b``."""
    return _HOSTILE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def neutralise_json(text: str) -> str:
    """The same JSON value with these characters as JSON escapes; what lies below the space JSON escapes itself."""
    return _HOSTILE_IN_JSON.sub(lambda found: json.dumps(found[0])[1:-1], text)


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
def progress(description: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error while it is a terminal; call what is yielded with how much more is done."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(description, total=total)
        yield lambda more: bar.advance(task, more)
