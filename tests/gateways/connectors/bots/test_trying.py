"""An administrator tries a bot out without a customer."""

import asyncio
import logging
from typing import Any

import msgspec
import pytest
from aiohttp import web

from config.log import FIELDS
from gateways.connectors.bots import trying
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import NO_BOT, Centre
from tests.gateways.clients import Answer
from tests.gateways.connectors.bots.bots import Reply, StandInBot, replying

pytestmark = pytest.mark.asyncio

BUTTON = {"title": "Yes", "payload": "/yes"}


async def attempt(centre: Centre, text: str = "Hello", **more: str) -> Answer:
    root = await Administrator.come(centre)
    return await root.post("/admin/v1/bots/greeter/try", {"text": text, **more})


async def tried(centre: Centre, text: str = "Hello", **more: str) -> dict[str, Any]:
    found: dict[str, Any] = (await attempt(centre, text, **more)).of(200)
    return found


async def test_answers_what_the_bot_would_post(centre: Centre, bot: StandInBot) -> None:
    handoff = {"custom": {"handoff": {"queue": "sales", "reason": "a large order"}}}
    bot.behaviour = replying("Hello", {"text": "Sure?", "buttons": [BUTTON, {"payload": "x"}]}, handoff)
    position = centre.services.journal.last_position()
    found = await tried(centre)
    assert found["contents"] == [
        {"type": "text", "text": "Hello"},
        {"type": "buttons", "buttons": [BUTTON], "text": "Sure?"},
    ]
    assert found["handoff"] == {"queue": "sales", "reason": "a large order"}
    assert (found["left_out"], found["failure"]) == (["a button has no title"], None)
    assert found["seconds"] >= 0
    assert centre.services.journal.last_position() == position


async def test_the_bot_knows_the_dialogue_and_that_it_is_tried(centre: Centre, bot: StandInBot) -> None:
    first = await tried(centre)
    await tried(centre, "And now?", sender=first["sender"])
    assert [asked["sender"] for asked in bot.received] == [first["sender"]] * 2
    assert [asked["message"] for asked in bot.received] == ["Hello", "And now?"]
    assert bot.received[0]["metadata"]["try"] is True
    assert bot.received[0]["metadata"]["message_id"] != bot.received[1]["metadata"]["message_id"]


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (500, b"", "status 500"),
        (401, b"", "does not accept the signature or the secret headers"),
        (200, b"nonsense", "not of Rasa's REST channel"),
        (200, b"7", "it is no list"),
        (200, b"x" * (1024 * 1024 + 1), "larger than"),
        (200, b'[{"image": {"deep": [[[]]]}, "text": [1]}]', "text is no text"),
    ],
)
async def test_a_failure_is_answered_in_words(
    centre: Centre, bot: StandInBot, status: int, body: bytes, words: str
) -> None:
    async def fails(asked: object) -> Reply:
        return web.Response(status=status, body=body)

    bot.behaviour = fails
    found = await tried(centre)
    assert words in str(found["failure"] or found["left_out"])
    assert len(bot.bodies) == 1, "it is asked once, however often customers' messages would be tried"


async def test_a_bot_that_is_not_there_or_does_not_answer(
    centre: Centre, bot: StandInBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = await Administrator.come(centre)
    monkeypatch.setattr(trying, "_MAX_SECONDS", 0.05)

    async def waits(asked: object) -> Reply:
        await asyncio.Event().wait()
        return []

    bot.behaviour = waits
    assert "did not answer within 0.05 s" in (await tried(centre))["failure"]
    (await root.configure("bots/greeter", {"url": NO_BOT})).of(200)
    assert (await tried(centre))["failure"]


async def test_it_is_audited_without_its_text(centre: Centre, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "hybridchat.audit")
    await attempt(centre, "a secret text")
    lines = [getattr(record, FIELDS) for record in caplog.records if record.name == "hybridchat.audit"]
    (line,) = [line for line in lines if line["event"] == "bot_tried"]
    assert (line["by"], line["subject"]) == ("agent:root", "greeter")
    assert "a secret text" not in caplog.text


async def test_what_cannot_be_sent_is_refused(centre: Centre, bot: StandInBot) -> None:
    root = await Administrator.come(centre)
    path = "/admin/v1/bots/greeter/try"
    for body in ({"text": ""}, {"text": "x" * 5000}, {"text": "x", "sender": ""}, {"text": "x", "sender": "y" * 65}):
        (await root.post(path, msgspec.json.encode(body))).problem(422, "invalid_input")
    (await root.post("/admin/v1/bots/nobody/try", {"text": "x"})).problem(404, "not_found")
    assert bot.bodies == []
