"""A message whose answer was lost is looked for at Twilio, and taken for sent only when it certainly was."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from aiohttp import web

from gateways.connectors.channels.connector import OutboundPiece
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from gateways.connectors.channels.pieces import ButtonsPiece, Choice, MediaPiece
from gateways.connectors.channels.twilio.connector import TwilioConnector
from gateways.outbox.outcome import Outcome
from tests.gateways.connectors.channels.twilio.conftest import LineTo
from tests.gateways.connectors.channels.twilio.requests import WHATSAPP, line_of
from tests.gateways.connectors.channels.twilio.sending import CUSTOMER, ON_WHATSAPP, outbound
from tests.gateways.connectors.channels.twilio.stand_in import StandInTwilio

pytestmark = pytest.mark.asyncio

PICTURE = MediaPiece("image", url="https://example.org/a.png")
connector = TwilioConnector()


def now() -> datetime:
    return datetime.now(UTC)


async def lose(twilio: StandInTwilio, line_to: LineTo, piece: OutboundPiece) -> datetime:
    """Sends a piece of which the answer is lost, and returns the time of the try."""
    tried_at, twilio.losing = now(), 1
    with pytest.raises(AnswerLostError):
        await connector.send(line_to(), CUSTOMER, piece)
    return tried_at


@pytest.mark.parametrize("body", ["Hello", "Hello ", "Grüß Gott 😀", "two\nlines"])
async def test_a_message_that_twilio_has_is_found(twilio: StandInTwilio, line_to: LineTo, body: str) -> None:
    tried_at = await lose(twilio, line_to, outbound(body))
    found = await connector.look_up(line_to(), CUSTOMER, outbound(body), tried_at)
    assert found == Outcome(kind="delivered", provider_id=twilio.messages[0].sid)


async def test_a_message_on_trial_is_found(twilio: StandInTwilio, line_to: LineTo) -> None:
    tried_at = await lose(twilio, line_to, outbound("Hello"))
    twilio.messages[0].body = "Sent from your Twilio trial account - Hello"
    assert await connector.look_up(line_to(), CUSTOMER, outbound("Hello"), tried_at) is not None


async def test_a_picture_is_found(twilio: StandInTwilio, line_to: LineTo) -> None:
    line = line_to(WHATSAPP)
    tried_at, twilio.losing = now(), 1
    with pytest.raises(AnswerLostError):
        await connector.send(line, ON_WHATSAPP, outbound(PICTURE))
    assert await connector.look_up(line, ON_WHATSAPP, outbound(PICTURE), tried_at) is not None
    assert await connector.look_up(line, ON_WHATSAPP, outbound("x"), tried_at) is None


async def test_a_message_that_twilio_does_not_list_stays_unknown(line_to: LineTo) -> None:
    assert await connector.look_up(line_to(), CUSTOMER, outbound("Hello"), now()) is None


async def test_an_earlier_message_of_the_same_words_is_another(twilio: StandInTwilio, line_to: LineTo) -> None:
    await connector.send(line_to(), CUSTOMER, outbound("OK"))
    twilio.messages[0].created_at -= timedelta(seconds=2)
    assert await connector.look_up(line_to(), CUSTOMER, outbound("OK"), now()) is None


async def test_a_message_that_is_known_already_is_another(twilio: StandInTwilio, line_to: LineTo) -> None:
    tried_at = now()
    await connector.send(line_to(), CUSTOMER, outbound("OK"))
    known = {twilio.messages[0].sid}
    assert await connector.look_up(line_to(), CUSTOMER, outbound("OK"), tried_at, known) is None
    await lose(twilio, line_to, outbound("OK"))
    found = await connector.look_up(line_to(), CUSTOMER, outbound("OK"), tried_at, known)
    assert found == Outcome(kind="delivered", provider_id=twilio.messages[1].sid)


async def test_of_two_that_may_be_it_neither_is_chosen(twilio: StandInTwilio, line_to: LineTo) -> None:
    tried_at = await lose(twilio, line_to, outbound("OK"))
    await lose(twilio, line_to, outbound("OK"))
    assert await connector.look_up(line_to(), CUSTOMER, outbound("OK"), tried_at) is None


async def test_a_message_of_the_customers_is_none_of_ours(twilio: StandInTwilio, line_to: LineTo) -> None:
    tried_at = await lose(twilio, line_to, outbound("OK"))
    listed = twilio.messages[0].listed() | {"direction": "inbound"}
    for message in (listed, {}, {"date_created": "yesterday"}):
        twilio.answers.append(web.json_response({"messages": [message]}))
        assert await connector.look_up(line_to(), CUSTOMER, outbound("OK"), tried_at) is None


async def test_buttons_are_not_looked_for(twilio: StandInTwilio, line_to: LineTo) -> None:
    piece = outbound(ButtonsPiece("When?", [Choice("Now", "a:0")]))
    assert await connector.look_up(line_to(WHATSAPP), ON_WHATSAPP, piece, now()) is None
    assert twilio.calls == []


async def test_a_list_that_cannot_be_read_says_nothing(twilio: StandInTwilio, line_to: LineTo) -> None:
    for answer in (web.Response(status=500), web.json_response([]), web.Response(status=200, text="<p>")):
        twilio.answers.append(answer)
        assert await connector.look_up(line_to(), CUSTOMER, outbound("OK"), now()) is None


async def test_twilio_may_still_not_be_reached(line_to: LineTo) -> None:
    line = line_to()
    nobody = msgspec.structs.replace(line.settings, base_url="http://127.0.0.1:9")
    with pytest.raises(NotReachedError):
        await connector.look_up(line_of(nobody, http=line.http), CUSTOMER, outbound("OK"), now())
