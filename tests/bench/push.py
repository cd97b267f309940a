"""The push: from just before a customer's POST until the agent's WebSocket shows the message."""

import asyncio
import time

import aiohttp
import msgspec

from schemas.identifiers import new_id
from tests.bench.message_path import Opened, open_conversation, percentile_ms
from tests.bench.pace import evenly
from tests.bench.servers import ServedProcess

__all__ = ["call", "measure_push", "staff", "watch"]

_SECONDS = 8.0
_AGENTS = ("alice", "bob", "carol")
_TASKS_EACH = 3


async def measure_push(server: ServedProcess, per_second: float) -> dict[str, float]:
    """Posts at an even rate, whether or not earlier messages have arrived."""
    address = f"http://{server.host}:{server.port}"
    async with aiohttp.ClientSession(address, connector=aiohttp.TCPConnector(limit=0)) as http:
        seen: dict[str, float] = {}
        news = asyncio.Event()
        agents = [await staff(http, name) for name in _AGENTS]
        conversations = [await open_conversation(http, "Hello") for _ in range(len(agents) * _TASKS_EACH)]
        watching = [asyncio.create_task(watch(http, token, seen, news)) for token in agents]
        for token in agents:
            await _accept_all(http, token)
        sent = await _post_evenly(http, conversations, per_second)
        async with asyncio.timeout(10):
            while sent.keys() - seen.keys():
                news.clear()
                await news.wait()
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
    latencies = [seen[message_id] - at for message_id, at in sent.items()]
    return {"p50_ms": percentile_ms(latencies, 50), "p99_ms": percentile_ms(latencies, 99)}


async def staff(http: aiohttp.ClientSession, name: str) -> str:
    """Logs an agent of the demo in, makes the agent ready and returns the token."""
    credentials = {"username": name, "password": "demo"}
    async with http.post("/agent/v1/login", json=credentials) as response:
        token: str = (await response.json())["access_token"]
    await call(http, "PUT", "/agent/v1/me/state", token, {"state": "ready"})
    return token


async def _accept_all(http: aiohttp.ClientSession, token: str) -> None:
    async with http.get("/agent/v1/me", headers={"Authorization": f"Bearer {token}"}) as response:
        tasks = (await response.json())["tasks"]
    assert len(tasks) == _TASKS_EACH
    for task in tasks:
        await call(http, "POST", f"/agent/v1/tasks/{task['task_id']}/accept", token, None)


async def call(http: aiohttp.ClientSession, method: str, path: str, token: str, body: object) -> None:
    async with http.request(method, path, json=body, headers={"Authorization": f"Bearer {token}"}) as response:
        response.raise_for_status()


async def watch(http: aiohttp.ClientSession, token: str, seen: dict[str, float], news: asyncio.Event) -> None:
    """Notes when each message has arrived at the agent's WebSocket, and sets ``news`` each time."""
    async with http.ws_connect("/agent/v1/events", protocols=("hybridchat.v1", f"bearer.{token}")) as socket:
        async for frame in socket:
            now = time.perf_counter()
            event = msgspec.json.decode(frame.data)
            if event["type"] == "MessagePosted":
                seen[event["data"]["message_id"]] = now
                news.set()


async def _post_evenly(http: aiohttp.ClientSession, conversations: list[Opened], per_second: float) -> dict[str, float]:
    sent: dict[str, float] = {}
    await evenly(per_second, _SECONDS, lambda number: _post(http, conversations[number % len(conversations)], sent))
    return sent


async def _post(http: aiohttp.ClientSession, conversation: Opened, sent: dict[str, float]) -> None:
    message_id = new_id()
    path = f"/customer/v1/conversations/{conversation.conversation_id}/messages"
    body = {"id": message_id, "content": {"type": "text", "text": "Is anybody there?"}}
    sent[message_id] = time.perf_counter()
    await call(http, "POST", path, conversation.token, body)
