"""Asks Meta whether a number is set up, and gives it the address of the webhook.

Source: WhatsApp Business Platform, "Phone numbers" and "Webhook overrides".
"""

from gateways.connectors.channels.connector import Finding, Line
from gateways.connectors.channels.graph.calling import SUCCESS, call_graph, field_of
from gateways.connectors.channels.graph.outcomes import fault_of
from gateways.connectors.channels.whatsapp.errors import judge_whatsapp
from schemas.configuration.connectors import WhatsAppSettings

__all__ = ["check_number", "set_up_webhook"]

_FIELDS = "display_phone_number,verified_name,quality_rating,webhook_configuration"
_PLACES = ("phone_number", "whatsapp_business_account", "application")
"""Where an address of a webhook may stand, the first that has one counts."""


async def check_number(line: Line[WhatsAppSettings]) -> list[Finding]:
    """Whether the token may use the number, and where Meta posts what its customers write."""
    answer = await call_graph(line, "GET", line.settings.phone_number_id, query={"fields": _FIELDS})
    if answer.status not in SUCCESS:
        return [fault_of(answer, judge_whatsapp, "Meta does not show the number")]
    number = answer.json
    named = f"{field_of(number, 'display_phone_number')}, {field_of(number, 'verified_name')}"
    findings = [Finding("ok", f"the token may use the number {named}")]
    if field_of(number, "quality_rating") == "RED":
        findings.append(Finding("warning", "customers often block or report the number: Meta may limit it"))
    webhooks = [field_of(number, "webhook_configuration", place) for place in _PLACES]
    return [*findings, _webhook(next(filter(None, webhooks), None), line.public_url)]


def _webhook(address: str | None, wanted: str | None) -> Finding:
    if wanted is None:
        return Finding("warning", "the server's public address is not set: Meta cannot be asked to post there")
    if address is None:
        return Finding("fault", f"Meta has no address of a webhook: let it post to {wanted}")
    if address != wanted:
        return Finding("fault", f"Meta posts to {address}, and not to {wanted}")
    return Finding("ok", f"Meta posts to {wanted}")


async def set_up_webhook(line: Line[WhatsAppSettings]) -> list[Finding]:
    """Gives the number the address of this channel. Meta asks for the verify token at once, so that the server has to
    run and be reached."""
    if line.public_url is None:
        return [Finding("fault", "the server's public address is not set: Meta cannot be asked to post there")]
    webhook = {
        "override_callback_uri": line.public_url,
        "verify_token": line.secrets.named(line.settings.verify_token),
    }
    answer = await call_graph(line, "POST", line.settings.phone_number_id, json={"webhook_configuration": webhook})
    if answer.status not in SUCCESS:
        return [fault_of(answer, judge_whatsapp, f"Meta does not take {line.public_url} as the number's webhook")]
    return [
        Finding("ok", f"Meta posts to {line.public_url} what is for this number"),
        Finding("warning", "the app has to be subscribed to the field messages: see its page WhatsApp, Configuration"),
    ]
