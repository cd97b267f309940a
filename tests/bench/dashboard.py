"""The response times of dashboards while the server takes in as many messages as it can."""

import asyncio
import time

import aiohttp

from tests.bench.http_load import run_load
from tests.bench.message_path import open_conversation, percentile_ms, post_request
from tests.bench.servers import ServedProcess

__all__ = ["measure_dashboard"]

_CONNECTIONS = 64
_SECONDS = 8.0
_EVERY_SECONDS = 0.05
_LIVE = "/reports/v1/live?zone=Europe/Vienna"
_INTERVALS = "/reports/v1/queue-intervals?zone=Europe/Vienna&interval=30"


async def measure_dashboard(server: ServedProcess) -> dict[str, float]:
    """The p99 of the live dashboard and of the day's queue intervals, at rest and during full ingest."""
    address = f"http://{server.host}:{server.port}"
    async with aiohttp.ClientSession(address) as http:
        credentials = {"username": "sue", "password": "demo"}
        async with http.post("/agent/v1/login", json=credentials) as response:
            token: str = (await response.json())["access_token"]
        conversations = [await open_conversation(http, "Hello") for _ in range(_CONNECTIONS)]
        posts = [post_request(server, conversation) for conversation in conversations]
        await _built(http, token)
        resting = {path: await _ask(http, token, path, 1.0) for path in (_LIVE, _INTERVALS)}
        load = asyncio.create_task(run_load(server, posts, _SECONDS))
        live = await _ask(http, token, _LIVE, _SECONDS / 2)
        intervals = await _ask(http, token, _INTERVALS, _SECONDS / 2 - 1)
        taken = await load
    assert not taken.failures, f"{taken.failures} posts failed"
    return {
        "live_p99_ms": percentile_ms(live, 99),
        "intervals_p99_ms": percentile_ms(intervals, 99),
        "live_at_rest_p99_ms": percentile_ms(resting[_LIVE], 99),
        "intervals_at_rest_p99_ms": percentile_ms(resting[_INTERVALS], 99),
        "ingest_per_s": round(taken.per_second),
        "server_busy": taken.server_busy,
        "client_busy": taken.client_busy,
    }


async def _built(http: aiohttp.ClientSession, token: str) -> None:
    """Waits until a server that has just started has built its reports."""
    async with asyncio.timeout(30):
        status = 503
        while status == 503:
            await asyncio.sleep(_EVERY_SECONDS)
            async with http.get(_LIVE, headers={"Authorization": f"Bearer {token}"}) as response:
                status = response.status


async def _ask(http: aiohttp.ClientSession, token: str, path: str, seconds: float) -> list[float]:
    latencies = []
    until = time.perf_counter() + seconds
    while (sent := time.perf_counter()) < until:
        async with http.get(path, headers={"Authorization": f"Bearer {token}"}) as response:
            response.raise_for_status()
            await response.read()
        latencies.append(time.perf_counter() - sent)
        await asyncio.sleep(_EVERY_SECONDS)
    return latencies
