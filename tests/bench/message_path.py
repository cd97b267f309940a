"""The message path: an authenticated customer's POST until the 201 for a durable message, beside the bare echo."""

import statistics
from collections.abc import Callable

import aiohttp
import msgspec

from schemas.identifiers import new_id
from tests.bench.http_load import Load, Prepared, run_load
from tests.bench.servers import ServedProcess

__all__ = ["Opened", "measure_message_path", "open_conversation", "percentile_ms"]

_CONNECTIONS = 256
_SECONDS = 4.0
_ROUNDS = 3
_TEXT = "I would like to move my appointment to next Tuesday, please."


class Opened(msgspec.Struct):
    conversation_id: str
    token: str


async def measure_message_path(ours: ServedProcess, baseline: ServedProcess) -> dict[str, float]:
    """Measures both in rounds that alternate; the ratio is that of the medians."""
    async with aiohttp.ClientSession(f"http://{ours.host}:{ours.port}") as http:
        conversations = [await open_conversation(http) for _ in range(_CONNECTIONS)]
    posts = [post_request(ours, conversation) for conversation in conversations]
    echoes = [_request(baseline, "/echo", conversation.token) for conversation in conversations]
    rounds: list[tuple[Load, Load]] = []
    for _ in range(_ROUNDS):
        echoed = await run_load(baseline.host, baseline.port, echoes, _SECONDS)
        posted = await run_load(ours.host, ours.port, posts, _SECONDS)
        assert not echoed.failures, f"{echoed.failures} echoes failed"
        assert not posted.failures, f"{posted.failures} posts failed"
        rounds.append((echoed, posted))
    baseline_per_s = statistics.median(echoed.per_second for echoed, _ in rounds)
    ours_per_s = statistics.median(posted.per_second for _, posted in rounds)
    latencies = [latency for _, posted in rounds for latency in posted.latencies]
    return {
        "ratio": round(ours_per_s / baseline_per_s, 3),
        "ours_per_s": round(ours_per_s),
        "baseline_per_s": round(baseline_per_s),
        "p50_ms": percentile_ms(latencies, 50),
        "p99_ms": percentile_ms(latencies, 99),
    }


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
