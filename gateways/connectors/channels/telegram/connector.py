"""What Telegram is as a connector."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager

from gateways.connectors.channels.capabilities import Capabilities
from gateways.connectors.channels.connector import Finding, Line, OutboundPiece, Recipient
from gateways.connectors.channels.inbound import Inbound, InboundFile, InboundMessage, WebhookAnswer, WebhookRequest
from gateways.connectors.channels.telegram.checking import check, set_up
from gateways.connectors.channels.telegram.inbound import read_body
from gateways.connectors.channels.telegram.media import download
from gateways.connectors.channels.telegram.outbound import remove_buttons, send_piece, show_typing
from gateways.connectors.channels.telegram.polling import poll
from gateways.connectors.channels.telegram.signature import prove
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import TelegramSettings

__all__ = ["CAPABILITIES", "TelegramConnector"]

_MEGABYTE = 1024 * 1024

CAPABILITIES = Capabilities(
    text_limit=4096,
    text_unit="code_points",
    buttons=50,
    button_title_limit=64,
    buttons_text_limit=4096,
    media={"image": 10 * _MEGABYTE, "audio": 50 * _MEGABYTE, "video": 50 * _MEGABYTE, "file": 50 * _MEGABYTE},
    captioned=["image", "audio", "video", "file"],
    caption_limit=1024,
    locations=True,
    contacts=True,
    typing=True,
)


class TelegramConnector:
    """A bot of Telegram. With ``updates = "polling"``, what customers write comes by ``poll`` and not by a webhook."""

    type = "telegram"
    repeatable = False

    def capabilities(self, settings: TelegramSettings) -> Capabilities:
        return CAPABILITIES

    def account(self, settings: TelegramSettings) -> str | None:
        """Each bot has a webhook of its own."""
        return None

    def answer_handshake(self, line: Line[TelegramSettings], request: WebhookRequest) -> WebhookAnswer | None:
        """Telegram asks no such question."""
        return None

    def receive(self, line: Line[TelegramSettings], request: WebhookRequest) -> list[Inbound]:
        prove(line, request)
        return [read_body(request.body)]

    def answer(self, line: Line[TelegramSettings], request: WebhookRequest) -> WebhookAnswer:
        """Nothing: Telegram would take a body for a call of a method."""
        return WebhookAnswer()

    def poll(self, line: Line[TelegramSettings]) -> AsyncGenerator[list[Inbound], None]:
        """See ``polling.poll``: updates are confirmed when the caller asks for the next."""
        return poll(line)

    async def acknowledge(self, line: Line[TelegramSettings], message: InboundMessage) -> None:
        await remove_buttons(line, message)

    async def send(self, line: Line[TelegramSettings], recipient: Recipient, piece: OutboundPiece) -> Outcome:
        return await send_piece(line, recipient, piece)

    async def show_typing(self, line: Line[TelegramSettings], recipient: Recipient) -> None:
        await show_typing(line, recipient)

    async def mark_read(self, line: Line[TelegramSettings], recipient: Recipient) -> None:
        """Bots of Telegram cannot."""

    def download(
        self, line: Line[TelegramSettings], file: InboundFile
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        return download(line, file)

    async def check(self, line: Line[TelegramSettings]) -> list[Finding]:
        return await check(line)

    async def set_up(self, line: Line[TelegramSettings]) -> list[Finding]:
        return await set_up(line)
