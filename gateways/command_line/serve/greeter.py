"""The demo's bot: a small server that speaks Rasa's REST channel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

__all__ = ["serve_greeter"]

_WORDS_FOR_A_PERSON = ("agent", "person", "human", "someone", "somebody", "representative", "operator")


@asynccontextmanager
async def serve_greeter() -> AsyncIterator[str]:
    """Serves the bot on a free loopback port and yields its address."""
    application = web.Application()
    application.router.add_post("/webhooks/rest/webhook", _webhook)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def _webhook(request: web.Request) -> web.Response:
    body: dict[str, object] = await request.json()
    answers = _answers(str(body["message"]).casefold())
    return web.json_response([{"recipient_id": body["sender"], **answer} for answer in answers])


def _answers(text: str) -> list[dict[str, object]]:
    if any(word in text for word in _WORDS_FOR_A_PERSON):
        return [
            {"text": "I will find you a person. One moment, please."},
            {"custom": {"handoff": True, "reason": "asked for a person"}},
        ]
    if any(text.startswith(word) for word in ("hello", "hi", "hey", "good")):
        return [
            {
                "text": "Hello, I am the greeter. What can I do for you?",
                "buttons": [{"title": "Talk to a person", "payload": "I want to talk to a person"}],
            }
        ]
    return [{"text": "I am only a small bot. Ask for a person, and I will find you one."}]
