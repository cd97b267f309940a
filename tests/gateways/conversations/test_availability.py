"""Whether agents are there for a customer, without HTTP."""

import pytest

from gateways.conversations.availability import availability_of, channel_for_customers
from gateways.services import Services
from schemas.replies import RefusalCode
from tests.gateways.calling import ready, refused, start
from tests.gateways.centre import eventually

pytestmark = pytest.mark.asyncio


async def test_counts_who_waits_and_who_is_ready(services: Services) -> None:
    channel = channel_for_customers(services, "web")
    before = availability_of(services, "web", channel)
    assert (before.open, before.queue, before.waiting, before.agents_ready) == (True, "support", 0, 0)
    await start(services)
    await eventually(lambda: availability_of(services, "web", channel).waiting == 1)
    await ready(services, "alice")
    await eventually(lambda: availability_of(services, "web", channel).agents_ready == 1)


async def test_of_the_channel_for_callbacks_names_itself(services: Services) -> None:
    assert availability_of(services, "callback", channel_for_customers(services, "callback")).callback == "callback"


async def test_is_not_for_tasks_or_unknown_channels(services: Services) -> None:
    for name in ("task", "fax"):
        with refused(services, RefusalCode.INVALID_INPUT, "channel"):
            channel_for_customers(services, name)
