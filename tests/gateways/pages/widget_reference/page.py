"""The text of docs/widget-reference.md."""

import re
import subprocess
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from schemas.configuration import FormChoice, FormQuestion, Invitation, Widget
from tests.node import node_program

__all__ = ["FILE", "declared", "reference"]

_ROOT = Path(__file__).parents[4]
FILE = _ROOT / "docs" / "widget-reference.md"
_WIDGET = _ROOT / "gateways" / "pages" / "widget"
_MEMBER = re.compile(r'/\*\* (?P<words>.+?) \*/\n  "?(?P<name>[\w.]+)"?\??(?P<type>.+);')
_STRUCTS: dict[type[msgspec.Struct], str] = {
    Widget: "widget",
    FormQuestion: "widget.form",
    FormChoice: "widget.form.options",
    Invitation: "widget.invitation",
}


class Member(NamedTuple):
    """A member of an interface in the declarations for sites."""

    name: str
    type: str
    words: str


def declared(interface: str) -> list[Member]:
    """The members of the interface: Options, Commands or Events."""
    text = (_WIDGET / "hybridchat.d.ts").read_text(encoding="utf-8")
    body = text.partition(f"export interface {interface} {{")[2].partition("\n}")[0]
    return [Member(found["name"], found["type"].removeprefix(": "), found["words"]) for found in _MEMBER.finditer(body)]


def reference() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# The widget's options, commands, events, settings and texts"
    yield ""
    yield "This page is written from the code by `make widget-reference`. [The chat on your website](widget.md) says"
    yield "how they are used."
    yield from _section("Options of the script or of `start`", ("option", "meaning"), _members("Options", typed=False))
    yield from _section("Commands", ("command", "does"), _members("Commands", typed=True))
    yield from _section("Events", ("event", "holds", "occurs"), _events())
    yield from _section("Settings of the channel", ("setting", "values", "without it"), _settings())
    yield ""
    yield "The fields are described with `[channels.NAME]` in the API's description at `/docs`."
    yield from _section("Texts", ("text", "English words"), _texts())


def _section(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(each.replace('|', chr(92) + '|') for each in row)} |"


def _members(interface: str, *, typed: bool) -> Iterator[tuple[str, str]]:
    for member in declared(interface):
        yield f"`{member.name}{member.type.rpartition('): ')[0] + ')' if typed else ''}`", member.words


def _events() -> Iterator[tuple[str, str, str]]:
    for member in declared("Events"):
        fields = re.findall(r"(\w+):", member.type) if member.type.startswith("{") else []
        yield f"`{member.name}`", ", ".join(f"`{name}`" for name in fields), member.words


def _settings() -> Iterator[tuple[str, str, str]]:
    for struct, place in _STRUCTS.items():
        hints = get_type_hints(struct)
        for field in msgspec.structs.fields(struct):
            yield f"`{place}.{field.name}`", _values(hints[field.name]), _default(field)


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.default_factory is not msgspec.NODEFAULT or field.default is None:
        return ""
    if field.default is msgspec.NODEFAULT:
        return "required"
    return f"`{msgspec.json.encode(field.default).decode()}`"


_WORDS: dict[Any, str] = {str: "a text", float: "a number", bool: "`true`, `false`"}


def _values(hint: Any) -> str:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in arguments)
    if origin in (Union, types.UnionType):
        return _values(next(each for each in arguments if each is not types.NoneType))
    if origin is list:
        return f"a list: {_values(arguments[0])}"
    if origin is dict:
        return "by name, then by language" if get_origin(arguments[1]) is dict else "words by language"
    return f"`{_STRUCTS[hint]}`" if hint in _STRUCTS else _WORDS[hint]


def _texts() -> Iterator[tuple[str, str]]:
    program = "import(process.argv[1]).then(({ TEXTS }) => console.log(JSON.stringify(TEXTS)))"
    for english in (_WIDGET / "texts" / folder / "en.js" for folder in ("", "contents", "callback")):
        printed = subprocess.run([node_program(), "-e", program, english], capture_output=True, text=True, check=True)
        for name, words in msgspec.json.decode(printed.stdout).items():
            yield f"`{name}`", words
