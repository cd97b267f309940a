"""The connector of WhatsApp."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, suppress

from gateways.connectors.channels.capabilities import Capabilities
from gateways.connectors.channels.connector import Finding, Line, OutboundPiece, Recipient
from gateways.connectors.channels.exceptions import ChannelError
from gateways.connectors.channels.graph.connector import GraphConnector
from gateways.connectors.channels.inbound import Inbound, InboundFile
from gateways.connectors.channels.whatsapp.checking import check_number, set_up_webhook
from gateways.connectors.channels.whatsapp.inbound import read_whatsapp
from gateways.connectors.channels.whatsapp.media import fetch_file
from gateways.connectors.channels.whatsapp.outbound import mark_read, send_piece
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import WhatsAppSettings

__all__ = ["WhatsAppConnector"]

_MB = 1_000_000
_CAPABILITIES = Capabilities(
    text_limit=4096,
    buttons=10,
    button_title_limit=20,
    buttons_text_limit=1024,
    media={"image": 5 * _MB, "audio": 16 * _MB, "video": 16 * _MB, "file": 100 * _MB},
    captioned=["image", "video", "file"],
    caption_limit=1024,
    locations=True,
    contacts=True,
    custom=True,
    receipts=["delivered", "read"],
    typing=True,
    window_seconds=24 * 3600,
    templates=True,
)


class WhatsAppConnector(GraphConnector[WhatsAppSettings]):
    """A number of WhatsApp at Meta's Cloud API."""

    type = "whatsapp"

    def capabilities(self, settings: WhatsAppSettings) -> Capabilities:
        return _CAPABILITIES

    def account(self, settings: WhatsAppSettings) -> str | None:
        return settings.phone_number_id

    def read(self, settings: WhatsAppSettings, body: bytes) -> list[Inbound]:
        return read_whatsapp(body)

    async def send(self, line: Line[WhatsAppSettings], recipient: Recipient, piece: OutboundPiece) -> Outcome:
        return await send_piece(line, recipient, piece)

    async def show_typing(self, line: Line[WhatsAppSettings], recipient: Recipient) -> None:
        with suppress(ChannelError):
            await mark_read(line, recipient, typing=True)

    async def mark_read(self, line: Line[WhatsAppSettings], recipient: Recipient) -> None:
        with suppress(ChannelError):
            await mark_read(line, recipient, typing=False)

    def download(
        self, line: Line[WhatsAppSettings], file: InboundFile
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        return fetch_file(line, file)

    async def check(self, line: Line[WhatsAppSettings]) -> list[Finding]:
        return await check_number(line)

    async def set_up(self, line: Line[WhatsAppSettings]) -> list[Finding]:
        return await set_up_webhook(line)
