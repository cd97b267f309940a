"""The connector as the server uses it: over sockets in both directions."""

import asyncio
from typing import Any

import msgspec
import pytest

from config import Secrets, SettingsError
from gateways.connectors.channels.capabilities import Capabilities
from gateways.connectors.channels.connector import Connector, Line
from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.channels.inbound import InboundMessage, InboundReceipt, WebhookRequest
from gateways.connectors.channels.pieces import ButtonsPiece, Choice
from gateways.connectors.channels.rendering.renderer import render
from gateways.connectors.channels.twilio import TwilioConnector
from schemas.configuration.connectors import TwilioSettings
from schemas.content import Button, ButtonsContent, ImageContent, LocationContent
from tests.gateways.connectors.channels.twilio.conftest import LineTo
from tests.gateways.connectors.channels.twilio.requests import (
    MESSAGE_ID,
    SENDER,
    SMS,
    TOKEN,
    URL,
    WHATSAPP,
    call,
    line_of,
    written,
)
from tests.gateways.connectors.channels.twilio.sending import CUSTOMER, ON_WHATSAPP, outbound
from tests.gateways.connectors.channels.twilio.stand_in import Receiver, StandInTwilio

connector: Connector[TwilioSettings] = TwilioConnector()


def items(line: Line[TwilioSettings], request: WebhookRequest) -> list[Any]:
    (inbound,) = connector.receive(line, request)
    return inbound.items


@pytest.mark.asyncio
async def test_what_became_of_a_message_names_it(twilio: StandInTwilio, line_to: LineTo, receiver: Receiver) -> None:
    line = line_to(public_url=receiver.url)
    outcome = await connector.send(line, CUSTOMER, outbound("Hello"))
    for status in ("sent", "delivered", "read"):
        assert await twilio.become(twilio.messages[0], status) == 204
    sent, delivered, read = (items(line, request) for request in receiver.requests)
    assert sent == []
    expected = InboundReceipt(
        status="delivered",
        provider_id=outcome.provider_id,
        message_id=MESSAGE_ID,
        customer_id=CUSTOMER.customer_id,
    )
    assert delivered == [expected]
    assert read == [msgspec.structs.replace(expected, status="read")]


@pytest.mark.asyncio
async def test_a_window_that_is_closed_is_said_afterwards(
    twilio: StandInTwilio, line_to: LineTo, receiver: Receiver
) -> None:
    line = line_to(WHATSAPP, public_url=receiver.url)
    assert (await connector.send(line, ON_WHATSAPP, outbound("Hello"))).kind == "delivered"
    await twilio.become(twilio.messages[0], "undelivered", 63016)
    ((receipt,),) = (items(line, request) for request in receiver.requests)
    assert (receipt.status, receipt.code, receipt.unreachable) == ("failed", "63016", False)


@pytest.mark.asyncio
@pytest.mark.parametrize("by_key", [False, True])
async def test_a_message_comes_however_often_with_the_same_id(
    twilio: StandInTwilio, line_to: LineTo, receiver: Receiver, by_key: bool
) -> None:
    line = line_to(public_url=receiver.url)
    fields = written(Body="Grüß Gott  ", ProfileName="")
    assert await twilio.call(receiver.url, fields, by_key=by_key, repeated=3) == 204
    found = [item for request in receiver.requests for item in items(line, request)]
    assert all(isinstance(item, InboundMessage) for item in found)
    assert [item.provider_id for item in found] == ["SM" + "1" * 32] * 4


@pytest.mark.asyncio
async def test_the_press_of_a_button_comes_back_with_its_token(
    twilio: StandInTwilio, line_to: LineTo, receiver: Receiver
) -> None:
    line = line_to(WHATSAPP, public_url=receiver.url)
    await connector.send(
        line, ON_WHATSAPP, outbound(ButtonsPiece("When?", [Choice("Now", "a:0"), Choice("Later", "a:1")]))
    )
    action = twilio.messages[0].content["twilio/quick-reply"]["actions"][1]
    await twilio.call(
        receiver.url,
        written(
            From=ON_WHATSAPP.customer_id,
            Body=action["title"],
            ButtonText=action["title"],
            ButtonPayload=action["id"],
            MessageType="button",
        ),
    )
    ((message,),) = (items(line, request) for request in receiver.requests)
    assert (message.customer.id, message.content.text, message.token) == (ON_WHATSAPP.customer_id, "Later", "a:1")


@pytest.mark.asyncio
async def test_a_customer_on_whatsapp_sees_that_an_answer_is_written(twilio: StandInTwilio, line_to: LineTo) -> None:
    await connector.show_typing(line_to(WHATSAPP), ON_WHATSAPP)
    assert twilio.typing == [{"messageId": "SM" + "9" * 32, "channel": "whatsapp"}]


@pytest.mark.asyncio
async def test_there_is_no_typing_by_sms_nor_before_the_customer_has_written(
    twilio: StandInTwilio, line_to: LineTo
) -> None:
    await connector.show_typing(line_to(), msgspec.structs.replace(CUSTOMER, last_inbound_id="SM" + "9" * 32))
    await connector.show_typing(line_to(WHATSAPP), msgspec.structs.replace(ON_WHATSAPP, last_inbound_id=None))
    await connector.mark_read(line_to(WHATSAPP), ON_WHATSAPP)
    assert twilio.calls == []


@pytest.mark.asyncio
async def test_many_send_at_once(twilio: StandInTwilio, line_to: LineTo) -> None:
    line = line_to()
    outcomes = await asyncio.gather(*(connector.send(line, CUSTOMER, outbound(str(n))) for n in range(20)))
    assert len({outcome.provider_id for outcome in outcomes}) == 20


def test_two_tokens_are_valid_while_one_is_changed() -> None:
    secrets = Secrets({"new_token": "98765432109876543210987654321098", "twilio_token": TOKEN})
    changed = msgspec.structs.replace(SMS, auth_token="new_token")
    with pytest.raises(ForgedRequestError):
        items(line_of(changed, secrets=secrets), call(written()))
    both = msgspec.structs.replace(changed, former_auth_token="twilio_token")
    assert len(items(line_of(both, secrets=secrets), call(written()))) == 1


def test_a_missing_token_is_named() -> None:
    with pytest.raises(SettingsError, match=r"secrets\.twilio_token"):
        connector.receive(line_of(secrets=Secrets()), call(written()))


def test_a_missing_key_does_not_stop_what_the_token_has_signed() -> None:
    line = line_of(secrets=Secrets({"twilio_token": "12345678901234567890123456789012"}))
    assert len(items(line, call(written()))) == 1


def test_a_forged_request_is_refused() -> None:
    sent, other = call(written()), call(written(Body="Hello!"))
    forged = WebhookRequest(method="POST", url=URL, query="", headers=sent.headers, body=other.body)
    with pytest.raises(ForgedRequestError):
        connector.receive(line_of(), forged)


def test_twilio_hears_nothing_that_it_would_send_on() -> None:
    answer = connector.answer(line_of(), call(written()))
    assert (answer.status, answer.body) == (204, b"")
    assert connector.answer_handshake(line_of(), call(written())) is None


def test_a_channel_is_its_number() -> None:
    assert connector.account(SMS) == SENDER
    assert connector.account(WHATSAPP) == f"whatsapp:{SENDER}"


def test_a_message_is_sent_once_at_most() -> None:
    assert not connector.repeatable


def test_sms_carry_text_alone() -> None:
    assert connector.capabilities(SMS) == Capabilities(text_limit=1600, custom=True, receipts=["delivered"])
    picture = ImageContent(url="https://example.org/a.png", text="Look")
    assert [type(piece).__name__ for piece in rendered(SMS, picture)] == ["TextPiece"]
    buttons = ButtonsContent([Button("Now", "n"), Button("Later", "l")], "When?")
    assert rendered(SMS, buttons)[0].text == "When?\n1. Now\n2. Later"


def test_mms_carry_pictures() -> None:
    settings = msgspec.structs.replace(SMS, mms=True)
    picture = ImageContent(url="https://example.org/a.png", text="Look")
    (piece,) = rendered(settings, picture)
    assert (type(piece).__name__, piece.caption) == ("MediaPiece", "Look")


def test_whatsapp_carries_buttons_places_and_files() -> None:
    capabilities = connector.capabilities(WHATSAPP)
    assert (capabilities.buttons, capabilities.button_title_limit, capabilities.buttons_text_limit) == (10, 20, 1024)
    assert (capabilities.window_seconds, capabilities.templates) == (86_400.0, True)
    assert [type(piece).__name__ for piece in rendered(WHATSAPP, LocationContent(latitude=1, longitude=2))] == [
        "LocationPiece"
    ]
    buttons = ButtonsContent([Button("Now", "n"), Button("Later", "l")], "When?")
    assert [type(piece).__name__ for piece in rendered(WHATSAPP, buttons)] == ["ButtonsPiece"]


def test_without_templates_choices_are_numbered() -> None:
    settings = msgspec.structs.replace(WHATSAPP, buttons=False)
    buttons = ButtonsContent([Button("Now", "n"), Button("Later", "l")], "When?")
    assert rendered(settings, buttons)[0].text == "When?\n1. Now\n2. Later"


def rendered(settings: TwilioSettings, content: Any) -> list[Any]:
    return render(content, connector.capabilities(settings), MESSAGE_ID, lambda media: media.url)
