"""The base of the pages in a browser: elements that follow values, and lists whose rows keep focus and caret."""

import pytest

from tests.browser.conftest import Opening

pytestmark = pytest.mark.asyncio(loop_scope="package")

IMPORTS = """
const { element } = await import("./pages/base/elements.js");
const { keepRows } = await import("./pages/base/rows.js");
const { batch, owned, signal } = await import("./pages/base/signals.js");
"""


async def outcome(opening: Opening, script: str) -> object:
    """What the script returns on a page of ours."""
    inspector = await opening()
    await inspector.page.goto(f"{inspector.url}/docs")
    result: object = await inspector.page.evaluate(f"async () => {{ {IMPORTS} {script} }}")
    return result


async def test_elements_follow_values_until_their_owner_is_stopped(opening: Opening) -> None:
    script = """
    const [count, busy] = [signal(1), signal(true)];
    const { made, stop } = owned(() =>
      element("button", { disabled: () => busy.value, title: () => (count.value > 1 ? "many" : null), class: "a" }, [
        "Send ",
        () => count.value,
      ]));
    const field = owned(() => element("input", { ".value": () => `${count.value}` })).made;
    const seen = [[made.outerHTML, field.value]];
    batch(() => {
      count.value = 2;
      busy.value = false;
    });
    seen.push([made.outerHTML, field.value]);
    stop();
    count.value = 3;
    seen.push([made.outerHTML, field.value]);
    return seen;
    """
    changed = '<button class="a" title="many">Send 2</button>'
    assert await outcome(opening, script) == [
        ['<button disabled="" class="a">Send 1</button>', "1"],
        [changed, "2"],
        [changed, "3"],
    ]


async def test_a_text_is_never_markup(opening: Opening) -> None:
    script = """
    const text = "<b onclick=alert(1)>";
    const made = [element("p", { title: text }, text), owned(() => element("p", {}, () => text)).made];
    return made.map((node) => [node.children.length, node.textContent === text]);
    """
    assert await outcome(opening, script) == [[0, True], [0, True]]


@pytest.mark.parametrize("moves", ["as the browser can", "without moveBefore"])
async def test_rows_are_kept_and_the_focused_one_keeps_its_caret(opening: Opening, moves: str) -> None:
    """300 random changes of a list, while the caret stands in one of its rows."""
    script = f"""
    if ({str(moves != "as the browser can").lower()}) delete Element.prototype.moveBefore;
    const list = signal([]);
    let [made, blurred, seed] = [0, 0, 11];
    const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
    const parent = element("ul");
    document.body.append(parent);
    keepRows(parent, () => list.value, (item) => item.id, (item, id) => {{
      made += 1;
      return element("li", {{}}, [element("input", {{ "aria-label": id, ".value": "abcdef" }}), () => item.value.text]);
    }});
    list.value = [{{ id: "kept", text: "0" }}];
    const field = parent.querySelector("input");
    field.focus();
    field.setSelectionRange(2, 4);
    field.addEventListener("blur", () => (blurred += 1));
    const ids = new Set();
    for (let round = 0; round < 300; round += 1) {{
      const others = Array.from({{ length: random(12) }}, () => `row${{random(20)}}`);
      const chosen = [...new Set([...others, "kept"])];
      for (let at = chosen.length - 1; at > 0; at -= 1) {{
        const other = random(at + 1);
        [chosen[at], chosen[other]] = [chosen[other], chosen[at]];
      }}
      list.value = chosen.map((id) => ({{ id, text: `${{round}}` }}));
      const drawn = [...parent.children].map((row) => [row.querySelector("input").ariaLabel, row.lastChild.data]);
      const wanted = chosen.map((id) => [id, `${{round}}`]);
      if (JSON.stringify(drawn) !== JSON.stringify(wanted)) return {{ round, drawn, wanted }};
    }}
    return {{
      blurred,
      focused: document.activeElement === field,
      caret: [field.selectionStart, field.selectionEnd],
      sparing: made < 2000,
    }};
    """
    assert await outcome(opening, script) == {"blurred": 0, "focused": True, "caret": [2, 4], "sparing": True}


async def test_a_row_that_leaves_stops_and_two_of_one_key_are_an_error(opening: Opening) -> None:
    script = """
    const [list, tick] = [signal(["a", "b"]), signal(0)];
    const drawn = [];
    const errors = [];
    globalThis.reportError = (error) => errors.push(error.message);
    const { made: parent, stop } = owned(() =>
      keepRows(element("ol"), () => list.value, (item) => item, (item, key) =>
        element("li", {}, () => {
          drawn.push(`${key}${tick.value}`);
          return key;
        })));
    list.value = ["b"];
    tick.value = 1;
    list.value = ["b", "b"];
    stop();
    tick.value = 2;
    return { drawn, errors, left: parent.textContent };
    """
    assert await outcome(opening, script) == {
        "drawn": ["a0", "b0", "b1"],
        "errors": ["two items of a list have the key b"],
        "left": "b",
    }


@pytest.mark.parametrize("page", ["docs", "inspect", "docs/guides/channels.md"])
async def test_no_text_can_become_markup_or_code(opening: Opening, page: str) -> None:
    inspector = await opening()
    await inspector.page.goto(f"{inspector.url}/{page}")
    attempts = """() => [
      () => (document.body.innerHTML = "<b>bold</b>"),
      () => document.body.insertAdjacentHTML("beforeend", "<b>bold</b>"),
      () => (document.createElement("script").text = "1"),
      () => trustedTypes.createPolicy("any", { createHTML: (text) => text }),
    ].map((attempt) => {
      try {
        attempt();
        return "allowed";
      } catch (error) {
        return error.name;
      }
    })"""
    assert set(await inspector.page.evaluate(attempts)) == {"TypeError"}
    assert [fault for fault in inspector.faults if "Trusted" not in fault and "Content Security" not in fault] == []
    inspector.faults.clear()  # the browser reports each attempt
