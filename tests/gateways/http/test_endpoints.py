"""Bad bodies are refused. All are sent to one endpoint of each kind, and decoded as the type of every endpoint.

An endpoint decodes its body as its type before it does anything else, and one test checks that for every endpoint.
Therefore a body that does not decode need not be sent to every endpoint.
"""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import msgspec
import pytest

from gateways.application.problems import to_problem
from gateways.http.endpoints import Endpoint
from gateways.http.problems import Problem, invalid_body
from schemas.records import conversation_stream
from tests.gateways.scene import BODIES, TAKES_BODY, Scene, first_of_each, named

pytestmark = pytest.mark.asyncio(loop_scope="module")

MALFORMED = "400 malformed_json"
INVALID = "422 invalid_input"
SMALL_LIMIT = 128 * 1024
LARGE_LIMIT = 1024 * 1024

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
    b"[" * 100_000,
    b'{"a":' * 20_000,
    b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
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
    type(None): [b"[]", b'"text"', b"1", b"true"],
    list: [b"{}", b'"text"', b"1", b"[1]", b"[null]", json.dumps(["a"] * 51).encode(), b'[""]'],
}

FREE = ("attributes", "shifts", "tasks", "secret_headers", "texts", "agent_joined")
"""The fields that are maps, with names of the caller's choice or from a list of their own."""

MAY_BE_ZERO = ("silent_turns",)
"""The counts for which 0 means never."""

KINDS = first_of_each(TAKES_BODY, lambda each: (each.method, each.empty_body, each.access == "anyone"))

Case = tuple[str, bytes]
"""The path of a field, and a body that is invalid at this field."""

on_each_endpoint = pytest.mark.parametrize("endpoint", TAKES_BODY, ids=named)
on_each_with_fields = pytest.mark.parametrize(
    "endpoint", [each for each in TAKES_BODY if BODIES[each.request]], ids=named
)
on_each_kind = pytest.mark.parametrize("endpoint", KINDS, ids=named)


def places(body: dict[str, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every field with its value, including the fields inside objects."""
    for name, value in body.items():
        yield (*before, name), value
        if isinstance(value, dict) and name not in FREE:
            yield from places(value, (*before, name))


def replaced(body: dict[str, Any], place: tuple[str, ...], raw: bytes) -> bytes:
    """The body's JSON with raw bytes as the value of one field."""
    mark = "@@"
    copy = json.loads(json.dumps(body))
    inner = copy
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = mark
    return json.dumps(copy).encode().replace(f'"{mark}"'.encode(), raw)


def wrong_types(endpoint: Endpoint) -> Iterator[Case]:
    body = BODIES[endpoint.request]
    for place, value in places(body):
        wrong = [raw for raw in WRONG[type(value)] if not (raw == b"0" and place[-1] in MAY_BE_ZERO)]
        yield from ((".".join(place), replaced(body, place, raw)) for raw in wrong)


def never_right(endpoint: Endpoint) -> Iterator[Case]:
    body = BODIES[endpoint.request]
    for place, _ in places(body):
        yield from ((".".join(place), replaced(body, place, raw)) for raw in NEVER_RIGHT)


def texts_too_long_or_empty(endpoint: Endpoint) -> Iterator[Case]:
    body = BODIES[endpoint.request]
    for place, value in places(body):
        if isinstance(value, str):
            yield ".".join(place), replaced(body, place, msgspec.json.encode("\u00e9" * 4097))
        if place[-1] == "text":
            yield ".".join(place), replaced(body, place, b'""')


def unknown_fields(endpoint: Endpoint) -> Iterator[Case]:
    body = BODIES[endpoint.request]
    yield "nonsense", msgspec.json.encode({**body, "nonsense": 1})
    for place, value in places(body):
        if isinstance(value, dict) and place[-1] not in FREE:
            inner = msgspec.json.encode({**value, "nonsense": 1})
            yield ".".join([*place, "nonsense"]), replaced(body, place, inner)


def missing_fields(endpoint: Endpoint) -> Iterator[Case]:
    for field in msgspec.structs.fields(endpoint.request):
        if field.required:
            body = {name: value for name, value in BODIES[endpoint.request].items() if name != field.name}
            yield field.name, msgspec.json.encode(body)


def problem_in(endpoint: Endpoint, body: bytes) -> Problem | None:
    """The problem that the endpoint's type finds in the body."""
    try:
        msgspec.json.decode(body, type=endpoint.request)
    except RecursionError:
        return Problem("malformed_json", "the body nests too deeply")
    except msgspec.ValidationError as error:
        return invalid_body(body, endpoint.request, error)
    except Exception as error:
        return to_problem(error)
    return None


def limit_of(endpoint: Endpoint) -> int:
    return SMALL_LIMIT if endpoint.access in ("customer", "agent", "anyone") else LARGE_LIMIT


async def test_the_bodies_of_this_test_have_every_field() -> None:
    assert set(BODIES) == {endpoint.request for endpoint in TAKES_BODY}
    for type_, body in BODIES.items():
        msgspec.convert(body, type_)
        assert set(body) == {field.name for field in msgspec.structs.fields(type_)}


@on_each_endpoint
async def test_every_endpoint_decodes_its_body_as_its_type(scene: Scene, endpoint: Endpoint) -> None:
    await scene.refused(endpoint, MALFORMED, body=b"{")
    await scene.refused(endpoint, "413 body_too_large", body=b" " * (limit_of(endpoint) + 1))
    for path, body in [*unknown_fields(endpoint), *missing_fields(endpoint)]:
        details = await scene.refused(endpoint, INVALID, body=body)
        assert [error.path for error in details.errors] == [path]


@pytest.mark.parametrize("endpoint", [each for each in TAKES_BODY if not each.empty_body], ids=named)
async def test_a_missing_body_is_refused(scene: Scene, endpoint: Endpoint) -> None:
    await scene.refused(endpoint, MALFORMED, body=b"")
    await scene.refused(endpoint, MALFORMED, body=None)


@on_each_with_fields
async def test_values_of_wrong_types_are_refused_in_any_field(scene: Scene, endpoint: Endpoint) -> None:
    """A list that its type allows must be refused because of its items."""
    for path, body in wrong_types(endpoint):
        problem = problem_in(endpoint, body)
        if problem is None:
            errors = (await scene.refused(endpoint, INVALID, body=body)).errors
        else:
            assert (problem.status, problem.code) == (422, "invalid_input")
            errors = list(problem.errors)
        assert errors[0].path.startswith(path), body
        assert errors[0].message


@on_each_with_fields
async def test_values_that_no_field_allows_are_refused(endpoint: Endpoint) -> None:
    for path, body in never_right(endpoint):
        problem = problem_in(endpoint, body)
        assert problem is not None, (path, body)
        assert (problem.status, problem.code) in ((400, "malformed_json"), (422, "invalid_input")), (path, body)


@pytest.mark.parametrize("endpoint", [each for each in TAKES_BODY if any(texts_too_long_or_empty(each))], ids=named)
async def test_texts_that_are_too_long_or_empty_are_refused(endpoint: Endpoint) -> None:
    for path, body in texts_too_long_or_empty(endpoint):
        problem = problem_in(endpoint, body)
        assert problem is not None, (path, body)
        assert (problem.status, problem.code) == (422, "invalid_input")
        assert problem.errors[0].path == path


@on_each_kind
async def test_malformed_json_is_refused(scene: Scene, endpoint: Endpoint) -> None:
    for body in MALFORMED_BODIES:
        await scene.refused(endpoint, MALFORMED, INVALID, body=body)


@on_each_kind
async def test_a_body_that_is_not_an_object_is_refused(scene: Scene, endpoint: Endpoint) -> None:
    for body in NOT_OBJECTS:
        details = await scene.refused(endpoint, INVALID, body=body)
        assert [error.path for error in details.errors] == [""]


@on_each_endpoint
async def test_every_fault_of_a_body_is_named(scene: Scene, endpoint: Endpoint) -> None:
    """A body in which everything is wrong: each field that the type has is named."""
    fields = [field.name for field in msgspec.structs.fields(endpoint.request)]
    body = {"nonsense": 1, **{name: [[[]]] for name in fields}}
    details = await scene.refused(endpoint, INVALID, body=msgspec.json.encode(body))
    assert {error.path.partition("[")[0] for error in details.errors} == {"nonsense", *fields}


async def test_values_of_an_enumeration_are_listed() -> None:
    wrong = b'{"state": "lunch"}'
    (endpoint,) = [each for each in TAKES_BODY if (each.method, each.path) == ("PUT", "/agent/v1/me/state")]
    problem = problem_in(endpoint, wrong)
    assert problem is not None
    assert problem.errors[0].message == "Invalid enum value 'lunch'; write one of ready, not_ready"


@on_each_kind
async def test_the_answer_has_the_errors_that_the_type_finds(scene: Scene, endpoint: Endpoint) -> None:
    for _, body in [*wrong_types(endpoint), *never_right(endpoint), *texts_too_long_or_empty(endpoint)]:
        details = await scene.refused(endpoint, MALFORMED, INVALID, body=body)
        problem = problem_in(endpoint, body)
        if problem is not None and problem.status == 422:
            assert details.errors == list(problem.errors)


@on_each_kind
async def test_oversized_bodies_are_refused(scene: Scene, endpoint: Endpoint) -> None:
    async def in_chunks() -> AsyncIterator[bytes]:
        for _ in range(limit_of(endpoint) // 4096 + 1):
            yield b" " * 4096

    await scene.refused(endpoint, "413 body_too_large", body=in_chunks())
    await scene.refused(endpoint, MALFORMED, INVALID, body=b"[" + b" " * (limit_of(endpoint) - 1))


@pytest.mark.parametrize("field", ["id", "channel", "queue", "language", "content.type", "state"])
async def test_invalid_names_are_refused(scene: Scene, field: str) -> None:
    place = tuple(field.split("."))
    with_field = [each for each in TAKES_BODY if place in [found for found, _ in places(BODIES[each.request])]]
    assert with_field
    for endpoint in with_field:
        body = BODIES[endpoint.request]
        for name in ("", " ", "../..", "A B", "a\n", "a\u0000", "\u00e9", "-", "' OR 1=1 --", "x" * 65, "${jndi}"):
            raw = msgspec.json.encode(name)
            details = await scene.refused(endpoint, INVALID, body=replaced(body, place, raw))
            assert [error.path for error in details.errors] == [field]


@pytest.mark.parametrize("place", [("attributes",), ("customer", "attributes")])
async def test_attributes_that_nest_too_deeply_are_refused(scene: Scene, place: tuple[str, ...]) -> None:
    start = next(endpoint for endpoint in TAKES_BODY if endpoint.path == "/customer/v1/conversations")
    body = {**BODIES[start.request]}
    del body["id"]
    for levels in (50, 300, 500, 700, 800, 850, 900, 950, 1000, 5000):
        for before, after in ((b"[", b"]"), (b'{"a":', b"}")):
            raw = b'{"a":' + before * levels + b"1" + after * levels + b"}"
            await scene.refused(start, INVALID, MALFORMED, body=replaced(body, place, raw))


async def test_attributes_may_hold_any_other_json(scene: Scene) -> None:
    start = next(endpoint for endpoint in TAKES_BODY if endpoint.path == "/customer/v1/conversations")
    attributes = {"": None, "n": 2**63, "m": -(2**63), "f": 1e308, "t": "\u0000", "l": [[[[[[[[1]]]]]]]]}
    body = {"channel": "web-direct", "attributes": attributes}
    answer = await scene.call(start, body=body)
    stream = conversation_stream(answer.of(201)["conversation_id"])
    recorded = scene.centre.services.journal.read_stream(stream)[0]
    assert msgspec.json.decode(recorded.data)["attributes"] == attributes
