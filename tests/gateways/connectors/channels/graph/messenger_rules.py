"""What the Send API of Messenger and Instagram demands of a message, as far as it is documented."""

from typing import Any

from tests.gateways.connectors.channels.graph.refusals import refuse_unless

__all__ = ["check_page_message"]

_ATTACHMENTS = ("image", "audio", "video", "file", "template")


def check_page_message(body: dict[str, Any], *, instagram: bool, attachments: set[str]) -> None:
    """``attachments`` are the ids of uploaded files."""
    message = body.get("message")
    refuse_unless(isinstance(message, dict), "message is missing")
    assert isinstance(message, dict)
    refuse_unless(body.get("messaging_type") in ("RESPONSE", "UPDATE", "MESSAGE_TAG"), "messaging_type is missing")
    refuse_unless("tag" not in body or body["tag"] == "HUMAN_AGENT", "Invalid parameter")
    refuse_unless(("text" in message) != ("attachment" in message), "give either text or attachment")
    refuse_unless(len(message.get("metadata", "")) <= 1000, "metadata is too long")
    text = message.get("text")
    if text is not None:
        size = len(text.encode()) if instagram else len(text)
        refuse_unless(0 < size <= (1000 if instagram else 2000), f"the text is empty or too long: {text}")
    else:
        _check_attachment(message["attachment"], attachments)
    _check_quick_replies(message)


def _check_attachment(attachment: dict[str, Any], attachments: set[str]) -> None:
    refuse_unless(attachment.get("type") in _ATTACHMENTS, "unknown type of attachment")
    payload = attachment.get("payload", {})
    if attachment["type"] == "template":
        refuse_unless(payload.get("template_type"), "template_type is missing")
        return
    refuse_unless(("url" in payload) != ("attachment_id" in payload), "give either url or attachment_id")
    refuse_unless("attachment_id" not in payload or payload["attachment_id"] in attachments, "no such attachment")


def _check_quick_replies(message: dict[str, Any]) -> None:
    replies = message.get("quick_replies")
    if replies is None:
        return
    refuse_unless(1 <= len(replies) <= 13, f"{len(replies)} quick replies")
    for reply in replies:
        refuse_unless(reply.get("content_type") == "text", "unknown content_type")
        refuse_unless(0 < len(reply.get("title", "")) <= 20, "a title is empty or too long")
        refuse_unless(0 < len(reply.get("payload", "")) <= 1000, "a payload is empty or too long")
