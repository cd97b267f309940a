"""The pages in docs/events agree with the events, the feeds and how they end, and the guides name no others."""

import re
from pathlib import Path

import pytest

from gateways.openapi.events import STREAMS
from gateways.openapi.feeds import ALL_SIGNALS, SEEN, SIGNALS
from schemas.events import REGISTRY
from tests.gateways.feeds.pages.pages import FOLDER, pages
from tests.gateways.feeds.pages.shapes import description

NAMED = re.compile(r"`([A-Z][a-zA-Z]+)`")
KNOWN = {*REGISTRY.types, *(signal.__name__ for signal in ALL_SIGNALS)}


def named_in(guide: str) -> set[str]:
    """The types of events and signals that the guide names."""
    return set(NAMED.findall((FOLDER.parent / guide).read_text(encoding="utf-8"))) & KNOWN


def carried_to(audience: str) -> set[str]:
    return {*SEEN[audience], *(signal.__name__ for signal in SIGNALS[audience])}


def test_the_pages_are_up_to_date() -> None:
    assert {page.name: page.read_text(encoding="utf-8") for page in FOLDER.glob("*.md")} == pages(), "run make events"


def test_every_type_stands_on_one_page() -> None:
    assert sorted(type_ for stream in STREAMS.values() for type_ in stream.types) == sorted(REGISTRY.types)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_type_says_when_it_occurs(name: str) -> None:
    first = description(name).partition(". ")[0]
    assert first, f"{name} has no docstring"
    assert not first.startswith("`"), f"the docstring of {name} begins with a field; say first when it occurs"


def test_the_guide_to_channels_names_every_type_that_customers_see() -> None:
    assert named_in("channels.md") == carried_to("customer")


@pytest.mark.parametrize("guide", ["agent-desktops.md", "supervisors.md"])
def test_a_guide_for_agents_names_no_type_that_they_do_not_see(guide: str) -> None:
    assert named_in(guide) <= carried_to("agent")


@pytest.mark.parametrize("guide", ["channels.md", "agent-desktops.md"])
def test_a_guide_to_a_feed_leads_to_all_events_and_to_how_a_feed_ends(guide: str) -> None:
    text = Path(FOLDER.parent / guide).read_text(encoding="utf-8")
    assert "](events/README.md)" in text
    assert "](events/README.md#how-a-feed-ends)" in text
