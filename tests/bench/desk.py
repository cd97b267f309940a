"""``python -m tests.bench.desk``: from a customer's POST until the message is painted at the desk of the agent.

An agent is in several conversations at a desk in Chromium, one of them in front. Beside it, a plain client follows the
same agent's feed. A message of the conversation in front is on the screen in its log, one of another conversation in
the list.
"""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
import tomli_w
from playwright.async_api import Page, expect

from config.demo import DEMO_PASSWORD
from schemas.identifiers import new_id
from tests.bench.message_path import Opened, open_conversation, percentile_ms
from tests.bench.pace import evenly
from tests.bench.push import call, staff, watch
from tests.bench.servers import hybrid_chat, use_client_cores
from tests.browser.chromium import open_chromium

__all__ = ["main", "measure_desk"]

_AGENT = "alice"
_CONVERSATIONS = 10
_PER_SECOND = 100.0
_SECONDS = 10.0
_PATIENCE_SECONDS = 30.0
_WATCH = """() => {
  const painted = new Map();
  window.painted = painted;
  const numberIn = (element) => Number(/Message (\\d+)/.exec(element?.textContent ?? "")?.[1] ?? -1);
  const isInFront = (id) => location.hash === `#c/${id}`;
  const logOf = (id) => document.querySelector(`.conversation-view[data-id="${id}"] .log-rows`);
  const last = (row, id) => numberIn(isInFront(id) ? logOf(id)?.lastElementChild : row.querySelector(".last"));
  const seen = new Map();
  new MutationObserver(() => {
    const news = [];
    for (const row of document.querySelectorAll("li.conversation")) {
      const id = row.querySelector("a").hash.slice("#c/".length);
      const number = last(row, id);
      if (number <= (seen.get(id) ?? -1)) continue;
      for (let each = (seen.get(id) ?? -1) + 1; each <= number; each += 1) news.push(`${id} ${each}`);
      seen.set(id, number);
    }
    if (!news.length) return;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const now = performance.timeOrigin + performance.now();
      for (const each of news) painted.set(each, now);
    }));
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


async def measure_desk(directory: Path) -> dict[str, float]:
    """The p99 of both ways, of the same messages."""
    with hybrid_chat(directory / "data", _config(directory)) as server:
        address = f"http://{server.host}:{server.port}"
        async with (
            aiohttp.ClientSession(address, connector=aiohttp.TCPConnector(limit=0)) as http,
            open_chromium() as browser,
        ):
            page = await browser.new_page(locale="en-GB")
            return await _measure(http, page, address)


def _config(directory: Path) -> Path:
    """Writes the settings of a centre in which one agent has room for all conversations."""
    directory.mkdir()
    file = directory / "centre.toml"
    file.write_text(tomli_w.dumps({"mrds": {"chat": {"max_tasks": _CONVERSATIONS}}}))
    return file


async def _measure(http: aiohttp.ClientSession, page: Page, address: str) -> dict[str, float]:
    token = await staff(http, _AGENT)
    conversations = [await open_conversation(http, "Hello") for _ in range(_CONVERSATIONS)]
    arrived: dict[str, float] = {}
    watching = asyncio.create_task(watch(http, token, arrived, asyncio.Event()))
    await _accept(http, token)
    await _sit_down(page, address, conversations)
    sent: dict[str, float] = {}
    names: dict[str, str] = {}

    async def post(number: int) -> None:
        conversation, at = conversations[number % _CONVERSATIONS], number // _CONVERSATIONS
        message_id = new_id()
        names[message_id] = f"{conversation.conversation_id} {at}"
        sent[message_id] = time.perf_counter()
        await _post(http, conversation, message_id, f"Message {at}, and is anybody there who can help me?")

    offset = time.time() - time.perf_counter()
    await evenly(_PER_SECOND, _SECONDS, post)
    painted = await _all_painted(page, len(sent))
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    to_paint = [painted[names[each]] / 1000 - (at + offset) for each, at in sent.items()]
    to_follower = [arrived[each] - at for each, at in sent.items()]
    return {
        "post_to_paint_p50_ms": percentile_ms(to_paint, 50),
        "post_to_paint_p99_ms": percentile_ms(to_paint, 99),
        "api_only_p50_ms": percentile_ms(to_follower, 50),
        "api_only_p99_ms": percentile_ms(to_follower, 99),
    }


async def _accept(http: aiohttp.ClientSession, token: str) -> None:
    """Accepts all conversations, which are offered as soon as there is room for them."""
    accepted = 0
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while accepted < _CONVERSATIONS:
            async with http.get("/agent/v1/me", headers={"Authorization": f"Bearer {token}"}) as response:
                tasks = (await response.json())["tasks"]
            for task in tasks:
                if task["state"] == "reserved":
                    await call(http, "POST", f"/agent/v1/tasks/{task['task_id']}/accept", token, None)
                    accepted += 1


async def _sit_down(page: Page, address: str, conversations: Sequence[Opened]) -> None:
    """Logs the agent in at the desk, looks into each conversation as an agent who works in all of them, and stays in
    the last one."""
    await page.goto(f"{address}/desk")
    await page.get_by_label("Username").fill(_AGENT)
    await page.get_by_label("Password").fill(DEMO_PASSWORD)
    await page.get_by_role("button", name="Log in").click()
    await expect(page.locator("li.conversation")).to_have_count(len(conversations))
    for conversation in conversations:
        await page.locator(f'a[href="#c/{conversation.conversation_id}"]').click()
        view = page.locator(f'.conversation-view[data-id="{conversation.conversation_id}"]')
        await expect(view.locator(".entry.message")).to_have_count(1)
    await page.evaluate(_WATCH)


async def _post(http: aiohttp.ClientSession, conversation: Opened, message_id: str, text: str) -> None:
    path = f"/customer/v1/conversations/{conversation.conversation_id}/messages"
    body = {"id": message_id, "content": {"type": "text", "text": text}}
    await call(http, "POST", path, conversation.token, body)


async def _all_painted(page: Page, count: int) -> dict[str, Any]:
    """When each message was on the screen, in milliseconds of the machine's clock, by its conversation and number."""
    painted: dict[str, Any] = {}
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while len(painted) < count:
            painted = await page.evaluate("Object.fromEntries(painted)")
    return painted


def main() -> None:
    use_client_cores()
    with TemporaryDirectory() as directory:
        print(asyncio.run(measure_desk(Path(directory) / "desk")))


if __name__ == "__main__":
    main()
