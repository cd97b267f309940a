"""Whether an offered conversation belongs to the run is answered when it is certain."""

import asyncio
from collections.abc import Callable, Sequence
from typing import cast

import pytest

from gateways.client.client import Client
from gateways.command_line.play.dialogues import Dialogue, Turn
from gateways.command_line.play.ledger import Message, Sighting
from gateways.command_line.play.open_performances import OpenPerformances
from gateways.command_line.play.performance import Performance, Stage
from gateways.command_line.play.widget_customer import WidgetCustomer
from schemas.api.customer import StartedConversation

pytestmark = pytest.mark.asyncio


class SilentWidget:
    on_begun: Callable[[StartedConversation], None]
    on_shown: Callable[[Sequence[Sighting], bool], None]

    async def describe(self, dialogue_id: str) -> None: ...

    async def write(self, text: str, writing: Callable[[], None]) -> None: ...


class Beginning:
    """A conversation that its customer begins in a widget."""

    def __init__(self, performances: OpenPerformances, *, written: bool) -> None:
        self.widget = SilentWidget()
        customer = WidgetCustomer(cast("Client", None), self.widget, self._begun, keep_trying=1)
        dialogue = Dialogue("1", [Turn("customer", "Hello")])
        self.performance = Performance(cast("Stage", None), dialogue, customer)
        self.performances = performances
        if written:
            self.performance.thread.messages.append(Message("one", 1, "customer", "Hello"))
        performances.add(self.performance)

    def begin(self, conversation_id: str) -> None:
        self.widget.on_begun(StartedConversation(conversation_id, "token", "waiting_for_agent", 1))

    def _begun(self) -> None:
        self.performance.begun()
        self.performances.begun(self.performance)


async def test_what_a_widget_is_beginning_is_waited_for() -> None:
    performances = OpenPerformances()
    one, other = (Beginning(performances, written=True) for _ in range(2))
    ours = asyncio.create_task(performances.expects("ours"))
    strangers = asyncio.create_task(performances.expects("stranger's"))
    one.begin("another of ours")
    await asyncio.sleep(0)
    assert not ours.done()
    assert not strangers.done()
    other.begin("ours")
    assert (await ours, await strangers) == (True, False)
    assert await performances.expects("another of ours")


async def test_a_customer_who_has_not_written_is_not_waited_for() -> None:
    performances = OpenPerformances()
    Beginning(performances, written=False)
    assert not await performances.expects("stranger's")


async def test_a_conversation_that_is_left_before_it_has_begun_is_not_waited_for_any_more() -> None:
    performances = OpenPerformances()
    beginning = Beginning(performances, written=True)
    strangers = asyncio.create_task(performances.expects("stranger's"))
    await asyncio.sleep(0)
    performances.remove(beginning.performance)
    assert not await strangers
    beginning.begin("late")
    assert not performances.knows("late")
