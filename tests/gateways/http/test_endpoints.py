"""Bad bodies, at every endpoint that takes one."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from gateways.http.endpoints import Endpoint
from schemas.records import conversation_stream
from tests.gateways.scene import BODIES, TAKES_BODY, Scene, named

pytestmark = pytest.mark.asyncio(loop_scope="module")

MALFORMED = "400 malformed_json"
INVALID = "422 invalid_input"
LIMIT = 1024 * 1024

MALFORMED_BODIES = [
    b" ",
    b"{",
    b"}",
    b'{"',
    b'{"a":}',
    b"{'a':1}",
    b"{}}",
    b"{} {}",
    b"{},",
    b"nonsense",
    b"\x00",
    b"\xff\xfe{\x00}\x00",
    b"\xef\xbb\xbf{}",
    b"<xml/>",
    b"a=1&b=2",
    b"{}\x00",
    b"NaN",
    b"[" * 200_000,
    b'{"a":' * 100_000,
    b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
]
NOT_OBJECTS = [b"[]", b"[{}]", b"null", b"true", b"1", b'"text"', b"1e999"]
NOT_UTF8 = [b'"\xff"', b'"\xc3("', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b'"\xc0\xaf"']
LONE_SURROGATES = [rb'"\ud800"', rb'"\udfff"', rb'"\ud800A"', rb'"\ude00\ud83d"']
NEVER_RIGHT = [*NOT_UTF8, *LONE_SURROGATES, b"9" * 5000, b"-1e999", b"[" * 2000 + b"]" * 2000]
WRONG = {
    str: [b"1", b"1.5", b"true", b"[]", b"{}", b'["text"]'],
    bool: [b'"true"', b"1", b"0", b"null", b"[]"],
    int: [b'"1"', b"1.5", b"true", b"[]", b"0", b"-1", b"1000"],
    float: [b'"1"', b"true", b"[]", b"-1", b"1e99"],
    dict: [b"[]", b'"text"', b"1", b"true"],
    list: [b"{}", b'"text"', b"1", b"[1]", b"[null]", json.dumps(["a"] * 51).encode(), b'[""]'],
}

FREE = ("attributes", "shifts", "tasks")
"""What maps names that are the caller's own."""

on_each_endpoint = pytest.mark.parametrize("endpoint", TAKES_BODY, ids=named)


def places(body: dict[str, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every field with its value, and those within."""
    for name, value in body.items():
        yield (*before, name), value
        if isinstance(value, dict) and name not in FREE:
            yield from places(value, (*before, name))


def replaced(body: dict[str, Any], place: tuple[str, ...], raw: bytes) -> bytes:
    """The body's JSON with raw bytes in one place."""
    mark = "@@"
    copy = json.loads(json.dumps(body))
    inner = copy
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = mark
    return json.dumps(copy).encode().replace(f'"{mark}"'.encode(), raw)


async def test_every_field_of_every_body_is_tried() -> None:
    assert set(BODIES) == {endpoint.request for endpoint in TAKES_BODY}
    for type_, body in BODIES.items():
        msgspec.convert(body, type_)
        assert set(body) == {field.name for field in msgspec.structs.fields(type_)}


@on_each_endpoint
async def test_malformed_json(scene: Scene, endpoint: Endpoint) -> None:
    for body in MALFORMED_BODIES:
        await scene.refused(endpoint, MALFORMED, INVALID, body=body)


@on_each_endpoint
async def test_no_body(scene: Scene, endpoint: Endpoint) -> None:
    if not endpoint.empty_body:
        await scene.refused(endpoint, MALFORMED, body=b"")
        await scene.refused(endpoint, MALFORMED, body=None)


@on_each_endpoint
async def test_no_object(scene: Scene, endpoint: Endpoint) -> None:
    for body in NOT_OBJECTS:
        details = await scene.refused(endpoint, INVALID, body=body)
        assert [error.path for error in details.errors] == [""]


@on_each_endpoint
async def test_unknown_fields(scene: Scene, endpoint: Endpoint) -> None:
    body = BODIES[endpoint.request]
    details = await scene.refused(endpoint, INVALID, body={**body, "nonsense": 1})
    assert [error.path for error in details.errors] == ["nonsense"]
    for place, value in places(body):
        if isinstance(value, dict) and place[-1] not in FREE:
            inner = msgspec.json.encode({**value, "nonsense": 1})
            details = await scene.refused(endpoint, INVALID, body=replaced(body, place, inner))
            assert [error.path for error in details.errors] == [".".join([*place, "nonsense"])]


@on_each_endpoint
async def test_missing_fields(scene: Scene, endpoint: Endpoint) -> None:
    required = [field.name for field in msgspec.structs.fields(endpoint.request) if field.required]
    for name in required:
        body = {field: value for field, value in BODIES[endpoint.request].items() if field != name}
        details = await scene.refused(endpoint, INVALID, body=body)
        assert [error.path for error in details.errors] == [name]


@on_each_endpoint
async def test_wrong_types(scene: Scene, endpoint: Endpoint) -> None:
    body = BODIES[endpoint.request]
    for place, value in places(body):
        for raw in WRONG[type(value)]:
            details = await scene.refused(endpoint, INVALID, body=replaced(body, place, raw))
            assert details.errors[0].path.startswith(".".join(place)), raw
            assert details.errors[0].message


@on_each_endpoint
async def test_what_is_right_nowhere(scene: Scene, endpoint: Endpoint) -> None:
    body = BODIES[endpoint.request]
    for place, _ in places(body):
        for raw in NEVER_RIGHT:
            await scene.refused(endpoint, MALFORMED, INVALID, body=replaced(body, place, raw))


@on_each_endpoint
async def test_texts_too_long_or_empty(scene: Scene, endpoint: Endpoint) -> None:
    body = BODIES[endpoint.request]
    for place, value in places(body):
        if isinstance(value, str):
            raw = msgspec.json.encode("\u00e9" * 4097)
            details = await scene.refused(endpoint, INVALID, body=replaced(body, place, raw))
            assert details.errors[0].path == ".".join(place)
        if place[-1] == "text":
            await scene.refused(endpoint, INVALID, body=replaced(body, place, b'""'))


@on_each_endpoint
async def test_oversized_bodies(scene: Scene, endpoint: Endpoint) -> None:
    async def in_chunks() -> Any:
        for _ in range(LIMIT // 4096 + 1):
            yield b" " * 4096

    await scene.refused(endpoint, "413 body_too_large", body=b" " * (LIMIT + 1))
    await scene.refused(endpoint, "413 body_too_large", body=in_chunks())
    await scene.refused(endpoint, MALFORMED, INVALID, body=b"[" + b" " * (LIMIT - 1))


@pytest.mark.parametrize("field", ["id", "task", "channel", "queue", "language", "content.type", "state"])
async def test_names_that_cannot_be(scene: Scene, field: str) -> None:
    place = tuple(field.split("."))
    for endpoint in TAKES_BODY:
        body = BODIES[endpoint.request]
        if place not in [found for found, _ in places(body)]:
            continue
        for name in ("", " ", "../..", "A B", "a\n", "a\u0000", "\u00e9", "-", "' OR 1=1 --", "x" * 65, "${jndi}"):
            raw = msgspec.json.encode(name)
            details = await scene.refused(endpoint, INVALID, body=replaced(body, place, raw))
            assert [error.path for error in details.errors] == [field]


@pytest.mark.parametrize("place", [("attributes",), ("customer", "attributes")])
async def test_attributes_that_nest_without_end(scene: Scene, place: tuple[str, ...]) -> None:
    start = next(endpoint for endpoint in TAKES_BODY if endpoint.path == "/customer/v1/conversations")
    body = {**BODIES[start.request]}
    del body["id"]
    for levels in (50, 300, 500, 700, 800, 850, 900, 950, 1000, 5000):
        for before, after in ((b"[", b"]"), (b'{"a":', b"}")):
            raw = b'{"a":' + before * levels + b"1" + after * levels + b"}"
            await scene.refused(start, INVALID, MALFORMED, body=replaced(body, place, raw))


async def test_attributes_may_hold_anything_else(scene: Scene) -> None:
    start = next(endpoint for endpoint in TAKES_BODY if endpoint.path == "/customer/v1/conversations")
    attributes = {"": None, "n": 2**63, "m": -(2**63), "f": 1e308, "t": "\u0000", "l": [[[[[[[[1]]]]]]]]}
    body = {"channel": "web-direct", "attributes": attributes}
    answer = await scene.call(start, body=body)
    stream = conversation_stream(answer.of(201)["conversation_id"])
    recorded = scene.centre.services.journal.read_stream(stream)[0]
    assert msgspec.json.decode(recorded.data)["attributes"] == attributes
