"""Buttons on WhatsApp are sent by templates that are made once."""

import asyncio

import pytest
from aiohttp import web

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from gateways.connectors.channels.pieces import ButtonsPiece, Choice
from gateways.connectors.channels.twilio.connector import TwilioConnector
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import TwilioSettings
from tests.gateways.connectors.channels.twilio.conftest import LineTo
from tests.gateways.connectors.channels.twilio.requests import WHATSAPP
from tests.gateways.connectors.channels.twilio.sending import ON_WHATSAPP, outbound
from tests.gateways.connectors.channels.twilio.stand_in import StandInTwilio, error

pytestmark = pytest.mark.asyncio


@pytest.fixture
def line(line_to: LineTo) -> Line[TwilioSettings]:
    return line_to(WHATSAPP, choices_label="Auswahl")


def buttons(count: int, text: str = "When?") -> ButtonsPiece:
    return ButtonsPiece(text, [Choice(f"Day {number}", f"AZ8AAAAAcACAAAAAAAAAAQ:{number}") for number in range(count)])


async def send(connector: TwilioConnector, line: Line[TwilioSettings], piece: ButtonsPiece) -> Outcome:
    return await connector.send(line, ON_WHATSAPP, outbound(piece))


async def test_three_buttons_are_quick_replies(twilio: StandInTwilio, line: Line[TwilioSettings]) -> None:
    assert (await send(TwilioConnector(), line, buttons(3, 'Say "when",\nplease'))).kind == "delivered"
    (message,) = twilio.messages
    assert message.content["twilio/quick-reply"] == {
        "body": 'Say "when",\nplease',
        "actions": [
            {"type": "QUICK_REPLY", "title": f"Day {number}", "id": f"AZ8AAAAAcACAAAAAAAAAAQ:{number}"}
            for number in range(3)
        ],
    }
    assert "Body" not in message.fields


@pytest.mark.parametrize("count", [4, 10])
async def test_more_buttons_are_a_list(twilio: StandInTwilio, line: Line[TwilioSettings], count: int) -> None:
    assert (await send(TwilioConnector(), line, buttons(count))).kind == "delivered"
    content = twilio.messages[0].content["twilio/list-picker"]
    assert (content["body"], content["button"]) == ("When?", "Auswahl")
    assert [(item["item"], item["id"]) for item in content["items"]] == [
        (f"Day {number}", f"AZ8AAAAAcACAAAAAAAAAAQ:{number}") for number in range(count)
    ]


async def test_a_template_is_made_once(twilio: StandInTwilio, line: Line[TwilioSettings]) -> None:
    connector = TwilioConnector()
    await asyncio.gather(*(send(connector, line, buttons(2, str(number))) for number in range(4)))
    await send(connector, line, buttons(3))
    assert sorted(content["friendly_name"] for content in twilio.contents.values()) == [
        "hybridchat_choices_2",
        "hybridchat_choices_3",
    ]
    assert len(twilio.messages) == 5


async def test_a_template_is_found_again_after_a_restart(twilio: StandInTwilio, line: Line[TwilioSettings]) -> None:
    await send(TwilioConnector(), line, buttons(1))
    await send(TwilioConnector(), line, buttons(1))
    assert len(twilio.contents) == 1
    assert twilio.messages[0].one("ContentSid") == twilio.messages[1].one("ContentSid")


async def test_a_template_that_was_deleted_is_made_again(twilio: StandInTwilio, line: Line[TwilioSettings]) -> None:
    connector = TwilioConnector()
    await send(connector, line, buttons(1))
    twilio.contents.clear()
    refused = await send(connector, line, buttons(1))
    assert (refused.kind, refused.code) == ("try_again", "21655")
    assert (await send(connector, line, buttons(1))).kind == "delivered"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (lambda: error(429, 20429, "Too Many Requests", Retry_After="3"), "try_again"),
        (lambda: web.Response(status=502), "try_again"),
        (lambda: error(400, 20001, "Invalid"), "message_refused"),
        (lambda: error(403, 20403, "Forbidden"), "configuration_fault"),
        (lambda: web.json_response({"sid": 1}, status=201), "try_again"),
    ],
)
async def test_a_template_that_is_not_made_sends_nothing(
    twilio: StandInTwilio, line: Line[TwilioSettings], answer: object, kind: str
) -> None:
    assert callable(answer)
    twilio.answers.extend([web.json_response({"contents": []}), answer()])
    assert (await send(TwilioConnector(), line, buttons(2))).kind == kind
    assert twilio.messages == []


async def test_a_list_of_templates_that_cannot_be_read_is_empty(
    twilio: StandInTwilio, line: Line[TwilioSettings]
) -> None:
    twilio.answers.append(web.Response(status=503))
    assert (await send(TwilioConnector(), line, buttons(2))).kind == "delivered"


async def test_a_lost_answer_about_a_template_is_no_lost_message(
    twilio: StandInTwilio, line: Line[TwilioSettings]
) -> None:
    connector = TwilioConnector()
    twilio.losing = 2
    with pytest.raises(NotReachedError):
        await send(connector, line, buttons(2))
    twilio.losing = 0
    assert (await send(connector, line, buttons(2))).kind == "delivered"
    twilio.losing = 1
    with pytest.raises(AnswerLostError):
        await send(connector, line, buttons(2))
    assert len(twilio.messages) == 2
