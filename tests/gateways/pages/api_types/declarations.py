"""The file of declarations as the code makes it."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
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
_PARAMETER = "/** The names of the parameters that a request may have after the question mark. */\n"


class _Operation(NamedTuple):
    path: str
    method: str
    described: Schema

    @property
    def api(self) -> str:
        return self.path.split("/")[1]

    @property
    def pattern(self) -> str:
        """The requests of the operation, as a type."""
        return "`" + re.sub(r"{\w+}", "${string}", f"{self.method.upper()} {self.path.removeprefix('/')}") + "`"


def declarations() -> str:
    description = describe(API)
    components = [declaration(name, schema) for name, schema in description["components"]["schemas"].items()]
    operations = sorted(_operations(description), key=_most_special_first)
    types = [
        _ANSWER + _by_request("Answer", operations, _answer),
        _BODY + _by_request("Body", operations, _body),
        _PARAMETER + _by_request("Parameter", operations, _parameters, otherwise="string"),
    ]
    inside = "\n".join([*types, *components])
    return f"{_HEADER}declare namespace Api {{\n{indent(inside, '  ')}}}\n"


def _operations(description: Schema) -> Iterator[_Operation]:
    for path, item in description["paths"].items():
        for method, described in item.items():
            yield _Operation(path, method, described)


def _most_special_first(operation: _Operation) -> tuple[int, int, str, str]:
    """A parameter stands for any text, one with slashes too, so that the longer path has to be tried first."""
    return -operation.path.count("/"), operation.path.count("{"), operation.path, operation.method


def _by_request(
    name: str,
    operations: Iterable[_Operation],
    type_of_operation: Callable[[Schema], str | None],
    otherwise: str = "unknown",
) -> str:
    """A type that is chosen by the request. The operations are parted by API, since TypeScript follows some hundred
    choices one after the other, and no more."""
    apis = defaultdict[str, list[str]](list)
    for operation in operations:
        if (type_ := type_of_operation(operation.described)) is not None:
            apis[operation.api].append(f"    Request extends {operation.pattern} ? {type_} :\n")
    parts = (
        "".join([f"  Request extends `${{string}} {api}${{string}}` ?\n", *cases, f"    {otherwise} :\n"])
        for api, cases in apis.items()
    )
    without_query = f"  Request extends `${{infer Path}}?${{string}}` ? {name}<Path> :\n"
    return "".join([f"type {name}<Request extends string> =\n", without_query, *parts, f"  {otherwise};\n"])


def _answer(described: Schema) -> str:
    contents = [answer.get("content") for status, answer in described["responses"].items() if status.startswith("2")]
    return " | ".join(dict.fromkeys("null" if content is None else _content(content) for content in contents)) or "null"


def _body(described: Schema) -> str | None:
    return _content(described["requestBody"]["content"]) if "requestBody" in described else None


def _parameters(described: Schema) -> str:
    names = [
        json.dumps(parameter["name"]) for parameter in described.get("parameters", ()) if parameter["in"] == "query"
    ]
    return " | ".join(names) or "never"


def _content(content: Schema) -> str:
    """The type of the content: that of JSON where it comes as JSON too."""
    media = next((media for media in content if media.endswith("json")), next(iter(content)))
    if media.endswith("json") or media.startswith("multipart/"):
        return type_of(content[media]["schema"])
    return "Blob" if media == "application/octet-stream" else "string"
