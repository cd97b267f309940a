"""The effect of a rebuild on acknowledgements: their p99 at an even load, without and with a rebuild beside the
server."""

import asyncio
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from schemas.identifiers import new_id
from tests.bench.message_path import Opened, open_conversation, percentile_ms
from tests.bench.pace import evenly
from tests.bench.servers import ServedProcess

__all__ = ["measure_interference"]

_PER_SECOND = 400.0
_SECONDS = 5.0
_ROUNDS = 4
_CONVERSATIONS = 64
_BEGUN_SECONDS = 1.5


async def measure_interference(server: ServedProcess, data_dir: Path) -> dict[str, float]:
    """Measures in rounds that alternate; the ratio is that of the medians of the rounds' p99. The rebuild, of all
    projections, may run on every core, as a rebuild beside a server does."""
    address = f"http://{server.host}:{server.port}"
    quiet, disturbed = [], []
    async with aiohttp.ClientSession(address, connector=aiohttp.TCPConnector(limit=0)) as http:
        conversations = [await open_conversation(http) for _ in range(_CONVERSATIONS)]
        await _round(http, conversations)
        for _ in range(_ROUNDS):
            quiet.append(percentile_ms(await _round(http, conversations), 99))
            async with _rebuilding(data_dir):
                disturbed.append(percentile_ms(await _round(http, conversations), 99))
    return {
        "p99_ratio": round(statistics.median(disturbed) / statistics.median(quiet), 3),
        "p99_quiet_ms": statistics.median(quiet),
        "p99_rebuilding_ms": statistics.median(disturbed),
    }


@asynccontextmanager
async def _rebuilding(data_dir: Path) -> AsyncIterator[None]:
    """Rebuilds again and again while the context lasts."""
    rebuild = f"{sys.executable} -m gateways.command_line projections rebuild --all --data-dir {data_dir}"
    process = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs meanwhile
        ["sh", "-c", f"while :; do {rebuild}; done"],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_every_core,
    )
    try:
        await asyncio.sleep(_BEGUN_SECONDS)
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _every_core() -> None:
    os.sched_setaffinity(0, range(os.cpu_count() or 1))


async def _round(http: aiohttp.ClientSession, conversations: list[Opened]) -> list[float]:
    """The seconds until each acknowledgement."""
    latencies: list[float] = []
    await evenly(
        _PER_SECOND, _SECONDS, lambda number: _post(http, conversations[number % len(conversations)], latencies)
    )
    return latencies


async def _post(http: aiohttp.ClientSession, conversation: Opened, latencies: list[float]) -> None:
    path = f"/customer/v1/conversations/{conversation.conversation_id}/messages"
    body = {"id": new_id(), "content": {"type": "text", "text": "Is anybody there?"}}
    sent = time.perf_counter()
    async with http.post(path, json=body, headers={"Authorization": f"Bearer {conversation.token}"}) as response:
        response.raise_for_status()
        await response.read()
    latencies.append(time.perf_counter() - sent)
