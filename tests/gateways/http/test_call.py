"""Bad paths, methods, queries and connections are refused: all of them at one endpoint of each kind, some at every
endpoint."""

import asyncio
import urllib.parse

import pytest

from gateways.http.endpoints import Endpoint, Feed
from schemas.identifiers import new_id
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Caller, Customer
from tests.gateways.scene import ENDPOINTS, Scene, first_of_each, named

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOSTILE = [
    "x",
    "0",
    "-1",
    "*",
    "..",
    "%2e%2e",
    "%2e%2e%5c%2e%2e",
    "%00",
    "%0a",
    "%20",
    "%27%20OR%201%3D1%20--",
    "%3Cscript%3E",
    "%ff%fe",
    "%ed%a0%80",
    "%f0%9f%98%80",
    "%25s",
    "{0.__class__}",
    "$(id)",
    "x" * 5000,
]
WITH_QUERY = [endpoint for endpoint in ENDPOINTS if any(parameter.type == "integer" for parameter in endpoint.query)]
KINDS_WITH_QUERY = first_of_each(WITH_QUERY, lambda each: (each.access, type(each), each.query))
IN_PATH = [
    (endpoint, part)
    for endpoint in ENDPOINTS
    for part in ("id", "task_id", "mrd", "queue", "stream", "event_id", "delivery_id")
    if f"{{{part}}}" in endpoint.path
]
KINDS_IN_PATH = first_of_each(IN_PATH, lambda found: (found[1], found[0].access, type(found[0])))
PATHS = sorted({endpoint.path for endpoint in ENDPOINTS})
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"}
NO_NUMBERS = [
    "",
    "x",
    "-1",
    "1.5",
    "1e3",
    "0x1",
    " 1",
    "1 ",
    "+1",
    "\u0663",
    "\u00b2",
    "1_0",
    "9" * 19,
    "9" * 5000,
]


def methods_of(path: str) -> set[str]:
    served: set[str] = {endpoint.method for endpoint in ENDPOINTS if endpoint.path == path}
    return served | ({"HEAD"} if "GET" in served else set())


PATHS_OF_EACH_KIND = first_of_each(PATHS, lambda path: frozenset(methods_of(path)))


def almost(identifier: str) -> list[str]:
    return [
        identifier.upper(),
        identifier[:-1],
        identifier + "0",
        identifier + "%0a",
        identifier + "%00",
        identifier.replace("-", ""),
        f"%7B{identifier}%7D",
        f"urn:uuid:{identifier}",
        f" {identifier}".replace(" ", "%20"),
    ]


def expected(endpoint: Endpoint | Feed, part: str) -> str:
    if part == "mrd":
        return "404 unknown_mrd"
    return "403 foreign_token" if endpoint.access == "customer" else "404 not_found"


@pytest.mark.parametrize(("endpoint", "part"), KINDS_IN_PATH, ids=lambda value: getattr(value, "path", value))
async def test_hostile_path_parts_are_refused(scene: Scene, endpoint: Endpoint | Feed, part: str) -> None:
    for hostile in [*HOSTILE, *almost(new_id())]:
        parts = {part: hostile}
        await scene.refused(endpoint, expected(endpoint, part), body=scene.body(endpoint), **parts)


@pytest.mark.parametrize(("endpoint", "part"), IN_PATH, ids=lambda value: getattr(value, "path", value))
async def test_unknown_ids_in_paths_are_refused(scene: Scene, endpoint: Endpoint | Feed, part: str) -> None:
    offered = part == "task_id" and "offer_gone" in endpoint.errors
    code = "409 offer_gone" if offered else expected(endpoint, part)
    unknown = "voice" if part == "mrd" else new_id()
    await scene.refused(endpoint, code, body=scene.body(endpoint), **{part: unknown})
    for hostile in ("x", "%00", "%ff%fe", unknown + "%0a"):
        await scene.refused(endpoint, expected(endpoint, part), body=scene.body(endpoint), **{part: hostile})


@pytest.mark.parametrize("path", PATHS)
async def test_wrong_methods_are_refused(scene: Scene, path: str) -> None:
    served = methods_of(path)
    target = scene.path(next(endpoint for endpoint in ENDPOINTS if endpoint.path == path))
    for method in (METHODS if path in PATHS_OF_EACH_KIND else {"PATCH"}) - served:
        answer = await scene.agent.call(method, target)
        details = answer.problem(405, "method_not_allowed")
        assert set(answer.headers["Allow"].split(", ")) <= served
        assert target in details.detail


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/customer/v2/conversations",
        "/customer/v1/conversation",
        "/agent/v1/me/state/x",
        "/agent/v1/tasks/a/b/accept",
        "/agent/v1/tasks/a%2fb/accept",
        "/agent/v1/conversations//messages",
        "//",
        "/%00",
        "/%ff",
        "/pages/%00",
        "/pages/../../pyproject.toml",
        "/pages/%2e%2e/%2e%2e/pyproject.toml",
        "/pages/..%2f..%2fapplication.py",
        "/pages/" + "x" * 3000,
        "/pages/nothing.html",
        "/favicon.ico",
    ],
)
async def test_unknown_paths_are_not_found(scene: Scene, path: str) -> None:
    for caller in (Caller(scene.centre), scene.agent):
        (await caller.get(path)).problem(404, "not_found")


@pytest.mark.parametrize("endpoint", WITH_QUERY, ids=named)
async def test_query_parameters_that_are_not_numbers_are_refused(scene: Scene, endpoint: Endpoint | Feed) -> None:
    names = [parameter.name for parameter in endpoint.query if parameter.type == "integer"]
    for name in names:
        for value in NO_NUMBERS if endpoint in KINDS_WITH_QUERY else ("", "x", "9" * 19):
            query = f"?{name}={urllib.parse.quote(value)}"
            details = await scene.refused(endpoint, "422 invalid_input", query=query)
            assert name in [error.path for error in details.errors]
            assert len(details.detail) < 200
    if "limit" in names:
        await scene.refused(endpoint, "422 invalid_input", query="?limit=0")


@pytest.mark.parametrize("endpoint", [endpoint for endpoint in ENDPOINTS if endpoint.query], ids=named)
async def test_queries_that_do_not_decode_are_refused(scene: Scene, endpoint: Endpoint | Feed) -> None:
    for query in ("?after=%ff", "?q=%ed%a0%80", "?x=%c3%28&after=1"):
        await scene.refused(endpoint, "400 malformed_query", query=query)


async def test_an_unknown_transcript_format_is_refused(scene: Scene) -> None:
    transcript = next(endpoint for endpoint in ENDPOINTS if endpoint.path.endswith("/transcript"))
    for value in ("pdf", "", "JSON", "%00"):
        details = await scene.refused(transcript, "422 invalid_input", query=f"?format={value}")
        assert [error.path for error in details.errors] == ["format"]


async def test_a_head_request_is_answered_as_a_get_without_a_body(scene: Scene) -> None:
    for endpoint in ENDPOINTS:
        if endpoint.method == "GET" and not any(parameter.required for parameter in endpoint.query):
            caller = Caller(scene.centre, scene.token(endpoint))
            answer = await caller.call("HEAD", scene.path(endpoint) + scene.query(endpoint))
            assert (answer.status, answer.content) == (200, b""), named(endpoint)


class TestConnections:
    async def test_a_body_that_breaks_off_has_no_effect(self, scene: Scene) -> None:
        customer = await Customer.start(scene.centre)
        for length in (2, 50):
            await broken_off(scene.centre, customer, "end", b"", length)
            await broken_off(scene.centre, customer, "end", b"{}", 50)
            await broken_off(scene.centre, customer, "agent-request", b"", length)
        await broken_off(scene.centre, customer, "messages", b'{"content":{"type":"text","text":"x"}}', 60)
        assert (await customer.state())["status"] == "waiting_for_agent"
        assert centre_types(scene, customer) == ["ConversationStarted", "AgentRequested"]

    async def test_a_chunked_body_that_breaks_off_has_no_effect(self, scene: Scene) -> None:
        customer = await Customer.start(scene.centre)
        await send_and_leave(scene.centre, head(customer, "end", "Transfer-Encoding: chunked") + b"2\r\n{}\r\n")
        assert centre_types(scene, customer) == ["ConversationStarted", "AgentRequested"]

    @pytest.mark.parametrize(
        "garbage",
        [b"\x00\x01\x02\x03\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01" * 100, b"\r\n" * 100],
    )
    async def test_data_that_is_not_http_causes_no_error(self, scene: Scene, garbage: bytes) -> None:
        await send_and_leave(scene.centre, garbage)
        assert (await Caller(scene.centre).get("/healthz")).status == 200

    async def test_a_client_that_leaves_before_the_answer_causes_no_error(self, scene: Scene) -> None:
        customer = await Customer.start(scene.centre)
        body = b'{"content":{"type":"text","text":"posted"}}'
        for _ in range(20):
            await send_and_leave(scene.centre, head(customer, "messages", f"Content-Length: {len(body)}") + body)
        assert (await customer.write("after")).status == 201


def centre_types(scene: Scene, customer: Customer) -> list[str]:
    return scene.centre.types(customer.stream)


def head(customer: Customer, action: str, *headers: str) -> bytes:
    lines = [
        f"POST {customer.path}/{action} HTTP/1.1",
        "Host: localhost",
        f"Authorization: Bearer {customer.token}",
        *headers,
        "\r\n",
    ]
    return "\r\n".join(lines).encode()


async def broken_off(centre: Centre, customer: Customer, action: str, body: bytes, length: int) -> None:
    await send_and_leave(centre, head(customer, action, f"Content-Length: {length}") + body)


async def send_and_leave(centre: Centre, data: bytes) -> None:
    """Closes the connection once the server has begun to process the request, and waits until it has finished."""
    requests = centre.server.server_state.total_requests
    _, writer = await asyncio.open_connection("127.0.0.1", centre.port)
    writer.write(data)
    await writer.drain()
    if b"Authorization" in data:
        await eventually(lambda: centre.calls or centre.server.server_state.total_requests > requests)
    writer.close()
    await writer.wait_closed()
    await eventually(lambda: not centre.calls)
