"""``python -m tests.browser.rough_shift``: a shift at one desk on a network that is cut all the time, at a server that
is killed, in a tab that is put to sleep.

Customers and the agent write all the time. Afterwards the desk must show what a desk shows that has just been opened,
and each text must be in the journal once, in order.
"""

import argparse
import asyncio
import itertools
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import tomli_w
from playwright.async_api import Browser, Locator, expect

from actors.journal import SqliteJournal
from gateways.client.client import Client
from gateways.command_line.play.customer import Customer
from gateways.command_line.play.ledger import Message
from schemas.events import REGISTRY, MessagePosted
from schemas.identifiers import new_id
from tests.browser.chromium import open_chromium
from tests.browser.cutting_proxy import CuttingProxy, open_cutting_proxy
from tests.browser.desk_tab import DeskTab, open_desk
from tests.crash.crashing_server import CrashingServer
from tests.gateways.centre import PATIENCE

__all__ = ["Findings", "RoughShift", "work_a_rough_shift"]

_AGENT = "alice"
_AROUND = """() => {
  const words = (element, place) => [...element.querySelectorAll(place)].map((each) => each.textContent);
  const rows = [...document.querySelectorAll("li.conversation")];
  const list = rows.map((row) => [row.querySelector("a").hash, ...words(row, ".who, .last")]).sort();
  return { list, state: words(document, ".state"), offers: words(document, ".offer h3") };
}"""
_LOG = """(id) => {
  const view = document.querySelector(`.conversation-view[data-id="${id}"]`);
  const parts = (row) => [...row.children].map((each) => each.textContent);
  return [...view.querySelectorAll(".log-rows > .entry")].map((row) => [row.dataset.id, row.className, parts(row)]);
}"""


class RoughShift(msgspec.Struct, frozen=True, kw_only=True):
    """In each round the agent and the customer write once in each conversation. The server is killed ``kills`` times,
    evenly over the rounds, and the network is cut every ``cut_every`` seconds. After the rounds the tab is asleep for
    ``asleep`` seconds while the customers go on; the agent is logged out when that is longer than ``grace``."""

    conversations: int
    rounds: int
    kills: int
    cut_every: float
    asleep: float
    grace: float = 600.0


class Findings(msgspec.Struct):
    """What the desk showed at the end and what a new one shows; the texts by conversation, and those recorded there."""

    displayed: list[Any]
    displayed_anew: list[Any]
    written: dict[str, list[str]]
    recorded: dict[str, list[str]]
    cuts: int

    @property
    def sound(self) -> bool:
        return self.displayed == self.displayed_anew and self.written == self.recorded


class _Writing:
    """The customers and the agent, who write in their conversations. A text names its writer and its number."""

    def __init__(self, desk: DeskTab, customers: Sequence[Customer]) -> None:
        self.written: dict[str, list[str]] = defaultdict(list)
        self._desk = desk
        self._customers = customers
        self._numbers = itertools.count(1)

    async def customers_write(self) -> None:
        await asyncio.gather(*(self._customer_writes(customer) for customer in self._customers))

    async def agent_writes(self) -> None:
        for customer in self._customers:
            view = await _open(self._desk, customer)
            field = view.get_by_role("textbox", name="Message to the customer")
            await field.fill(self._text(customer, "agent"))
            await field.press("Enter")

    async def _customer_writes(self, customer: Customer) -> None:
        message = Message(new_id(), 0, "customer", self._text(customer, "customer"))
        await customer.post(message, lambda: None)

    def _text(self, customer: Customer, writer: str) -> str:
        text = f"{writer} {next(self._numbers)}"
        self.written[customer.conversation_id].append(text)
        return text


async def work_a_rough_shift(browser: Browser, directory: Path, shift: RoughShift) -> Findings:
    server = CrashingServer(directory / "data", directory / "server.log", _config(directory, shift))
    server.start()
    await asyncio.to_thread(server.wait_until_serving)
    try:
        async with open_cutting_proxy(server.port) as proxy, Client(server.url, PATIENCE) as client:
            displayed, displayed_anew, written = await _work(browser, server, proxy, client, shift)
    finally:
        server.kill()
    recorded = {each: _texts(directory / "data" / "journal.db", each) for each in written}
    written = {each: _by_writer(texts) for each, texts in written.items()}
    return Findings(
        displayed, displayed_anew, written, {each: _by_writer(texts) for each, texts in recorded.items()}, proxy.cuts
    )


async def _work(
    browser: Browser, server: CrashingServer, proxy: CuttingProxy, client: Client, shift: RoughShift
) -> tuple[list[Any], list[Any], dict[str, list[str]]]:
    async with AsyncExitStack() as stack:
        desk = await stack.enter_async_context(open_desk(browser, proxy.url))
        await desk.log_in_by_keyboard(_AGENT)
        await desk.go_ready()
        customers = [Customer(client, new_id()) for _ in range(shift.conversations)]
        for customer in customers:
            await customer.start("web-direct", "rough")
            await desk.accept()
        writing = _Writing(desk, customers)
        await _write_through_all(writing, server, proxy, shift)
        await _sleep(desk, writing, proxy, shift.asleep)
        if shift.asleep > shift.grace:
            await _begin_again(desk, customers)
            await asyncio.gather(writing.customers_write(), writing.agent_writes())
        displayed = await _all_displayed(desk, customers)
        anew = await stack.enter_async_context(open_desk(browser, proxy.url))
        await anew.log_in_by_keyboard(_AGENT)
        displayed_anew = await _all_displayed(anew, customers)
        for each in (desk, anew):
            each.faults[:] = [fault for fault in each.faults if not fault.startswith("Failed to load resource")]
        return displayed, displayed_anew, writing.written


async def _write_through_all(writing: _Writing, server: CrashingServer, proxy: CuttingProxy, shift: RoughShift) -> None:
    kills = {(number + 1) * shift.rounds // (shift.kills + 1) for number in range(shift.kills)}
    async with _cutting(proxy, shift.cut_every):
        for number in range(shift.rounds):
            both = asyncio.gather(writing.customers_write(), writing.agent_writes())
            if number in kills:
                server.kill()
                proxy.cut()
                server.start()
            await both


async def _sleep(desk: DeskTab, writing: _Writing, proxy: CuttingProxy, seconds: float) -> None:
    """The tab is put to sleep and its connections end; the customers write meanwhile.

    A browser without a window does not put its tabs to sleep. Here nothing of the tab runs because a debugger holds it.
    """
    session = await desk.page.context.new_cdp_session(desk.page)
    await session.send("Debugger.enable")
    await session.send("Debugger.pause")
    proxy.cut()
    await writing.customers_write()
    await asyncio.sleep(seconds)
    await writing.customers_write()
    await session.send("Debugger.resume")
    await session.detach()


async def _begin_again(desk: DeskTab, customers: Sequence[Customer]) -> None:
    """The agent was logged out, and takes all conversations again."""
    await expect(desk.conversations).to_have_count(0)
    await desk.go_ready()
    for _ in customers:
        await desk.accept()


@asynccontextmanager
async def _cutting(proxy: CuttingProxy, every: float) -> AsyncIterator[None]:
    async def cut() -> None:
        while True:
            await asyncio.sleep(every)
            proxy.cut()

    cutting = asyncio.create_task(cut())
    try:
        yield
    finally:
        cutting.cancel()


async def _all_displayed(desk: DeskTab, customers: Sequence[Customer]) -> list[Any]:
    """The state of the agent, the list of conversations, and the log of each of them, when nothing is sent any more."""
    await expect(desk.page.locator(".entry.pending")).to_have_count(0)
    await expect(desk.conversations).to_have_count(len(customers))
    logs = []
    for customer in customers:
        view = await _open(desk, customer)
        await expect(view.locator(".entry").first).to_be_visible()
        await expect(desk.page.locator(".conversation:has([aria-current]) .count")).to_be_hidden()
        logs.append(await desk.page.evaluate(_LOG, customer.conversation_id))
    return [await desk.page.evaluate(_AROUND), *logs]


async def _open(desk: DeskTab, customer: Customer) -> Locator:
    view = desk.page.locator(f'.conversation-view[data-id="{customer.conversation_id}"]')
    await desk.page.locator(f'.conversation a[href="#c/{customer.conversation_id}"]').click()
    await expect(view).to_be_visible()
    return view


def _config(directory: Path, shift: RoughShift) -> Path:
    file = directory / "centre.toml"
    settings = {
        "mrds": {"chat": {"max_tasks": shift.conversations}},
        "queues": {"support": {"mrd": "chat", "offer_timeout_seconds": 600}},
        "presence": {"connection_grace_seconds": shift.grace},
    }
    file.write_text(tomli_w.dumps(settings))
    return file


def _texts(journal_file: Path, conversation_id: str) -> list[str]:
    journal = SqliteJournal(journal_file, read_only=True)
    events = [REGISTRY.decode(record) for record in journal.read_stream(f"conversation-{conversation_id}")]
    journal.close()
    return [getattr(event.content, "text", "") for event in events if isinstance(event, MessagePosted)]


def _by_writer(texts: Sequence[str]) -> list[str]:
    """The texts of one writer after those of the other, each in their order: the network decides how they alternate."""
    return [*_of("agent", texts), *_of("customer", texts)]


def _of(writer: str, texts: Sequence[str]) -> Iterator[str]:
    return (text for text in texts if text.startswith(writer))


async def _try(shift: RoughShift) -> Findings:
    with TemporaryDirectory() as name:
        async with open_chromium() as browser:
            return await work_a_rough_shift(browser, Path(name), shift)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.rough_shift", description=__doc__)
    parser.add_argument("--conversations", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=30, help="how often each side writes in each conversation")
    parser.add_argument("--kills", type=int, default=2, help="how often the server is killed")
    parser.add_argument("--cut-every", type=float, default=3.0, help="seconds between two cuts of the network")
    parser.add_argument("--asleep", type=float, default=45.0, help="seconds for which the tab is asleep")
    parser.add_argument("--grace", type=float, default=30.0, help="seconds after which an agent without a feed is out")
    findings = asyncio.run(_try(RoughShift(**vars(parser.parse_args()))))
    texts = sum(map(len, findings.written.values()))
    print(f"{texts} texts, {findings.cuts} cuts: {'all as it should be' if findings.sound else findings}")
    return 0 if findings.sound else 1


if __name__ == "__main__":
    sys.exit(main())
