"""Events reach the receivers of webhooks: signed, in order, as each may see them, and until they are taken."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from config.named_secrets import signing_key
from gateways.connectors.standard_webhooks import verify_signature
from gateways.connectors.webhooks.calling import receivers
from gateways.connectors.webhooks.choosing import webhook_target
from gateways.connectors.webhooks.webhook_effect import WebhookEffect
from gateways.inspection.masking import MASK
from gateways.outbox import Delivery
from gateways.outbox.listing import list_deliveries, target_figures
from gateways.outbox.operating import rewind_target
from schemas.events import MessagePosted
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, Caller, Customer
from tests.gateways.connectors.webhooks.conftest import CENTRE, FORMER_SECRET, SECRET, begun
from tests.gateways.connectors.webhooks.receiver import Call, Receiver, answering, serve_receiver
from tests.gateways.effects.recording_effect import HASTY

pytestmark = pytest.mark.asyncio

PATH = "/extern/v1/webhooks"


async def subscribe(caller: Caller, receiver: Receiver, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = (await caller.post(PATH, {"url": receiver.url, "id": "endings", **fields})).of(201)
    return made


def verified(call: Call, *secrets: str) -> str:
    """The id of a call that is signed by each of the secrets."""
    timestamp = float(call.headers["webhook-timestamp"])
    (event_id,) = {verify_signature([signing_key(secret)], call.headers, call.body, timestamp) for secret in secrets}
    return event_id


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails is tried again soon."""
    monkeypatch.setattr("gateways.connectors.webhooks.webhook_effect._POLICY", HASTY)


class TestWhatIsSent:
    async def test_an_event_comes_as_a_signed_cloudevent(self, centre: Centre, crm: Caller, receiver: Receiver) -> None:
        secret = (await subscribe(crm, receiver, events=["MessagePosted"]))["secret"]
        customer = await Customer.start(centre, "web-direct", text="Hello")
        (call,) = await receiver.called(1)
        (posted,) = await centre.recorded("MessagePosted")
        record = posted.record
        assert call.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
        assert verified(call, secret) == record.event_id
        sent = call.event
        assert sent.pop("data")["content"] == {"type": "text", "text": MASK}
        assert sent == {
            "specversion": "1.0",
            "id": record.event_id,
            "source": "/hybridchat",
            "type": "MessagePosted",
            "subject": customer.stream,
            "time": record.at,
            "datacontenttype": "application/json",
            "position": record.position,
            "streamversion": record.version,
            "schemaversion": MessagePosted.VERSION,
            "correlationid": record.correlation_id,
            "causationid": record.causation_id,
            "actor": "customer",
        }

    async def test_personal_data_is_sent_in_clear_only_while_the_key_may_see_it(
        self, centre: Centre, receiver: Receiver
    ) -> None:
        await subscribe(Caller(centre, "bi"), receiver, events=["MessagePosted"], personal=True)
        customer = await Customer.start(centre, "web-direct", text="Hello")
        (sent,) = await receiver.took("MessagePosted")
        assert sent["data"]["content"]["text"] == "Hello"
        root = await Administrator.come(centre)
        digest = CENTRE["api_keys"]["bi"]["sha256"]
        (await root.configure("api-keys/bi", {"sha256": digest, "scopes": ["extern"]})).of(200)
        await customer.write("Still there?")
        sent = (await receiver.took("MessagePosted", 2))[1]
        assert sent["data"]["content"]["text"] == MASK

    async def test_without_types_all_that_applications_see_is_sent_and_nothing_of_the_configuration(
        self, centre: Centre, crm: Caller, receiver: Receiver
    ) -> None:
        await subscribe(crm, receiver)
        root = await Administrator.come(centre)
        (await root.configure("wrap-up-codes/new", {"label": "New"})).of(201)
        await Customer.start(centre, "web-direct", text="Hello")
        await receiver.took("TaskQueued")
        assert {"ConversationStarted", "MessagePosted", "AgentRequested", "TaskQueued"} <= set(receiver.types)
        assert not {"ItemConfigured", "QueueConfigured"} & set(receiver.types)

    async def test_a_secret_of_the_settings_signs_with_the_former_one(self, centre: Centre, receiver: Receiver) -> None:
        root = await Administrator.come(centre)
        hook = {"url": receiver.url, "signing_secret": "hook", "former_signing_secret": "former_hook"}
        (await root.configure("webhooks/endings", hook)).of(201)
        await Customer.start(centre, "web-direct")
        verified((await receiver.called(1))[0], SECRET, FORMER_SECRET)

    async def test_both_secrets_sign_after_a_rotation(self, centre: Centre, crm: Caller, receiver: Receiver) -> None:
        former = (await subscribe(crm, receiver))["secret"]
        secret = (await crm.post(f"{PATH}/endings/rotate-secret")).of(200)["secret"]
        await Customer.start(centre, "web-direct")
        call = (await receiver.called(1))[0]
        verified(call, secret, former)
        assert call.headers["webhook-signature"].count("v1,") == 2


class TestFilters:
    async def test_channels_and_queues(self, centre: Centre, crm: Caller, receiver: Receiver) -> None:
        root = await Administrator.come(centre)
        await root.lead_to("support", "sales")
        await subscribe(crm, receiver, channels=["web-direct"], queues=["sales"], events=["ConversationStarted"])
        await Customer.start(centre, "web", queue="support")
        await Customer.start(centre, "web-direct", queue="support")
        wanted = await Customer.start(centre, "web-direct", queue="sales")
        (sent,) = await receiver.took("ConversationStarted")
        assert sent["subject"] == wanted.stream

    async def test_a_task_is_of_the_queue_that_its_event_names(
        self, centre: Centre, crm: Caller, receiver: Receiver
    ) -> None:
        root = await Administrator.come(centre)
        await root.lead_to("support", "sales")
        await subscribe(crm, receiver, queues=["sales"], events=["TaskQueued"])
        for queue in ("support", "sales"):
            await Customer.start(centre, "web-direct", queue=queue)
        (sent,) = await receiver.took("TaskQueued")
        assert sent["data"]["queue"]["name"] == "sales"

    async def test_teams_are_those_of_the_agents(self, centre: Centre, crm: Caller, receiver: Receiver) -> None:
        root = await Administrator.come(centre)
        for agent, team in (("alice", "service"), ("bob", None)):
            (await root.configure(f"agents/{agent}", {"name": agent, "team": team})).of(200)
        await subscribe(crm, receiver, teams=["service"], events=["AgentLoggedIn", "AgentJoined", "ConversationEnded"])
        await Agent.on_shift(centre, "bob")
        alice = await Agent.ready(centre, "alice")
        customer = await Customer.start(centre, "web-direct", text="Hello")
        await alice.accept_only_offer()
        await customer.end()
        await receiver.took("ConversationEnded")
        assert [event["subject"] for event in receiver.events if event["type"] == "AgentLoggedIn"] == ["agent-alice"]
        assert [event["subject"] for event in receiver.events if event["type"] == "AgentJoined"] == [customer.stream]

    async def test_a_webhook_that_is_disabled_or_whose_key_is_gone_is_sent_nothing(
        self, centre: Centre, crm: Caller, receiver: Receiver
    ) -> None:
        await subscribe(crm, receiver)
        services = centre.services
        async with serve_receiver() as other:
            await subscribe(Caller(centre, "bi"), other, id="others", events=["ConversationStarted"])
            root = await Administrator.come(centre)
            await Customer.start(centre, "web-direct")
            await other.called(1)
            (await crm.put(f"{PATH}/endings", {"url": receiver.url, "enabled": False})).of(200)
            (await root.remove("api-keys/bi")).of(204)
            await eventually(lambda: not [each for each in target_figures(services.outbox, 0.0) if each.waiting])
            before = len(receiver.calls)
            await Customer.start(centre, "web-direct")
            (await crm.put(f"{PATH}/endings", {"url": receiver.url, "events": ["ConversationEnded"]})).of(200)
            last = await Customer.start(centre, "web-direct")
            await last.end()
            await receiver.took("ConversationEnded")
            assert (len(receiver.calls), len(other.calls)) == (before + 1, 1)

    async def test_old_events_are_chosen_although_their_conversations_are_forgotten(
        self, centre: Centre, crm: Caller, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(centre.services.conversations, "_keep_ended", 0)
        root = await Administrator.come(centre)
        await root.lead_to("support", "sales")
        places = (("web-direct", "support"), ("web-direct", "sales"), ("web", "support"))
        customers = [await Customer.start(centre, channel, queue=queue) for channel, queue in places]
        for customer in customers:
            await customer.end()
        assert [centre.services.conversations.get(customer.id) for customer in customers] == [None] * 3
        await subscribe(crm, receiver, events=["ConversationEnded"], channels=["web-direct"], queues=["sales"])
        await rewind_target(centre.services.outbox, webhook_target("endings"), 0, "webhooks")
        (sent,) = await receiver.took("ConversationEnded")
        assert sent["subject"] == customers[1].stream
        await eventually(lambda: not centre.services.outbox.replaying("webhooks"))
        assert len(receiver.calls) == 1

    @pytest.mark.parametrize("removed", ["webhooks/endings", "api-keys/crm"])
    async def test_what_is_on_its_way_is_not_sent_any_more(
        self, centre: Centre, crm: Caller, receiver: Receiver, removed: str
    ) -> None:
        """A lane that is being worked through goes on with the events that it holds already."""
        await subscribe(crm, receiver, events=["ConversationEnded"])
        await Customer.start(centre, "web-direct")
        (started,) = await centre.recorded("ConversationStarted")
        target, position = webhook_target("endings"), started.record.position
        delivery = Delivery(id=1, effect="webhooks", target=target, lane=started.record.stream, position=position)
        (await (await Administrator.come(centre)).remove(removed)).of(204)
        async with receivers(centre.services.settings) as called:
            outcome = await WebhookEffect(centre.services, called).perform(delivery, started)
        assert outcome.kind == "recipient_refused"
        assert receiver.calls == []


class TestOrder:
    async def test_a_conversations_events_come_in_order_whatever_stream_they_are_in(
        self, centre: Centre, crm: Caller, receiver: Receiver
    ) -> None:
        await subscribe(crm, receiver)
        customers = [await Customer.start(centre, "web-direct", text=f"{number}.0") for number in range(3)]
        for turn in range(1, 4):
            for number, customer in enumerate(customers):
                await customer.write(f"{number}.{turn}")
        await receiver.took("MessagePosted", 12)
        for customer in customers:
            own = [event for event in receiver.events if about(event) == customer.id]
            assert [event["position"] for event in own] == sorted(event["position"] for event in own)
            assert {"TaskQueued", "MessagePosted"} <= {event["type"] for event in own}


def about(event: dict[str, Any]) -> str:
    """The id of the conversation that an event is about."""
    subject: str = event["subject"]
    return str(event["data"].get("conversation_id", subject.removeprefix("conversation-")))


class TestTrying:
    @pytest.mark.usefixtures("hasty")
    async def test_an_event_that_is_not_taken_is_sent_again(
        self, centre: Centre, crm: Caller, receiver: Receiver
    ) -> None:
        receiver.behaviour = answering(503, "busy")
        secret = (await subscribe(crm, receiver, events=["ConversationStarted"]))["secret"]
        await Customer.start(centre, "web-direct")
        await receiver.called(1)
        receiver.behaviour = answering(200)
        first, second = await receiver.called(2)
        assert verified(first, secret) == verified(second, secret)
        assert first.body == second.body
        await eventually(lambda: [each.state for each in list_deliveries(centre.services.outbox)] == ["delivered"])

    @pytest.mark.parametrize(
        ("status", "words"), [(302, "redirects are not followed"), (400, "only 2xx"), (500, "only 2xx")]
    )
    async def test_every_other_answer_is_tried_again(
        self, centre: Centre, crm: Caller, receiver: Receiver, status: int, words: str
    ) -> None:
        receiver.behaviour = answering(status, Location=receiver.url, Retry_After="120")
        await subscribe(crm, receiver, events=["ConversationStarted"])
        await Customer.start(centre, "web-direct")
        await eventually(lambda: [each.outcome for each in list_deliveries(centre.services.outbox)] == ["try_again"])
        (delivery,) = list_deliveries(centre.services.outbox)
        assert (delivery.state, delivery.code) == ("waiting", str(status))
        assert words in (delivery.detail or "")
        assert len(receiver.calls) == 1

    async def test_an_answer_that_is_too_long_is_not_read_to_its_end(
        self, centre: Centre, crm: Caller, receiver: Receiver
    ) -> None:
        async def endless(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            with suppress(ConnectionError):
                while True:
                    await response.write(b"x" * 65536)
            return response

        receiver.behaviour = endless
        await subscribe(crm, receiver, events=["ConversationStarted"])
        await Customer.start(centre, "web-direct")
        await eventually(lambda: [each.state for each in list_deliveries(centre.services.outbox)] == ["delivered"])

    async def test_a_receiver_that_is_gone_disables_the_webhook(
        self, centre: Centre, crm: Caller, receiver: Receiver
    ) -> None:
        receiver.behaviour = answering(410)
        await subscribe(crm, receiver, events=["ConversationStarted"])
        await Customer.start(centre, "web-direct")
        await eventually(lambda: not centre.services.configuration.webhooks["endings"].enabled)
        found = (await crm.get(f"{PATH}/endings")).of(200)
        assert found["disabled_because"] == "the receiver answered 410 Gone"
        assert centre.services.journal.read_stream("configuration-centre")[-1].actor == "system"
        await Customer.start(centre, "web-direct")
        receiver.behaviour = answering(204)
        (await crm.put(f"{PATH}/endings", {"url": receiver.url})).of(200)
        last = await Customer.start(centre, "web-direct")
        await receiver.took("ConversationStarted", 2)
        assert [event["subject"] for event in receiver.events][1:] == [last.stream]
        assert "deliveries to webhook:endings" not in centre.services.supervision.impediments

    async def test_a_former_receiver_that_is_gone_does_not_disable_the_webhook(
        self, centre: Centre, crm: Caller, receiver: Receiver
    ) -> None:
        async with serve_receiver() as present:

            async def moves(request: web.Request) -> web.StreamResponse:
                """The webhook is changed while the call is made."""
                (await crm.put(f"{PATH}/endings", {"url": present.url, "events": ["ConversationStarted"]})).of(200)
                return web.Response(status=410)

            receiver.behaviour = moves
            await subscribe(crm, receiver, events=["ConversationStarted"])
            await Customer.start(centre, "web-direct")
            await eventually(lambda: [each.code for each in list_deliveries(centre.services.outbox)] == ["410"])
            assert centre.services.configuration.webhooks["endings"].enabled
            (delivery,) = list_deliveries(centre.services.outbox)
            assert (delivery.state, delivery.outcome) == ("waiting", "try_again")

    async def test_nothing_is_sent_unsigned(self, centre: Centre, receiver: Receiver) -> None:
        root = await Administrator.come(centre)
        (await root.configure("webhooks/endings", {"url": receiver.url, "events": ["ConversationStarted"]})).of(201)
        await Customer.start(centre, "web-direct")
        await eventually(lambda: [each.stopped for each in target_figures(centre.services.outbox, 0.0) if each.stopped])
        assert receiver.calls == []
        secret = (await root.post("/admin/v1/webhooks/endings/rotate-secret")).of(200)["secret"]
        verified((await receiver.called(1))[0], secret)

    @pytest.mark.usefixtures("hasty")
    async def test_what_was_not_taken_is_sent_by_the_next_server(
        self, tmp_path: Path, quick_passwords: None, receiver: Receiver
    ) -> None:
        receiver.behaviour = answering(500)
        async with open_centre(tmp_path, **CENTRE) as centre:
            await begun(centre)
            await subscribe(Caller(centre, "crm"), receiver, events=["ConversationStarted"])
            await Customer.start(centre, "web-direct")
            await receiver.called(1)
        receiver.behaviour = answering(200)
        async with open_centre(tmp_path, **CENTRE) as centre:
            first, *_, second = await receiver.called(len(receiver.calls) + 1)
        assert first.headers["webhook-id"] == second.headers["webhook-id"]


async def test_the_tries_are_those_of_standard_webhooks(centre: Centre, crm: Caller, receiver: Receiver) -> None:
    await subscribe(crm, receiver)
    async with receivers(centre.services.settings) as called:
        effect = WebhookEffect(centre.services, called)
        policy = effect.policy(webhook_target("endings"))
        assert effect.policy(webhook_target("nothing")) is None
    assert policy is not None
    assert policy.pauses == (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
    assert sum(policy.pauses[:-1]) < policy.give_up_after == 3 * 86400 < sum(policy.pauses)
