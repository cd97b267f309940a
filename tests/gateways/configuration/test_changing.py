"""Changing the configuration, without HTTP."""

import pytest

from gateways.configuration.changing import configure_item, find_item, import_tables, remove_item
from gateways.configuration.keys import make_key
from gateways.configuration.stranding import refuse_to_strand
from gateways.services import Services
from schemas.configuration import Calendar, Channel, Queue, Tables
from schemas.records import CENTRE
from schemas.replies import RefusalCode
from tests.gateways.calling import refused, start

pytestmark = pytest.mark.asyncio

ROOT = "agent:root"


async def test_an_item_is_added_found_and_removed(services: Services) -> None:
    queue = Queue(mrd="chat")
    assert (await configure_item(services, "returns", queue, ROOT)).added == 1
    last = services.journal.read_stream(CENTRE)[-1]
    assert (last.type, last.actor) == ("ItemConfigured", ROOT)
    assert find_item(services, "queues", "returns") == queue
    assert (await configure_item(services, "returns", queue, ROOT)).replayed
    assert (await remove_item(services, "queues", "returns", ROOT)).removed == 1
    with refused(services, RefusalCode.NOT_FOUND):
        find_item(services, "queues", "returns")
    with refused(services, RefusalCode.NOT_FOUND):
        await remove_item(services, "queues", "returns", ROOT)


async def test_what_does_not_hold_is_refused(services: Services) -> None:
    nowhere = Calendar(zone="Nowhere/Land")
    with refused(services, RefusalCode.INVALID_INPUT, "calendars.office.zone"):
        await configure_item(services, "office", nowhere, ROOT)
    with refused(services, RefusalCode.INVALID_INPUT, "calendars.office.zone"):
        await import_tables(services, Tables(calendars={"office": nowhere}), ROOT)
    with refused(services, RefusalCode.INVALID_INPUT, "channels.web.queue"):
        await configure_item(services, "web", Channel(queue="nowhere"), ROOT)
    with refused(services, RefusalCode.CONFIGURATION_CHANGED):
        await import_tables(services, Tables(), ROOT, based_on=0)


async def test_no_customer_is_left_waiting(services: Services) -> None:
    await start(services)
    with refused(services, RefusalCode.CONFIGURATION_CONFLICT, "queues.support"):
        await remove_item(services, "queues", "support", ROOT)
    with refused(services, RefusalCode.CONFIGURATION_CONFLICT, "mrds.chat"):
        await remove_item(services, "mrds", "chat", ROOT)
    with refused(services, RefusalCode.CONFIGURATION_CONFLICT, "queues.support"):
        await import_tables(services, Tables(), ROOT, replace=True)
    refuse_to_strand(services, {"sales"}, {"callback"})


async def test_tables_are_imported_beside_what_is_there(services: Services) -> None:
    version = services.configuration.version
    tables = Tables(queues={"returns": Queue(mrd="chat")})
    assert (await import_tables(services, tables, ROOT, based_on=version)).added == 1
    assert {"returns", "support"} <= services.configuration.queues.keys()


async def test_a_key_is_made_once_and_opens_its_scopes(services: Services) -> None:
    key = await make_key(services, "sms", ["connector"], ROOT)
    assert services.authenticator.check_api_key(key, "connector") == "sms"
    assert key not in str(services.journal.read_all())
    with refused(services, RefusalCode.SCOPE_MISSING):
        services.authenticator.check_api_key(key, "extern")
    with refused(services, RefusalCode.CONFIGURATION_CONFLICT, "name"):
        await make_key(services, "sms", ["extern"], ROOT)
