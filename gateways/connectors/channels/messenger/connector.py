"""The connectors of Messenger and of Instagram."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, suppress
from typing import TypeVar

from gateways.connectors.channels.capabilities import Capabilities
from gateways.connectors.channels.connector import Finding, Line, OutboundPiece, Recipient
from gateways.connectors.channels.exceptions import ChannelError
from gateways.connectors.channels.graph.connector import GraphConnector
from gateways.connectors.channels.inbound import Inbound, InboundFile
from gateways.connectors.channels.messenger.checking import check_page, subscribe_page
from gateways.connectors.channels.messenger.inbound import read_pages
from gateways.connectors.channels.messenger.media import fetch_file
from gateways.connectors.channels.messenger.outbound import (
    HUMAN_AGENT_SECONDS,
    WINDOW_SECONDS,
    send_action,
    send_piece,
)
from gateways.connectors.channels.pieces import MediaKind
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import InstagramSettings, MessengerSettings
from schemas.configuration.connectors.messenger import PageSettings

__all__ = ["InstagramConnector", "MessengerConnector"]

P = TypeVar("P", bound=PageSettings)

_MB = 1_000_000
_MEDIA: dict[MediaKind, int] = {"image": 8 * _MB, "audio": 25 * _MB, "video": 25 * _MB, "file": 25 * _MB}
_MAX_QUICK_REPLIES = 13
_MAX_TITLE = 20


class _PageConnector(GraphConnector[P]):
    """What both do alike."""

    async def send(self, line: Line[P], recipient: Recipient, piece: OutboundPiece) -> Outcome:
        return await send_piece(line, recipient, piece)

    async def show_typing(self, line: Line[P], recipient: Recipient) -> None:
        with suppress(ChannelError):
            await send_action(line, recipient, "typing_on")

    async def mark_read(self, line: Line[P], recipient: Recipient) -> None:
        with suppress(ChannelError):
            await send_action(line, recipient, "mark_seen")

    def download(self, line: Line[P], file: InboundFile) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        return fetch_file(line, file)

    async def check(self, line: Line[P]) -> list[Finding]:
        return await check_page(line)

    async def set_up(self, line: Line[P]) -> list[Finding]:
        return await subscribe_page(line)


class MessengerConnector(_PageConnector[MessengerSettings]):
    """A page on Facebook, to which customers write with Messenger."""

    type = "messenger"

    def capabilities(self, settings: MessengerSettings) -> Capabilities:
        return Capabilities(
            text_limit=2000,
            text_unit="utf16_units",
            buttons=_MAX_QUICK_REPLIES,
            button_title_limit=_MAX_TITLE,
            buttons_text_limit=2000,
            media=_MEDIA,
            custom=True,
            receipts=["delivered", "read"],
            typing=True,
            window_seconds=_window(settings),
        )

    def account(self, settings: MessengerSettings) -> str | None:
        return settings.page_id

    def read(self, settings: MessengerSettings, body: bytes) -> list[Inbound]:
        return read_pages(body, "page", settings.app_id)


class InstagramConnector(_PageConnector[InstagramSettings]):
    """A professional account on Instagram."""

    type = "instagram"

    def capabilities(self, settings: InstagramSettings) -> Capabilities:
        return Capabilities(
            text_limit=1000,
            text_unit="utf8_bytes",
            buttons=_MAX_QUICK_REPLIES,
            button_title_limit=_MAX_TITLE,
            buttons_text_limit=1000,
            media=_MEDIA,
            custom=True,
            receipts=["read"],
            typing=True,
            window_seconds=_window(settings),
        )

    def account(self, settings: InstagramSettings) -> str | None:
        return settings.account_id

    def read(self, settings: InstagramSettings, body: bytes) -> list[Inbound]:
        return read_pages(body, "instagram", settings.app_id)


def _window(settings: PageSettings) -> float:
    """How long agents may answer. What a bot writes later than a day is refused by Meta."""
    return HUMAN_AGENT_SECONDS if settings.human_agent else WINDOW_SECONDS
