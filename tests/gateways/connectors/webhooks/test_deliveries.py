"""An application sees the deliveries to its webhook, and has events sent again."""

from typing import Any

import pytest

from gateways.outbox.listing import list_deliveries
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Caller, Customer
from tests.gateways.connectors.webhooks.receiver import Receiver, answering

pytestmark = pytest.mark.asyncio

PATH = "/extern/v1/webhooks/endings"


async def delivered(centre: Centre, crm: Caller, receiver: Receiver, **fields: Any) -> dict[str, Any]:
    """The delivery of one event to a webhook of the CRM, and nothing is on its way."""
    body = {"url": receiver.url, "id": "endings", "events": ["ConversationStarted"], **fields}
    (await crm.post("/extern/v1/webhooks", body)).of(201)
    await Customer.start(centre, "web-direct", customer={"name": "Ada"})
    await receiver.called(1)
    await eventually(lambda: list_deliveries(centre.services.outbox, states=("delivered",)))
    (delivery,) = (await crm.get(f"{PATH}/deliveries")).of(200)["deliveries"]
    found: dict[str, Any] = delivery
    return found


async def test_its_deliveries_are_listed_by_state(centre: Centre, crm: Caller, receiver: Receiver) -> None:
    delivery = await delivered(centre, crm, receiver)
    (started,) = await centre.recorded("ConversationStarted")
    assert (delivery["state"], delivery["code"], delivery["tries"]) == ("delivered", "204", 1)
    assert (delivery["target"], delivery["position"]) == ("webhook:endings", started.record.position)
    assert (await crm.get(f"{PATH}/deliveries?state=parked")).of(200) == {"deliveries": [], "next": None}


async def test_a_delivery_is_sent_again_with_the_same_id(centre: Centre, crm: Caller, receiver: Receiver) -> None:
    delivery = await delivered(centre, crm, receiver)
    retried = (await crm.post(f"{PATH}/deliveries/{delivery['id']}/retry")).of(200)
    assert (retried["id"], retried["state"]) == (delivery["id"], "waiting")
    first, second = await receiver.called(2)
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


async def test_what_waits_cannot_be_tried_again(centre: Centre, crm: Caller, receiver: Receiver) -> None:
    delivery = await delivered(centre, crm, receiver)
    receiver.behaviour = answering(503)
    path = f"{PATH}/deliveries/{delivery['id']}/retry"
    (await crm.post(path)).of(200)
    await receiver.called(2)
    (await crm.post(path)).problem(409, "delivery_state")


async def test_events_are_sent_again_from_a_position_or_an_instant(
    centre: Centre, crm: Caller, receiver: Receiver
) -> None:
    await delivered(centre, crm, receiver)
    (started,) = await centre.recorded("ConversationStarted")
    places: list[dict[str, Any]] = [{"position": started.record.position - 1}, {"at": started.record.at}]
    for count, place in enumerate(places, start=2):
        rewound = (await crm.post(f"{PATH}/rewind", place)).of(200)
        assert rewound == {"target": "webhook:endings", "position": started.record.position - 1}
        await receiver.called(count)
        await eventually(lambda: not centre.services.outbox.targets("webhooks"))
    assert {call.headers["webhook-id"] for call in receiver.calls} == {started.record.event_id}


async def test_another_application_sees_and_changes_nothing(centre: Centre, crm: Caller, receiver: Receiver) -> None:
    delivery = await delivered(centre, crm, receiver)
    bi = Caller(centre, "bi")
    (await bi.get(f"{PATH}/deliveries")).problem(404, "not_found")
    (await bi.post(f"{PATH}/rewind", {"position": 0})).problem(404, "not_found")
    (await bi.post(f"{PATH}/deliveries/{delivery['id']}/retry")).problem(404, "not_found")
    (await bi.post("/extern/v1/webhooks", {"url": receiver.url, "id": "others"})).of(201)
    foreign = f"/extern/v1/webhooks/others/deliveries/{delivery['id']}/retry"
    details = (await bi.post(foreign)).problem(404, "not_found")
    assert details.detail == f"there is no delivery {delivery['id']}"
