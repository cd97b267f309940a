"""``python -m tests.bench.delivery``: signed webhooks a second beside the bare client, and what comes in over a channel
beside what customers post."""

import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path

import aiohttp
import msgspec
import tomli_w
import uvloop

from schemas.identifiers import new_id
from tests.bench.bare_client import Post, Posted
from tests.bench.inbound import SECTIONS, measure_inbound
from tests.bench.message_path import Opened, open_conversation
from tests.bench.push import call
from tests.bench.receiver import Receiver, Taken, serve_receiver
from tests.bench.servers import ServedProcess, hybrid_chat, run_on_server_core, use_client_cores

__all__ = ["main", "measure_delivery"]

_WEBHOOK = "bench"
_CONVERSATIONS = 256
_TURNS = 16
_MESSAGES = _CONVERSATIONS * _TURNS
_ROUNDS = 5
_SENT = ("content-type", "user-agent", "accept-encoding", "webhook-")


async def measure_delivery(directory: Path) -> dict[str, float]:
    """Both measurements, of one server."""
    async with serve_receiver() as receiver:
        with hybrid_chat(directory / "data", _config(directory, receiver)) as server:
            webhooks = await _measure_webhooks(server, receiver, directory)
            inbound = await measure_inbound(server)
    return webhooks | inbound


def _config(directory: Path, receiver: Receiver) -> Path:
    """Writes the settings of a centre with a webhook for messages and with a channel of WhatsApp. Nothing is projected,
    so that the server's processor time is that of deliveries alone."""
    directory.mkdir()
    sections = {
        "reporting": {"runner": "none"},
        "webhook_delivery": {"allowed_private_networks": ["127.0.0.1"]},
        "webhooks": {_WEBHOOK: {"url": receiver.url, "events": ["MessagePosted"], "signing_secret": "hook"}},
        **SECTIONS,
        "secrets": {"hook": f"whsec_{'A' * 44}", **SECTIONS["secrets"]},
    }
    file = directory / "centre.toml"
    file.write_text(tomli_w.dumps(sections))
    return file


async def _measure_webhooks(server: ServedProcess, receiver: Receiver, directory: Path) -> dict[str, float]:
    """Sends the same messages again in each round, as after a rewind: the journal is read, what goes where is planned
    and kept, and each call is signed, made and recorded. The bare client then posts what came."""
    rounds: list[tuple[Posted, Posted]] = []
    async with aiohttp.ClientSession(f"http://{server.host}:{server.port}") as http:
        await _write(http)
        await receiver.took(_MESSAGES)
        token = await _administrator(http)
        for _ in range(_ROUNDS):
            delivered = await _deliver_again(server, receiver, http, token)
            rounds.append((delivered, await _post_bare(receiver, directory)))
    delivered_in, posted_in = (statistics.median(each.seconds for each in side) for side in zip(*rounds, strict=True))
    return {
        "webhooks_per_s": round(_MESSAGES / delivered_in),
        "bare_client_per_s": round(_MESSAGES / posted_in),
        "ratio_to_bare_client": _median_ratio([(bare.seconds, ours.seconds) for ours, bare in rounds]),
        "ratio_by_processor_time": _median_ratio([(bare.cpu_seconds, ours.cpu_seconds) for ours, bare in rounds]),
        "webhooks_server_busy": round(statistics.median(ours.cpu_seconds / ours.seconds for ours, _ in rounds), 3),
        "bare_client_busy": round(statistics.median(bare.cpu_seconds / bare.seconds for _, bare in rounds), 3),
    }


def _median_ratio(rounds: list[tuple[float, float]]) -> float:
    return round(statistics.median(bare / ours for bare, ours in rounds), 3)


async def _deliver_again(server: ServedProcess, receiver: Receiver, http: aiohttp.ClientSession, token: str) -> Posted:
    receiver.taken.clear()
    started, used = time.perf_counter(), server.cpu_seconds()
    await call(http, "POST", f"/inspect/v1/targets/webhook:{_WEBHOOK}/rewind", token, {"position": 0})
    await receiver.took(_MESSAGES)
    return Posted(time.perf_counter() - started, server.cpu_seconds() - used)


async def _write(http: aiohttp.ClientSession) -> None:
    """Customers write in turn, so that the conversations lie across each other in the journal."""
    conversations = [await open_conversation(http) for _ in range(_CONVERSATIONS)]
    for _ in range(_TURNS):
        await asyncio.gather(*(_post(http, each) for each in conversations))


async def _post(http: aiohttp.ClientSession, conversation: Opened) -> None:
    path = f"/customer/v1/conversations/{conversation.conversation_id}/messages"
    body = {"id": new_id(), "content": {"type": "text", "text": "Is anybody there?"}}
    await call(http, "POST", path, conversation.token, body)


async def _administrator(http: aiohttp.ClientSession) -> str:
    async with http.post("/agent/v1/login", json={"username": "root", "password": "demo"}) as response:
        token: str = (await response.json())["access_token"]
        return token


async def _post_bare(receiver: Receiver, directory: Path) -> Posted:
    file = directory / "posts"
    file.write_bytes(msgspec.msgpack.encode([_as_it_came(each) for each in receiver.taken[:_MESSAGES]]))
    receiver.taken.clear()
    posted = await asyncio.to_thread(run_on_server_core, "tests.bench.bare_client", receiver.url, str(file))
    assert len(receiver.taken) == _MESSAGES
    return msgspec.json.decode(posted, type=Posted)


def _as_it_came(taken: Taken) -> Post:
    lines = (line.partition(": ") for line in taken.head.decode().splitlines()[1:])
    return Post({name: value for name, _, value in lines if name.lower().startswith(_SENT)}, taken.body)


def main() -> None:
    use_client_cores()
    with tempfile.TemporaryDirectory() as directory, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(measure_delivery(Path(directory) / "delivery")), indent=2))


if __name__ == "__main__":
    main()
