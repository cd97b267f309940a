"""Whether all is set up at Twilio: the account, the sender, and the address that Twilio calls when customers write.

Source: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource,
https://www.twilio.com/docs/messaging/api/service-resource and https://www.twilio.com/docs/whatsapp/api/senders.
"""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from gateways.connectors.channels.calling import ProviderAnswer, call_provider
from gateways.connectors.channels.connector import Finding, Line
from gateways.connectors.channels.twilio.api import account_url, authorization_by_token, get, post_form, post_json
from gateways.connectors.channels.twilio.outbound import outcome_of
from gateways.connectors.channels.twilio.signature import RETRIES
from schemas.configuration.connectors import TwilioSettings

__all__ = ["check", "set_up"]


class _Webhook(NamedTuple):
    """Where Twilio keeps the address for a sender. ``url`` is what stands there, ``place`` says where a person finds
    it, and ``write`` puts another address there."""

    url: str | None
    place: str
    write: Callable[[str], Awaitable[ProviderAnswer]]


async def check(line: Line[TwilioSettings]) -> list[Finding]:
    findings = await _account(line)
    if any(finding.status == "fault" for finding in findings):
        return findings
    found, about_sender = await _webhook(line)
    findings += about_sender
    findings += _public_address(line)
    if found is not None and line.public_url is not None:
        findings.append(_compared(found, line.public_url))
    return findings


async def set_up(line: Line[TwilioSettings]) -> list[Finding]:
    if line.public_url is None:
        return _public_address(line)
    found, findings = await _webhook(line)
    if found is None:
        return findings
    answer = await found.write(line.public_url)
    if answer.status not in (200, 202):
        words = f"{outcome_of(answer).detail}: write {line.public_url} there by hand, with the method POST"
        return [*findings, Finding("fault", f"Twilio does not let {found.place} be changed: {words}")]
    return [*findings, Finding("ok", f"Twilio now calls {line.public_url} for {line.settings.sender}")]


async def _account(line: Line[TwilioSettings]) -> list[Finding]:
    # The token is tried also where there is an API key: it is needed for what Twilio signs, and most keys may not read
    # the account.
    headers = authorization_by_token(line)
    answer = await call_provider(line.http, "GET", account_url(line.settings), headers=headers)
    account = answer.json
    if answer.status != 200 or not isinstance(account, dict):
        return [Finding("fault", f"the account cannot be read: {outcome_of(answer).detail}")]
    if account.get("status") != "active":
        return [Finding("fault", f"the account is {account.get('status')}")]
    if account.get("type") == "Trial":
        return [Finding("warning", "a trial account writes only to numbers that are verified at Twilio")]
    return [Finding("ok", "Twilio accepts the account's token")]


def _public_address(line: Line[TwilioSettings]) -> list[Finding]:
    if line.public_url is None:
        return [Finding("fault", "the server has no public address, so that Twilio cannot call it")]
    if not line.public_url.startswith("https://"):
        return [Finding("warning", f"Twilio would call {line.public_url}, which is not encrypted")]
    return []


def _compared(webhook: _Webhook, public_url: str) -> Finding:
    if (webhook.url or "").partition("#")[0] == public_url:
        return Finding("ok", f"Twilio calls {public_url}")
    instead = f"calls {webhook.url}" if webhook.url else "calls nothing"
    words = f"Twilio {instead} when a customer writes: let the server set it up, or write {public_url} there"
    return Finding("fault", f"{words} ({webhook.place}, method POST)")


async def _webhook(line: Line[TwilioSettings]) -> tuple[_Webhook | None, list[Finding]]:
    if line.settings.is_whatsapp:
        return await _of_whatsapp(line)
    service = line.settings.messaging_service
    if service is not None:
        url = f"{line.settings.messaging_url.rstrip('/')}/v1/Services/{service}"
        answer = await get(line, url)
        kept = answer.json
        if answer.status != 200 or not isinstance(kept, dict):
            return None, [Finding("fault", f"the messaging service cannot be read: {outcome_of(answer).detail}")]
        if not kept.get("use_inbound_webhook_on_number"):
            place = "Messaging > Services > Integration > Send a webhook"
            write = _form_writer(line, url, "InboundRequestUrl", "InboundMethod")
            return _Webhook(kept.get("inbound_request_url"), place, write), []
    return await _of_number(line)


async def _of_number(line: Line[TwilioSettings]) -> tuple[_Webhook | None, list[Finding]]:
    sender = line.settings.sender
    path, parameter, key = (
        ("/IncomingPhoneNumbers", "PhoneNumber", "incoming_phone_numbers")
        if sender.startswith("+")
        else ("/SMS/ShortCodes", "ShortCode", "short_codes")
    )
    answer = await get(line, account_url(line.settings, path), [(parameter, sender)])
    number = _listed(answer, key, is_it=lambda item: item.get("phone_number", item.get("short_code")) == sender)
    if number is None:
        why = outcome_of(answer).detail if answer.status != 200 else "the account has no such number"
        return None, [Finding("fault", f"{sender}: {why}")]
    findings = []
    if not number.get("capabilities", {}).get("sms", True):
        findings.append(Finding("fault", f"{sender} cannot send SMS"))
    if number.get("sms_application_sid"):
        findings.append(Finding("warning", f"{sender} is led to an application, whose address counts instead"))
    write = _form_writer(line, account_url(line.settings, f"{path}/{number['sid']}"), "SmsUrl", "SmsMethod")
    return _Webhook(number.get("sms_url"), "Phone Numbers > Active numbers > A message comes in", write), findings


async def _of_whatsapp(line: Line[TwilioSettings]) -> tuple[_Webhook | None, list[Finding]]:
    sender, url = line.settings.sender, f"{line.settings.messaging_url.rstrip('/')}/v2/Channels/Senders"
    answer = await get(line, url, [("Channel", "whatsapp"), ("PageSize", "1000")])
    found = _listed(answer, "senders", is_it=lambda item: item.get("sender_id") == sender)
    if found is None:
        if answer.status != 200:
            return None, [Finding("fault", f"the WhatsApp senders cannot be read: {outcome_of(answer).detail}")]
        sandbox = "the sandbox is set up by hand: Messaging > Try it out > Send a WhatsApp message > Sandbox settings"
        return None, [Finding("warning", f"{sender} is no WhatsApp sender of the account; {sandbox}")]
    findings = []
    if found.get("status") != "ONLINE":
        findings.append(Finding("fault", f"{sender} is {found.get('status')}"))

    async def write(public_url: str) -> ProviderAnswer:
        webhook = {"callback_url": public_url, "callback_method": "POST"}
        return await post_json(line, f"{url}/{found['sid']}", {"webhook": webhook})

    place = "Messaging > Senders > WhatsApp senders > Webhook URL for incoming messages"
    return _Webhook((found.get("webhook") or {}).get("callback_url"), place, write), findings


def _form_writer(
    line: Line[TwilioSettings], url: str, address: str, method: str
) -> Callable[[str], Awaitable[ProviderAnswer]]:
    async def write(public_url: str) -> ProviderAnswer:
        return await post_form(line, url, [(address, public_url + RETRIES), (method, "POST")])

    return write


def _listed(answer: ProviderAnswer, key: str, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
    listed = answer.json if answer.status == 200 else None
    items = listed.get(key, []) if isinstance(listed, dict) else []
    return next((item for item in items if is_it(item)), None)
