"""What SMS and WhatsApp carry over Twilio.

Source: https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages and
https://www.twilio.com/docs/messaging/guides/accepted-mime-types.
"""

from gateways.connectors.channels.capabilities import Capabilities
from gateways.connectors.channels.twilio.content import MAX_CHOICES
from schemas.configuration.connectors import TwilioSettings

__all__ = ["MEDIA_TYPES", "capabilities_of"]

_MAX_TEXT = 1600
_MEGABYTE = 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = frozenset(
    {
        "image/jpeg",
        "image/png",
        "audio/ogg",
        "audio/opus",
        "audio/amr",
        "audio/3gpp",
        "audio/aac",
        "audio/mpeg",
        "video/mp4",
        "application/pdf",
        "application/msword",
        f"{_OFFICE}.wordprocessingml.document",
        f"{_OFFICE}.presentationml.presentation",
        f"{_OFFICE}.spreadsheetml.sheet",
        "text/vcard",
    }
)
"""The types of files that WhatsApp takes; others go as links."""


def capabilities_of(settings: TwilioSettings) -> Capabilities:
    return _whatsapp(settings) if settings.is_whatsapp else _sms(settings)


def _sms(settings: TwilioSettings) -> Capabilities:
    media = 5 * _MEGABYTE
    return Capabilities(
        text_limit=_MAX_TEXT,
        media={"image": media, "audio": media, "video": media} if settings.mms else {},
        captioned=["image", "audio", "video"] if settings.mms else [],
        caption_limit=_MAX_TEXT if settings.mms else 0,
        custom=True,
        receipts=["delivered"],
    )


def _whatsapp(settings: TwilioSettings) -> Capabilities:
    return Capabilities(
        text_limit=_MAX_TEXT,
        buttons=MAX_CHOICES if settings.buttons else 0,
        button_title_limit=20 if settings.buttons else 0,
        buttons_text_limit=1024 if settings.buttons else 0,
        media={"image": 5 * _MEGABYTE, "audio": 16 * _MEGABYTE, "video": 16 * _MEGABYTE, "file": 16 * _MEGABYTE},
        captioned=["image", "video"],
        caption_limit=1024,
        locations=True,
        custom=True,
        receipts=["delivered", "read"],
        typing=True,
        window_seconds=24 * 3600.0,
        templates=True,
    )
