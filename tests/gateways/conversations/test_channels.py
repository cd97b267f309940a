"""The configured channels and queues, and checks on codes, attributes and wanted times."""

from datetime import timedelta

import msgspec
import pytest

from gateways.configuration.changing import configure_item
from gateways.conversations.attributes import check_attributes, check_nesting, with_fields
from gateways.conversations.channels import (
    channel_named,
    channel_of_kind,
    check_origin,
    only_channel_of_kind,
    queue_named,
    queue_on,
)
from gateways.conversations.codes import check_reason, check_wrap_up_codes
from gateways.conversations.wanted_times import check_wanted_at
from gateways.exceptions import RefusedError
from gateways.services import Services
from schemas.configuration import Channel
from schemas.replies import RefusalCode
from tests.gateways.calling import refused

pytestmark = pytest.mark.asyncio


async def test_channels_are_found_by_name_and_by_kind(services: Services) -> None:
    configuration = services.configuration
    assert channel_named(configuration, "web").bot == "greeter"
    assert queue_named(configuration, "sales").mrd == "chat"
    assert (channel_of_kind(configuration, "task"), channel_of_kind(configuration, "connector")) == ("task", None)
    assert only_channel_of_kind(configuration, "callback", "callbacks") == "callback"
    for kind in ("connector", "web"):
        with refused(services, RefusalCode.INVALID_INPUT, "channel"):
            only_channel_of_kind(configuration, kind, "them")
    with refused(services, RefusalCode.INVALID_INPUT, "channel"):
        channel_named(configuration, "fax")
    with refused(services, RefusalCode.INVALID_INPUT, "to.queue"):
        queue_named(configuration, "nowhere", "to.queue")


@pytest.mark.parametrize(
    ("channel", "queues", "named", "led_to"),
    [
        ("web-direct", [], None, "support"),
        ("web-direct", [], "support", "support"),
        ("web-direct", ["sales"], "sales", "sales"),
        ("web-direct", ["sales"], "callback", None),
        ("web-direct", [], "sales", None),
        ("web-direct", [], "nowhere", None),
        ("callback", [], "support", None),
        ("task", [], "callback", "callback"),
        ("task", [], "nowhere", None),
        ("task", ["sales"], "support", "support"),
        ("task", ["sales"], "callback", None),
    ],
)
async def test_callers_name_the_queues_to_which_their_channel_leads(
    services: Services, channel: str, queues: list[str], named: str | None, led_to: str | None
) -> None:
    item = msgspec.structs.replace(services.configuration.channels[channel], queues=queues)
    await configure_item(services, channel, item, "agent:root")
    if led_to is not None:
        assert queue_on(services.configuration, channel, named).name == led_to
        return
    with refused(services, RefusalCode.INVALID_INPUT, "queue"):
        queue_on(services.configuration, channel, named)


async def test_a_queue_that_may_not_be_named_is_refused_as_one_that_does_not_exist(services: Services) -> None:
    messages = []
    for name in ("callback", "nowhere"):
        with pytest.raises(RefusedError) as caught:
            queue_on(services.configuration, "web", name)
        messages.append(str(caught.value).replace(name, "…"))
    assert messages[0] == messages[1]


async def test_channels_are_open_to_their_origins(services: Services) -> None:
    channel = Channel(queue="support", allowed_origins=["https://shop.example"])
    for origin in ("", "https://shop.example", "https://chat.example"):
        check_origin(channel, origin, "chat.example")
    with refused(services, RefusalCode.ORIGIN_NOT_ALLOWED):
        check_origin(channel, "https://evil.example", "chat.example")


async def test_only_configured_codes_are_accepted(services: Services) -> None:
    configuration = services.configuration
    check_reason(configuration, None, "not_ready")
    check_reason(configuration, "lunch", "not_ready")
    check_reason(configuration, "end_of_shift", "logout")
    check_wrap_up_codes(configuration, ["sale", "complaint"])
    with refused(services, RefusalCode.INVALID_INPUT, "reason"):
        check_reason(configuration, "lunch", "logout")
    with refused(services, RefusalCode.INVALID_INPUT, "codes[0]"):
        check_wrap_up_codes(configuration, ["nonsense"])


async def test_attributes_and_fields_do_not_hide_each_other(services: Services) -> None:
    check_attributes({"page": "/prices"}, ("subject",))
    check_nesting({"attributes": {"page": ["/prices"]}})
    assert with_fields({"page": "/"}, subject="Invoice", url=None) == {"page": "/", "subject": "Invoice"}
    with refused(services, RefusalCode.INVALID_INPUT, "attributes.subject"):
        check_attributes({"subject": "another"}, ("subject",))


async def test_wanted_times_lie_ahead(services: Services) -> None:
    now = services.clock()
    check_wanted_at(now + timedelta(days=3), now, 3)
    for wanted_at in (now, now + timedelta(days=3, seconds=1)):
        with refused(services, RefusalCode.INVALID_INPUT, "wanted_at"):
            check_wanted_at(wanted_at, now, 3)
