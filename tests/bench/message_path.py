"""The message path: an authenticated customer's POST until the 201 for a durable message, beside the bare echo."""

import statistics
from collections.abc import Callable

import aiohttp
import msgspec

from schemas.identifiers import new_id
from tests.bench.busyness import BUSY
from tests.bench.http_load import Load, Prepared, run_load
from tests.bench.servers import ServedProcess

__all__ = ["Opened", "measure_message_path", "open_conversation", "percentile_ms", "summarise"]

_CONNECTIONS = 256
_SECONDS = 4.0
_ROUNDS = 3
_TEXT = "I would like to move my appointment to next Tuesday, please."


class Opened(msgspec.Struct):
    conversation_id: str
    token: str


async def measure_message_path(ours: ServedProcess, baseline: ServedProcess) -> dict[str, float]:
    """Measures both in rounds that alternate."""
    async with aiohttp.ClientSession(f"http://{ours.host}:{ours.port}") as http:
        conversations = [await open_conversation(http) for _ in range(_CONNECTIONS)]
    posts = [post_request(ours, conversation) for conversation in conversations]
    echoes = [_request(baseline, "/echo", conversation.token) for conversation in conversations]
    rounds: list[tuple[Load, Load]] = []
    for _ in range(_ROUNDS):
        echoed = await run_load(baseline, echoes, _SECONDS)
        posted = await run_load(ours, posts, _SECONDS)
        assert not echoed.failures, f"{echoed.failures} echoes failed"
        assert not posted.failures, f"{posted.failures} posts failed"
        rounds.append((echoed, posted))
    return summarise(rounds)


def summarise(rounds: list[tuple[Load, Load]]) -> dict[str, float]:
    """The medians of the rounds, each of which is an echo's load and ours. A ratio is among them only if neither
    server had time left: otherwise it would compare a server with a client."""
    echoed, posted = zip(*rounds, strict=True)
    figures = {
        "ours_per_s": round(statistics.median(load.per_second for load in posted)),
        "baseline_per_s": round(statistics.median(load.per_second for load in echoed)),
        "ours_server_busy": statistics.median(load.server_busy for load in posted),
        "ours_client_busy": statistics.median(load.client_busy for load in posted),
        "baseline_server_busy": statistics.median(load.server_busy for load in echoed),
        "baseline_client_busy": statistics.median(load.client_busy for load in echoed),
        "p50_ms": percentile_ms([latency for load in posted for latency in load.latencies], 50),
        "p99_ms": percentile_ms([latency for load in posted for latency in load.latencies], 99),
    }
    if min(figures["ours_server_busy"], figures["baseline_server_busy"]) >= BUSY:
        figures["ratio"] = round(figures["ours_per_s"] / figures["baseline_per_s"], 3)
    return figures


def percentile_ms(seconds: list[float], percent: int) -> float:
    return round(statistics.quantiles(seconds, n=100)[percent - 1] * 1000, 3)


async def open_conversation(http: aiohttp.ClientSession, text: str | None = None) -> Opened:
    body = {"channel": "web-direct"} | ({"text": text} if text else {})
    async with http.post("/customer/v1/conversations", json=body) as response:
        response.raise_for_status()
        return msgspec.json.decode(await response.read(), type=Opened)


def post_request(server: ServedProcess, conversation: Opened) -> Prepared:
    return _request(server, f"/customer/v1/conversations/{conversation.conversation_id}/messages", conversation.token)


def _request(server: ServedProcess, path: str, token: str) -> Prepared:
    return request_with_id(server, path, token, new_id)


def request_with_id(server: ServedProcess, path: str, token: str, ids: Callable[[], str]) -> Prepared:
    """Every request carries a fresh message id, chosen by the client as the contract recommends."""
    body = b'{"id":"%s","content":{"type":"text","text":"%s"}}'
    length = len(body % (new_id().encode(), _TEXT.encode()))
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()
    return lambda: head + body % (ids().encode(), _TEXT.encode())
