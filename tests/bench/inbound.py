"""What comes in over a channel of WhatsApp, until its 2xx, beside customers' posts until theirs. Both are durable
then."""

import itertools
import statistics
import time
from typing import Any

import aiohttp

from gateways.connectors.channels.graph.signature import signature_of
from tests.bench.http_load import Load, Prepared, run_load
from tests.bench.message_path import open_conversation, post_request
from tests.bench.servers import ServedProcess

__all__ = ["SECTIONS", "measure_inbound"]

_CONNECTIONS = 256
_SECONDS = 2.0
_ROUNDS = 5
_CHANNEL = "whatsapp"
_NUMBER = "1550005550001"
_APP_SECRET = "0123456789abcdef0123456789abcdef"
_VERIFY_TOKEN = "a-token-to-verify"
SECTIONS: dict[str, Any] = {
    "channels": {
        _CHANNEL: {
            "kind": "connector",
            "queue": "support",
            "connector": {
                "type": "whatsapp",
                "phone_number_id": _NUMBER,
                "access_token": "wa_token",
                "app_secret": "wa_app",
                "verify_token": "wa_verify",
                "base_url": "http://127.0.0.1:9",
            },
        }
    },
    "secrets": {"wa_token": "EAAG-an-access-token-of-the-channel", "wa_app": _APP_SECRET, "wa_verify": _VERIFY_TOKEN},
}
"""The settings of the channel. Nothing is sent over it, because nobody answers."""
_BODY = (
    '{"object":"whatsapp_business_account","entry":[{"id":"7770001","changes":[{"field":"messages","value":'
    '{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550100","phone_number_id":"%(number)s"},'
    '"contacts":[{"profile":{"name":"Ada"},"wa_id":"%(customer)s","user_id":"US.%(customer)s"}],'
    '"messages":[{"id":"wamid.%(id)020d","from":"%(customer)s","from_user_id":"US.%(customer)s",'
    '"timestamp":"%(now)d","type":"text",'
    '"text":{"body":"I would like to move my appointment to next Tuesday, please."}}]}}]}]}'
)


async def measure_inbound(server: ServedProcess) -> dict[str, float]:
    """Measures both in rounds that alternate. The ratio is that of what the server makes of a second of processor time,
    and so tells of the server alone, however busy the machine is."""
    async with aiohttp.ClientSession(f"http://{server.host}:{server.port}") as http:
        posts = [post_request(server, await open_conversation(http)) for _ in range(_CONNECTIONS)]
    ids = itertools.count(1)
    webhooks = [_request(server, f"1202555{number:04}", ids) for number in range(_CONNECTIONS)]
    rounds: list[tuple[Load, Load]] = []
    for _ in range(_ROUNDS):
        posted = await run_load(server, posts, _SECONDS)
        came_in = await run_load(server, webhooks, _SECONDS)
        assert not posted.failures, f"{posted.failures} posts failed"
        assert not came_in.failures, f"{came_in.failures} webhooks failed"
        rounds.append((posted, came_in))
    return _summarise(rounds)


def _summarise(rounds: list[tuple[Load, Load]]) -> dict[str, float]:
    posted, came_in = zip(*rounds, strict=True)
    ratios = [_per_processor_second(came) / _per_processor_second(post) for post, came in rounds]
    return {
        "inbound_per_s": round(statistics.median(load.per_second for load in came_in)),
        "posted_per_s": round(statistics.median(load.per_second for load in posted)),
        "inbound_ratio": round(statistics.median(ratios), 3),
        "inbound_server_busy": statistics.median(load.server_busy for load in came_in),
        "posted_server_busy": statistics.median(load.server_busy for load in posted),
    }


def _per_processor_second(load: Load) -> float:
    return load.per_second / load.server_busy


def _request(server: ServedProcess, customer: str, ids: "itertools.count[int]") -> Prepared:
    """Every request brings a message with an id of its own, signed."""
    fixed = {"number": _NUMBER, "customer": customer, "now": int(time.time())}
    length = len(_BODY % {**fixed, "id": 0})
    head = (
        f"POST /connectors/v1/{_CHANNEL} HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\nX-Hub-Signature-256: "
    ).encode()

    def prepared() -> bytes:
        body = (_BODY % {**fixed, "id": next(ids)}).encode()
        return head + signature_of(_APP_SECRET, body).encode() + b"\r\n\r\n" + body

    return prepared
