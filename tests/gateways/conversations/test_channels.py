"""The configured channels and queues, and checks on codes, attributes and wanted times."""

from datetime import timedelta

import pytest

from gateways.conversations.attributes import check_attributes, check_nesting, with_fields
from gateways.conversations.channels import (
    channel_named,
    channel_of_kind,
    check_origin,
    only_channel_of_kind,
    queue_named,
)
from gateways.conversations.codes import check_reason, check_wrap_up_codes
from gateways.conversations.wanted_times import check_wanted_at
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
