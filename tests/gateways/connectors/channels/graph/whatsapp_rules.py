"""What WhatsApp's Cloud API demands of a message, as far as it is documented."""

import re
from collections.abc import Callable
from typing import Any

from tests.gateways.connectors.channels.graph.refusals import refuse_unless

__all__ = ["check_whatsapp_message", "recipient_of"]

_FIELDS = {"messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data"}
_MEDIA = ("image", "audio", "video", "document", "sticker")
_USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


def recipient_of(body: dict[str, Any]) -> str:
    """The number or the id of the customer, of which there has to be exactly one."""
    to, user_id = body.get("to"), body.get("recipient")
    refuse_unless((to is None) != (user_id is None), "give either to or recipient", 131009)
    if to is None:
        refuse_unless(isinstance(user_id, str) and _USER_ID.fullmatch(user_id), "recipient is no id", 131009)
        return str(user_id)
    refuse_unless(isinstance(to, str) and re.fullmatch(r"\+?[0-9]{5,15}", to), f"to is no number: {to}", 131009)
    return str(to).removeprefix("+")


def check_whatsapp_message(body: dict[str, Any], media: set[str]) -> None:
    """``media`` are the ids of uploaded files."""
    kind = body.get("type")
    refuse_unless(body.get("messaging_product") == "whatsapp", "messaging_product is not whatsapp")
    refuse_unless(isinstance(kind, str) and isinstance(body.get(kind), dict | list), f"{kind} is missing", 131008)
    unknown = set(body) - _FIELDS - {str(kind)}
    refuse_unless(not unknown, f"unexpected keys {sorted(unknown)}")
    refuse_unless(len(str(body.get("biz_opaque_callback_data", "")).encode()) <= 512, "the callback data is too long")
    content = body[str(kind)]
    if kind in _MEDIA:
        _check_file(str(kind), content, media)
    elif kind in _CHECKS:
        _CHECKS[kind](content)
    else:
        refuse_unless(kind == "reaction", f"unknown type {kind}", 131051)


def _check_text(text: dict[str, Any]) -> None:
    refuse_unless(0 < len(text.get("body", "")) <= 4096, f"text.body is empty or too long: {text}")


def _check_file(kind: str, file: dict[str, Any], media: set[str]) -> None:
    refuse_unless(("id" in file) != ("link" in file), "give either id or link", 131009)
    refuse_unless("id" not in file or file["id"] in media, "no such media", 131009)
    refuse_unless("caption" not in file or kind not in ("audio", "sticker"), f"{kind} has no caption")
    refuse_unless(len(file.get("caption", "")) <= 1024, "the caption is too long", 131009)
    refuse_unless("filename" not in file or kind == "document", f"{kind} has no filename")


def _check_interactive(interactive: dict[str, Any]) -> None:
    body, action = interactive.get("body", {}).get("text", ""), interactive.get("action", {})
    refuse_unless(0 < len(body) <= 1024, "interactive.body.text is empty or too long", 131009)
    if interactive.get("type") == "button":
        replies = [button["reply"] for button in action.get("buttons", []) if button.get("type") == "reply"]
        _check_choices(replies, at_most=3, title=20, id_=256)
    elif interactive.get("type") == "list":
        refuse_unless(0 < len(action.get("button", "")) <= 20, "action.button is empty or too long", 131009)
        sections = action.get("sections", [])
        rows = [row for section in sections for row in section["rows"]]
        refuse_unless(len(sections) < 2 or all(section.get("title") for section in sections), "sections need titles")
        _check_choices(rows, at_most=10, title=24, id_=200)
    else:
        refuse_unless(interactive.get("type") in ("cta_url", "flow"), "unknown interactive type", 131009)


def _check_choices(choices: list[dict[str, str]], *, at_most: int, title: int, id_: int) -> None:
    refuse_unless(1 <= len(choices) <= at_most, f"{len(choices)} choices", 131009)
    for name, limit in (("title", title), ("id", id_)):
        values = [choice.get(name, "") for choice in choices]
        refuse_unless(all(0 < len(value) <= limit for value in values), f"a {name} is empty or too long", 131009)
        refuse_unless(len(set(values)) == len(values), f"two alike in {name}", 131009)


def _check_location(location: dict[str, Any]) -> None:
    numbers = [location.get("latitude"), location.get("longitude")]
    refuse_unless(all(isinstance(number, int | float) for number in numbers), "no coordinates", 131009)
    refuse_unless("address" not in location or location.get("name"), "an address needs a name", 131009)


def _check_contacts(contacts: list[dict[str, Any]]) -> None:
    for contact in contacts:
        name = contact.get("name", {})
        refuse_unless(name.get("formatted_name"), "name.formatted_name is missing", 131008)
        refuse_unless(set(name) - {"formatted_name"}, "another part of the name is missing", 131009)


def _check_template(template: dict[str, Any]) -> None:
    refuse_unless(template.get("name"), "template.name is missing", 131008)
    refuse_unless(template.get("language", {}).get("code"), "template.language.code is missing", 131008)
    refuse_unless(template["name"] != "unapproved", "template name does not exist in the translation", 132001)


_CHECKS: dict[str, Callable[[Any], None]] = {
    "text": _check_text,
    "interactive": _check_interactive,
    "location": _check_location,
    "contacts": _check_contacts,
    "template": _check_template,
}
