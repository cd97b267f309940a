"""Channels of Telegram as their connector sees them."""

from typing import Any

import aiohttp

from config import Secrets
from gateways.connectors.channels.connector import Line, OutboundPiece, Recipient
from gateways.connectors.channels.inbound import WebhookRequest
from gateways.connectors.channels.pieces import MediaPiece, Piece
from schemas.configuration.connectors import TelegramSettings
from tests.gateways.connectors.channels.telegram.stand_in import ALICE, TOKEN

__all__ = ["SECRET", "KeptMedia", "line_to", "part", "recipient", "webhook_request"]

SECRET = "webhook-secret_of-16"


class KeptMedia:
    """The files of a conversation, by the ids of the attachments."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self._files = files or {}

    async def read(self, piece: MediaPiece) -> bytes:
        return self._files[piece.attachment_id or ""]

    def public_url(self, piece: MediaPiece) -> str | None:
        return None


def line_to(
    url: str,
    http: aiohttp.ClientSession,
    files: dict[str, bytes] | None = None,
    public_url: str | None = None,
    token: str = TOKEN,
    **settings: Any,
) -> Line[TelegramSettings]:
    given = {"token": "telegram_token", "webhook_secret": "telegram_webhook", "base_url": url, **settings}
    return Line(
        channel="telegram",
        settings=TelegramSettings(**given),
        secrets=Secrets({"telegram_token": token, "telegram_webhook": SECRET}),
        http=http,
        media=KeptMedia(files),
        public_url=public_url,
    )


def recipient(customer_id: str = str(ALICE)) -> Recipient:
    return Recipient(customer_id=customer_id, conversation_id="conversation")


def part(piece: Piece) -> OutboundPiece:
    return OutboundPiece(message_id="message", number=0, piece=piece)


def webhook_request(body: bytes, secret: str | None = SECRET) -> WebhookRequest:
    headers = {} if secret is None else {"x-telegram-bot-api-secret-token": secret}
    url = "https://chat.example.org/connectors/v1/telegram"
    return WebhookRequest(method="POST", url=url, query="", headers=headers, body=body)
