"""The server accepts the examples in the pages on callbacks and outside work."""

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from config import load_settings
from schemas.api.customer import Availability, CallbackRequest, RequestedCallback
from schemas.api.extern import OutsideTask, OutsideTaskRequest

DOCS = Path(__file__).parents[3] / "docs"
OTHER_SETTINGS: dict[str, Any] = {
    "mrds": {"chat": {}},
    "calendars": {"vienna": {"zone": "Europe/Vienna"}},
    "queues": {"support": {"mrd": "chat"}},
}
"""The settings that the examples need in addition."""

PAGES = [
    ("callbacks.md", CallbackRequest, RequestedCallback),
    ("routing-outside-work.md", OutsideTaskRequest, OutsideTask),
]


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(("page", "kind"), [("callbacks.md", "callback"), ("routing-outside-work.md", "task")])
def test_the_documented_settings_load(page: str, kind: str) -> None:
    [block] = blocks(page, "toml")
    documented = tomllib.loads(block.replace('"…"', f'"{"0" * 64}"'))
    settings = load_settings(base=OTHER_SETTINGS, overrides=documented, environment={})
    assert kind in {channel.kind for channel in settings.tables.channels.values()}


@pytest.mark.parametrize(("page", "request_type", "answer_type"), PAGES)
def test_the_documented_request_and_answer_fit_their_types(
    page: str, request_type: type[msgspec.Struct], answer_type: type[msgspec.Struct]
) -> None:
    [block] = blocks(page, "console")
    request, _, answer = block.partition(" -d '")[2].partition("'\n")
    assert isinstance(msgspec.json.decode(request, type=request_type), request_type)
    assert isinstance(msgspec.json.decode(answer, type=answer_type), answer_type)


def test_the_documented_availability_fits_its_type() -> None:
    [block] = blocks("channels.md", "json")
    assert msgspec.json.decode(block, type=Availability).callback == "callback"
