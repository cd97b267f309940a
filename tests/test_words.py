"""The field's words: no code, page or documentation uses a retired word, and no docstring opens with who."""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.words import ONE_CLASS, RETIRED, Retired

_ROOT = Path(__file__).parent.parent
_EXTENSIONS = (".py", ".js", ".mjs", ".html", ".md")
_LISTS = ("tests/test_words.py", "tests/words.py")
_WHO = r"(?:Who|Whoever|Whom|Whomever|Whose)\b"
_OPENING = re.compile(_WHO)
_MAY_OPEN = re.compile(rf"""["'](?:\s|\\[\snrt])*{_WHO}""")
"""Matches in every program of which a docstring opens with who. To parse all programs takes a hundred times as long."""
_NO_CODE = re.compile(r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|//[^\n]*|/\*.*?\*/""", re.DOTALL)
_NAMES = "|".join(word.pattern for word in RETIRED if word.kind == "names")
_MAY_BE_NAMED = re.compile(rf"(?<!\w)_*(?:{_NAMES})(?!\w)")
"""Matches in every text that has a retired name. Finding all names of a program takes a hundred times as long."""
_RETIRED_NAME = re.compile(rf"[_#]*(?:{_NAMES})")


class Use(NamedTuple):
    """A word or words in a text, and the offset at which they begin."""

    start: int
    words: str


class Finding(NamedTuple):
    path: str
    line: int
    words: str
    instead: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.words!r}; write {self.instead}"


def files(*excluded: str) -> list[str]:
    """The files under version control, without those of these folders and without the lists of words."""
    listed = subprocess.run(["git", "ls-files"], cwd=_ROOT, capture_output=True, text=True, check=True)
    return [
        path
        for path in listed.stdout.splitlines()
        if path.endswith(_EXTENSIONS) and not path.startswith((*_LISTS, *excluded)) and (_ROOT / path).exists()
    ]


def read(path: str) -> str:
    """The file's text, without the released sections of the change log, and without the contributors' list of words."""
    text = (_ROOT / path).read_text(encoding="utf-8")
    if path == "CHANGELOG.md":
        return "".join(re.split(r"^(?=## )", text, flags=re.MULTILINE)[:2])
    if path == "CONTRIBUTING.md":
        return re.sub(r"^##+ .*\b[Ww]ords$.*?(?=^## |\Z)", _blank, text, flags=re.MULTILINE | re.DOTALL)
    return text


def findings(path: str, text: str) -> list[Finding]:
    """The retired words in a text of this path, and the docstrings that open with who."""
    all_names = _names(path, text) if _MAY_BE_NAMED.search(text) else ()
    names = [name for name in all_names if _RETIRED_NAME.fullmatch(name.words)]
    found = [
        Finding(path, text.count("\n", 0, use.start) + 1, use.words, word.instead)
        for word in RETIRED
        if path.startswith(word.within or "") and not path.startswith(tuple(word.allowed))
        for use in _uses(word, text, names)
    ]
    return found + [
        Finding(path, line, opening, "a sentence with a subject") for line, opening in _openings(path, text)
    ]


def _uses(word: Retired, text: str, names: list[Use]) -> list[Use]:
    if word.kind == "names":
        return [name for name in names if re.fullmatch(f"[_#]*(?:{word.pattern})", name.words)]
    matches = re.finditer(word.pattern.replace(" ", r"\s+"), text)
    uses = [Use(match.start(), " ".join(match.group().split())) for match in matches]
    return [use for use in uses if not re.fullmatch(word.unless, use.words)]


def _names(path: str, text: str) -> Iterator[Use]:
    """The identifiers of a program. In JavaScript they are the words outside strings and comments."""
    if path.endswith(".py"):
        lines = [0]
        for line in io.StringIO(text):
            lines.append(lines[-1] + len(line))
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.NAME:
                yield Use(lines[token.start[0] - 1] + token.start[1], token.string)
    elif path.endswith((".js", ".mjs")):
        for match in re.finditer(r"[#\w]+", _NO_CODE.sub(_blank, text)):
            yield Use(match.start(), match.group())


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _openings(path: str, text: str) -> Iterator[tuple[int, str]]:
    """The first words of docstrings that open with who, also of those below attributes, with their lines."""
    if path.endswith(".py") and _MAY_OPEN.search(text):
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                opening = _OPENING.match(node.value.value.strip())
                if opening:
                    yield node.lineno, opening.group()


SAMPLES = [
    ("actors/a.py", "HoldTask(at=NOW)", "HoldTask"),
    ("docs/a.md", "The event `TaskHeld` is recorded.", "TaskHeld"),
    ("gateways/a.py", 'KIND = "TaskHeld"', "TaskHeld"),
    ("actors/a.py", "if decider.stays:\n    pass", "stays"),
    ("actors/a.py", "Decider(passes=True)", "passes"),
    ("gateways/a.py", "def settle() -> None: ...", "settle"),
    ("gateways/a.py", "self._settled = 1", "_settled"),
    ("gateways/a.py", "def _told(event: Event) -> str: ...", "_told"),
    ("gateways/a.py", "shown = source.read()", "shown"),
    ("gateways/a.py", "await self._tell(owner)", "_tell"),
    ("tests/a.py", "await customer.say('Hello')", "say"),
    ("gateways/pages/a.js", "this.#tell('paused');", "#tell"),
    ("gateways/pages/a.js", 'const told = "x"; // told', "told"),
    ("gateways/pages/a.mjs", "let shown = null;", "shown"),
    ("projections/a.py", "class Happening: ...", "Happening"),
    ("projections/a.py", "from a import Trouble", "Trouble"),
    ("gateways/a.py", "locks = Turns()", "Turns"),
    ("actors/a.py", "class Residents: ...", "Residents"),
    ("projections/a.py", "Behind(select, figures)", "Behind"),
    ("actors/a.py", "class Reading: ...", "Reading"),
    ("config/a.py", "raise ConfigurationError(name)", "ConfigurationError"),
    ("config/a.py", "class Engine(_Section): ...", "class Engine"),
    ("config/a.py", "class Journal(_Section): ...", "class Journal"),
    ("config/a.py", "class Server(_Section): ...", "class Server"),
    ("gateways/a.py", "MOST_EFFECTS = 1_000", "MOST_EFFECTS"),
    ("gateways/a.py", "_MOST_ROWS = 1", "_MOST_ROWS"),
    ("gateways/a.py", "_LONGEST = 200", "_LONGEST"),
    ("gateways/a.py", "_LONGEST_FEED = 0.1", "_LONGEST_FEED"),
    ("gateways/a.py", "_KEPT_PROBLEMS = 100", "_KEPT_PROBLEMS"),
    ("gateways/pages/a.js", "export const MOST_ROWS = 400;", "MOST_ROWS"),
    ("docs/a.md", "the agent's other domains are interrupted", "domains"),
    ("gateways/a.py", '"""By queue and\n    domain."""', "domain"),
    ("docs/a.md", "One configuration, on the record", "on the record"),
    ("gateways/pages/a.html", "<p>Nothing on record</p>", "on record"),
    ("docs/a.md", "Reports are counted from\nthe record.", "from the record"),
    ("docs/a.md", "the start folds the whole record", "whole record"),
    ("docs/a.md", "From then on the record counts.", "on the record"),
    ("docs/a.md", "Afterwards the record counts.", "the record counts"),
    ("gateways/a.py", '"""Something else than the record."""', "than the record"),
    ("actors/a.py", '"""Who waits longest."""', "Who"),
    ("actors/a.py", 'def f():\n    """Whoever comes first."""', "Whoever"),
    ("actors/a.py", 'class A:\n    x: int\n    """Whose turn it is."""', "Whose"),
    ("actors/a.py", 'async def f():\n    """Whom the router chose."""', "Whom"),
    ("actors/a.py", "def f():\n    r'''\n    Who comes first.'''", "Who"),
    ("actors/a.py", 'def f():\n    "\\nWho comes first."', "Who"),
    ("actors/a.py", 'def f():\n    "" \\\n        "Who comes first."', "Who"),
]
"""A path, a text, and the retired words in it."""


def test_no_file_uses_a_retired_word() -> None:
    found = [str(finding) for path in files() for finding in findings(path, read(path))]
    assert not found, "\n".join(found)


def test_each_of_these_names_belongs_to_one_class() -> None:
    defined = [
        (node.name, path)
        for path in files("tests/")
        if path.endswith(".py") and any(f"class {name}" in read(path) for name in ONE_CLASS)
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.ClassDef) and node.name in ONE_CLASS
    ]
    assert len(defined) == len({name for name, _ in defined}), defined


def test_places_with_exceptions_exist() -> None:
    places = {place for word in RETIRED for place in (*word.within, *word.allowed)}
    assert [place for place in sorted(places) if not (_ROOT / place).exists()] == []


@pytest.mark.parametrize(("path", "text", "words"), SAMPLES)
def test_a_retired_word_is_found(path: str, text: str, words: str) -> None:
    assert words in [finding.words for finding in findings(path, text)]


def test_every_retired_word_has_a_sample() -> None:
    found = {finding.instead for path, text, _ in SAMPLES for finding in findings(path, text)}
    assert found >= {word.instead for word in RETIRED}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("schemas/events/upcasters.py", 'RENAMED = {"TaskHeld": "TaskAssignedDirectly"}'),
        ("actors/engine/entity_system.py", "self._system.tell(address, message)"),
        ("actors/a.py", '"""A pinned entity stays in memory; time passes."""'),
        ("tests/figures/stays.py", "def stays() -> list[Stay]: ..."),
        ("gateways/pages/a.js", 'text("The agent is told."); /* as shown */'),
        ("gateways/a.py", '"""Turns the errors into problems. Behind each figure are conversations."""'),
        ("docs/a.md", "A media routing domain (MRD) has queues. Register your domain name."),
        ("docs/a.md", "A media routing\ndomain is an MRD."),
        (
            "schemas/a.py",
            '"""From a record to an event; both name the record\'s stream. The record does not decode."""',
        ),
        ("actors/a.py", 'def f():\n    """The agent who waits longest."""'),
    ],
)
def test_a_word_in_another_sense_is_allowed(path: str, text: str) -> None:
    assert findings(path, text) == []
