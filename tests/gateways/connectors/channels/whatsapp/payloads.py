"""Webhooks of WhatsApp, in the form of Meta's documentation."""

from typing import Any

__all__ = ["CUSTOMER", "NUMBER", "USER_ID", "body_with", "message", "value_with"]

NUMBER = "106540352242922"
CUSTOMER = "16505551234"
USER_ID = "US.13491208655302741918"

CONTACT = {"profile": {"name": "Sheena Nelson"}, "wa_id": CUSTOMER, "user_id": USER_ID}


def message(type_: str, content: Any = None, **more: Any) -> dict[str, Any]:
    said = {} if content is None else {type_: content}
    return {
        "from": CUSTOMER,
        "from_user_id": USER_ID,
        "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=",
        "timestamp": "1749416383",
        "type": type_,
        **said,
        **more,
    }


def value_with(*messages: Any, number: str = NUMBER, **more: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "15550783881", "phone_number_id": number}
    value = {"messaging_product": "whatsapp", "metadata": metadata, "contacts": [CONTACT], **more}
    return value | ({"messages": list(messages)} if messages else {})


def body_with(*messages: Any, **more: Any) -> dict[str, Any]:
    change = {"field": "messages", "value": value_with(*messages, **more)}
    return {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [change]}]}
