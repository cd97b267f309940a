"""What the widget of a channel asks for, as administrators change it."""

from typing import Any

import pytest

from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Caller

pytestmark = pytest.mark.asyncio

CHANNEL: dict[str, Any] = {"queue": "support", "allowed_origins": ["https://shop.example"], "language": "de"}
WIDGET = {
    "mode": "both",
    "accent": "#0b5cad",
    "texts": {"title": {"en": "Ask us", "de-AT": "Fragen S' uns"}, "send": {"de": "Los"}},
    "form": [
        {
            "name": "subject",
            "label": {"en": "What is it about?", "de": "Worum geht es?"},
            "kind": "choice",
            "options": [{"value": "order", "label": {"en": "My order"}}],
        }
    ],
}


async def configured(centre: Centre, **widget: Any) -> Caller:
    administrator = await Agent.log_in(centre, "root")
    answer = await administrator.put("/admin/v1/channels/shop", {**CHANNEL, "widget": widget})
    assert answer.status in (200, 201), answer.content
    return Caller(centre)


async def settings(caller: Caller, language: str = "") -> Any:
    return (await caller.get(f"/customer/v1/widget?channel=shop&language={language}")).of(200)


async def test_a_change_of_the_widget_is_there_at_once(centre: Centre) -> None:
    caller = await configured(centre, accent="#0b5cad")
    assert (await settings(caller))["accent"] == "#0b5cad"
    await configured(centre, accent="#b3141f")
    assert (await settings(caller))["accent"] == "#b3141f"


async def test_a_channel_without_a_widget_has_the_usual_one(centre: Centre) -> None:
    found = (await Caller(centre).get("/customer/v1/widget?channel=web")).of(200)
    assert found["mode"] == "auto"
    assert found["callback_channel"] == "callback"
    assert found["attachments"]["max_bytes"] == centre.services.settings.attachments.max_bytes
    assert "texts" not in found


@pytest.mark.parametrize(
    ("language", "texts", "label"),
    [
        ("de-at", {"title": "Fragen S' uns", "send": "Los"}, "Worum geht es?"),
        ("de", {"send": "Los"}, "Worum geht es?"),
        ("en-GB", {"title": "Ask us"}, "What is it about?"),
        ("fr", None, "Worum geht es?"),
        ("", {"send": "Los"}, "Worum geht es?"),
    ],
)
async def test_words_are_those_of_the_language(centre: Centre, language: str, texts: Any, label: str) -> None:
    found = await settings(await configured(centre, **WIDGET), language)
    assert found.get("texts") == texts
    assert found["form"][0]["label"] == label
    assert found["form"][0]["options"] == [{"value": "order", "label": "My order"}]


async def test_nobody_is_called_back_and_nothing_is_sent_where_that_is_not_wanted(centre: Centre) -> None:
    found = await settings(await configured(centre, mode="live", attachments=False))
    assert "callback_channel" not in found
    assert "attachments" not in found


async def test_the_settings_are_for_the_sites_of_the_channel(centre: Centre) -> None:
    caller, path = await configured(centre), "/customer/v1/widget?channel=shop"
    (await caller.call("GET", path, headers={"Origin": "https://shop.example"})).of(200)
    refused = await caller.call("GET", path, headers={"Origin": "https://other.example"})
    refused.problem(403, "origin_not_allowed")


@pytest.mark.parametrize(
    ("query", "field"), [("", "channel"), ("?channel=nowhere", "channel"), ("?channel=callback", "channel")]
)
async def test_a_channel_that_has_no_widget_is_refused(centre: Centre, query: str, field: str) -> None:
    answer = await Caller(centre).get(f"/customer/v1/widget{query}")
    assert [error.path for error in answer.problem(422, "invalid_input").errors] == [field]


async def test_a_channel_for_callbacks_that_a_widget_names_stays(centre: Centre) -> None:
    await configured(centre, callback_channel="callback")
    administrator = await Agent.log_in(centre, "root")
    removed = await administrator.call("DELETE", "/admin/v1/channels/callback")
    removed.problem(409, "configuration_conflict")
