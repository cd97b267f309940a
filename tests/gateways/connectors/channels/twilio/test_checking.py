"""A check says what is wrong at Twilio, and the server sets up what Twilio lets it."""

from typing import Any

import pytest
from aiohttp import web

from gateways.connectors.channels.connector import Finding, Line
from gateways.connectors.channels.twilio.connector import TwilioConnector
from gateways.connectors.channels.twilio.signature import RETRIES
from schemas.configuration.connectors import TwilioSettings
from tests.gateways.connectors.channels.twilio.conftest import LineTo
from tests.gateways.connectors.channels.twilio.requests import SENDER, TOKEN, URL, WHATSAPP
from tests.gateways.connectors.channels.twilio.stand_in import StandInTwilio, error, number

pytestmark = pytest.mark.asyncio

SERVICE = "MG" + "c" * 32
ACCEPTED = Finding("ok", "Twilio accepts the account's token")
CALLED = Finding("ok", f"Twilio calls {URL}")


async def check(line: Line[TwilioSettings]) -> list[Finding]:
    return await TwilioConnector().check(line)


async def set_up(line: Line[TwilioSettings]) -> list[Finding]:
    return await TwilioConnector().set_up(line)


def of_status(findings: list[Finding], status: str) -> str:
    return " ".join(finding.words for finding in findings if finding.status == status)


async def test_a_number_is_set_up_and_then_right(twilio: StandInTwilio, line_to: LineTo) -> None:
    line = line_to()
    assert "Twilio calls nothing when a customer writes" in of_status(await check(line), "fault")
    assert await set_up(line) == [Finding("ok", f"Twilio now calls {URL} for {SENDER}")]
    assert (twilio.numbers[0]["sms_url"], twilio.numbers[0]["sms_method"]) == (URL + RETRIES, "POST")
    assert await check(line) == [ACCEPTED, CALLED]


async def test_a_short_code_is_set_up(twilio: StandInTwilio, line_to: LineTo) -> None:
    line = line_to(sender="12345")
    await set_up(line)
    assert twilio.short_codes[0]["sms_url"] == URL + RETRIES
    assert await check(line) == [ACCEPTED, CALLED]


async def test_a_messaging_service_is_set_up(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.services[SERVICE] = {"sid": SERVICE, "inbound_request_url": "https://old.example.org/"}
    line = line_to(messaging_service=SERVICE)
    assert "Twilio calls https://old.example.org/" in of_status(await check(line), "fault")
    await set_up(line)
    assert twilio.services[SERVICE]["inbound_request_url"] == URL + RETRIES
    assert twilio.numbers[0]["sms_url"] == ""
    assert await check(line) == [ACCEPTED, CALLED]


async def test_a_messaging_service_may_leave_it_to_the_number(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.services[SERVICE] = {"sid": SERVICE, "use_inbound_webhook_on_number": True}
    await set_up(line_to(messaging_service=SERVICE))
    assert twilio.numbers[0]["sms_url"] == URL + RETRIES


async def test_a_messaging_service_that_is_not_there(line_to: LineTo) -> None:
    found = of_status(await check(line_to(messaging_service=SERVICE)), "fault")
    assert "the messaging service cannot be read" in found


async def test_a_sender_of_whatsapp_is_set_up(twilio: StandInTwilio, line_to: LineTo) -> None:
    line = line_to(WHATSAPP)
    assert "WhatsApp senders" in of_status(await check(line), "fault")
    await set_up(line)
    assert twilio.senders[0]["webhook"] == {"callback_url": URL, "callback_method": "POST"}
    assert await check(line) == [ACCEPTED, CALLED]


async def test_a_sender_that_is_offline(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.senders[0] |= {"status": "OFFLINE", "webhook": None}
    assert f"whatsapp:{SENDER} is OFFLINE" in of_status(await check(line_to(WHATSAPP)), "fault")


async def test_the_sandbox_is_set_up_by_hand(line_to: LineTo) -> None:
    line = line_to(WHATSAPP, sender="whatsapp:+14155238886")
    for findings in (await check(line), await set_up(line)):
        assert "Sandbox settings" in of_status(findings, "warning")
        assert "fault" not in {finding.status for finding in findings}


async def test_senders_that_cannot_be_read(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.answers.append(error(403, 20403, "Forbidden"))
    assert "cannot be read" in of_status(await set_up(line_to(WHATSAPP)), "fault")


async def test_a_number_that_is_not_there(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.numbers.clear()
    for findings in (await check(line_to()), await set_up(line_to())):
        assert of_status(findings, "fault") == f"{SENDER}: the account has no such number"


async def test_numbers_that_cannot_be_read(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.answers.append(error(500, 20500, "Internal"))
    assert "errors/20500" in of_status(await set_up(line_to()), "fault")


async def test_a_number_without_sms_and_one_with_an_application(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.numbers[0] |= {"capabilities": {"sms": False}, "sms_application_sid": "AP" + "1" * 32}
    findings = await check(line_to())
    assert f"{SENDER} cannot send SMS" in of_status(findings, "fault")
    assert "application" in of_status(findings, "warning")


async def test_wrong_credentials_are_the_only_finding(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.users = {}
    (finding,) = await check(line_to())
    assert finding == Finding("fault", "the account cannot be read: Twilio does not accept the account's token or key")
    assert len(twilio.calls) == 1


@pytest.mark.parametrize("secret", ["api-key-secret-0123456789", "another"])
async def test_an_api_key_is_tried_beside_the_token(twilio: StandInTwilio, line_to: LineTo, secret: str) -> None:
    key = "SK" + "b" * 32
    twilio.users[key] = secret
    findings = await check(line_to(api_key=key, api_key_secret="twilio_api_key"))
    assert findings[0] == ACCEPTED
    assert ("token or key" in of_status(findings, "fault")) == (secret == "another")


@pytest.mark.parametrize(
    ("account", "status", "words"),
    [
        ({"status": "suspended"}, "fault", "the account is suspended"),
        ({"status": "active", "type": "Trial"}, "warning", "a trial account writes only to numbers"),
    ],
)
async def test_the_state_of_the_account(
    twilio: StandInTwilio, line_to: LineTo, account: dict[str, Any], status: str, words: str
) -> None:
    twilio.account = account
    assert words in of_status(await check(line_to()), status)


async def test_a_server_without_a_public_address(line_to: LineTo) -> None:
    for findings in (await check(line_to(public_url=None)), await set_up(line_to(public_url=None))):
        assert "no public address" in of_status(findings, "fault")


async def test_an_address_that_is_not_encrypted(line_to: LineTo) -> None:
    findings = await check(line_to(public_url="http://chat.example.org/connectors/v1/sms"))
    assert "not encrypted" in of_status(findings, "warning")


async def test_a_change_that_twilio_refuses_says_what_to_click(twilio: StandInTwilio, line_to: LineTo) -> None:
    gone = {"incoming_phone_numbers": [number("PN" + "2" * 32, phone_number=SENDER)]}
    twilio.answers.append(web.json_response(gone))
    (finding,) = await set_up(line_to())
    assert finding.status == "fault"
    assert f"write {URL} there by hand" in finding.words
    assert "Active numbers" in finding.words


async def test_no_finding_holds_a_secret(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.users = {}
    for findings in (await check(line_to()), await set_up(line_to()), await check(line_to(WHATSAPP))):
        assert TOKEN not in str(findings)
