"""What the pages on callbacks and outside work show is what the server takes."""

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
ELSEWHERE: dict[str, Any] = {
    "mrds": {"chat": {}},
    "calendars": {"vienna": {"zone": "Europe/Vienna"}},
    "queues": {"support": {"mrd": "chat"}},
}
"""What the pages take from others."""

PAGES = [
    ("callbacks.md", CallbackRequest, RequestedCallback),
    ("routing-outside-work.md", OutsideTaskRequest, OutsideTask),
]


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(("page", "kind"), [("callbacks.md", "callback"), ("routing-outside-work.md", "task")])
def test_the_settings_load(page: str, kind: str) -> None:
    [block] = blocks(page, "toml")
    shown = tomllib.loads(block.replace('"…"', f'"{"0" * 64}"'))
    settings = load_settings(base=ELSEWHERE, overrides=shown, environment={})
    assert kind in {channel.kind for channel in settings.tables.channels.values()}


@pytest.mark.parametrize(("page", "request_type", "answer_type"), PAGES)
def test_the_request_and_its_answer_fit(page: str, request_type: Any, answer_type: Any) -> None:
    [block] = blocks(page, "console")
    request, _, answer = block.partition(" -d '")[2].partition("'\n")
    assert msgspec.json.decode(request, type=request_type)
    assert msgspec.json.decode(answer, type=answer_type)


def test_the_availability_is_one() -> None:
    [block] = blocks("channels.md", "json")
    assert msgspec.json.decode(block, type=Availability).callback == "callback"
