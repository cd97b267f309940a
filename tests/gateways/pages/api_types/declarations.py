"""The file of declarations as the code makes it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

from gateways.application.application import API
from gateways.openapi import describe
from tests.gateways.pages.api_types.shapes import Schema, declaration, type_of

__all__ = ["FILE", "declarations"]

FILE = Path(__file__).parents[4] / "gateways" / "pages" / "base" / "api.d.ts"

_HEADER = (
    "// The HTTP API, by its description. `make api-types` writes this file. It is for checks and is not served.\n\n"
)
_ANSWER = "/** The body of the answer to a request, such as `GET inspect/v1/floor`, if it succeeds. */\n"
_BODY = "/** The body of a request, such as `POST customer/v1/conversations`. */\n"


class _Operation(NamedTuple):
    path: str
    method: str
    described: Schema

    @property
    def pattern(self) -> str:
        """The requests of the operation, as a type."""
        return "`" + re.sub(r"{\w+}", "${string}", f"{self.method.upper()} {self.path.removeprefix('/')}") + "`"


def declarations() -> str:
    description = describe(API)
    components = [declaration(name, schema) for name, schema in description["components"]["schemas"].items()]
    operations = sorted(_operations(description), key=_most_special_first)
    answers = _by_request("Answer", ((operation, _answer(operation.described)) for operation in operations))
    bodies = _by_request("Body", ((operation, _body(operation.described)) for operation in operations))
    inside = "\n".join([_ANSWER + answers, _BODY + bodies, *components])
    return f"{_HEADER}declare namespace Api {{\n{indent(inside, '  ')}}}\n"


def _operations(description: Schema) -> Iterator[_Operation]:
    for path, item in description["paths"].items():
        for method, described in item.items():
            yield _Operation(path, method, described)


def _most_special_first(operation: _Operation) -> tuple[int, int, str, str]:
    """A parameter stands for any text, one with slashes too, so that the longer path has to be tried first."""
    return -operation.path.count("/"), operation.path.count("{"), operation.path, operation.method


def _by_request(name: str, types: Iterable[tuple[_Operation, str | None]]) -> str:
    cases = [f"  Request extends {operation.pattern} ? {type_} :\n" for operation, type_ in types if type_ is not None]
    return "".join([f"type {name}<Request extends string> =\n", *cases, "  unknown;\n"])


def _answer(described: Schema) -> str:
    contents = [answer.get("content") for status, answer in described["responses"].items() if status.startswith("2")]
    return " | ".join(dict.fromkeys("null" if content is None else _content(content) for content in contents)) or "null"


def _body(described: Schema) -> str | None:
    return _content(described["requestBody"]["content"]) if "requestBody" in described else None


def _content(content: Schema) -> str:
    """The type of the content: that of JSON where it comes as JSON too."""
    media = next((media for media in content if media.endswith("json")), next(iter(content)))
    if media.endswith("json") or media.startswith("multipart/"):
        return type_of(content[media]["schema"])
    return "Blob" if media == "application/octet-stream" else "string"
