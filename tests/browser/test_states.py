"""The state at any version or instant, and its changes."""

import json
from typing import Any

import jsonpatch
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.async_api import expect

from tests.browser.inspector import Inspector
from tests.browser.morning import Morning
from tests.gateways.centre import Centre

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_the_slider_goes_through_time(root: Inspector, centre: Centre, morning: Morning) -> None:
    last = len(centre.types(morning.anna.stream))
    await root.open(f"#state/{morning.anna.stream}")
    slider, output = root.page.get_by_label("Version"), root.page.locator("output")
    await expect(output).to_contain_text(f"Version {last} of {last}, 2")
    await slider.focus()
    await root.page.keyboard.press("Home")
    await expect(output).to_contain_text(f"Version 1 of {last}, 2")
    await expect(root.heading("Changed from nothing")).to_be_visible()
    await root.page.keyboard.press("ArrowRight")
    await expect(root.heading("Changed since version 1")).to_be_visible()
    await root.at(f"#state/{morning.anna.stream}?version=2")
    assert await slider.get_attribute("aria-valuetext") == await output.inner_text()


async def test_the_changes_of_an_event_are_marked(root: Inspector, centre: Centre, morning: Morning) -> None:
    version = centre.types(morning.anna.stream).index("AgentRequested") + 1
    await root.open(f"#state/{morning.anna.stream}?version={version}")
    status = root.page.locator(".changes li").filter(has=root.page.locator(".path", has_text="status"))
    await expect(status).to_contain_text('"with_bot"')
    await expect(status).to_contain_text('"waiting_for_agent"')
    await expect(root.page.locator(".state .line.changed").filter(has_text="status")).to_contain_text("~")


async def test_no_step_leads_before_the_first_version_or_after_the_last(root: Inspector, morning: Morning) -> None:
    await root.open(f"#state/{morning.anna.stream}?version=1")
    await expect(root.button("Previous")).to_have_attribute("aria-disabled", "true")
    await root.button("Previous").click(force=True)
    await expect(root.page.locator("output")).to_contain_text("Version 1 of")
    await root.button("Last").click()
    await expect(root.button("Next")).to_have_attribute("aria-disabled", "true")


async def test_an_instant_in_the_address_is_opened(root: Inspector, centre: Centre, morning: Morning) -> None:
    record = centre.services.journal.read_stream(morning.ben.stream)[3]
    await root.open(f"#state/{morning.ben.stream}?at={record.at}")
    at_least = [r.version for r in centre.services.journal.read_stream(morning.ben.stream) if r.at <= record.at][-1]
    await expect(root.page.locator("output")).to_contain_text(f"Version {at_least} of")


async def test_an_unknown_version_or_instant_is_answered_with_an_error(root: Inspector, morning: Morning) -> None:
    await root.open("#streams")
    for query in ("version=0", "version=99999", "version=x", "at=yesterday", "at=1999-01-01T00:00:00Z"):
        await root.go(f"#state/{morning.anna.stream}?{query}")
        await expect(root.alert).to_be_visible()
        await root.go("#streams")


async def test_masked_values_are_masked_in_states_too(looker: Inspector, morning: Morning) -> None:
    await looker.open(f"#state/{morning.anna.stream}")
    await expect(looker.page.locator(".state .masked").first).to_be_visible()
    assert "Arendt" not in await looker.page.locator("main").inner_text()


documents = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab/~", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("ab/~0", min_size=1, max_size=2), inner, max_size=4)
    ),
    max_leaves=8,
).filter(lambda document: isinstance(document, dict))


async def test_changes_name_their_path_in_the_final_state(root: Inspector) -> None:
    """For random documents: every value that is added, changed or moved is found at the path that its change names."""
    cases: list[tuple[Any, Any, Any]] = []

    @settings(max_examples=200)
    @given(documents, documents)
    def differ(before: Any, after: Any) -> None:
        cases.append((before, after, jsonpatch.make_patch(before, after).patch))

    differ()
    await root.open("#streams")
    found = await root.page.evaluate(
        """async (cases) => {
          const { changesOf } = await import("./pages/inspect/changes.js");
          return cases.map(([before, , patch]) => changesOf(before, patch));
        }""",
        cases,
    )
    for (_, after, patch), changes in zip(cases, found, strict=True):
        assert len(changes) == len([step for step in patch if step["op"] != "test"])
        for change in changes:
            if change["kind"] != "removed":
                _resolve(after, change["path"], json.dumps(patch))


def _resolve(document: Any, path: list[str], patch: str) -> Any:
    for part in path:
        assert (0 <= int(part) < len(document)) if isinstance(document, list) else part in document, patch
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document
