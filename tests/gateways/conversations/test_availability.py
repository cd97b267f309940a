"""The availability of agents, without HTTP."""

import pytest

from gateways.conversations.availability import availability_of, channel_for_customers
from gateways.services import Services
from schemas.replies import RefusalCode
from tests.gateways.calling import ready, refused, start
from tests.gateways.centre import eventually

pytestmark = pytest.mark.asyncio


async def test_availability_counts_waiting_customers_and_ready_agents(services: Services) -> None:
    channel = channel_for_customers(services, "web")
    before = availability_of(services, "web", channel)
    assert (before.open, before.queue, before.waiting, before.agents_ready) == (True, "support", 0, 0)
    await start(services)
    await eventually(lambda: availability_of(services, "web", channel).waiting == 1)
    await ready(services, "alice")
    await eventually(lambda: availability_of(services, "web", channel).agents_ready == 1)


async def test_availability_of_the_channel_for_callbacks_names_that_channel(services: Services) -> None:
    assert availability_of(services, "callback", channel_for_customers(services, "callback")).callback == "callback"


async def test_availability_of_task_channels_and_unknown_channels_is_refused(services: Services) -> None:
    for name in ("task", "fax"):
        with refused(services, RefusalCode.INVALID_INPUT, "channel"):
            channel_for_customers(services, name)
