"""What a connector over the signed webhook is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec

from gateways.connectors.channels.capabilities import Capabilities
from gateways.connectors.channels.connector import Finding, Line, OutboundPiece, Recipient
from gateways.connectors.channels.exceptions import ChannelError, UnreadableRequestError
from gateways.connectors.channels.inbound import Inbound, InboundFile, InboundMessage, WebhookAnswer, WebhookRequest
from gateways.connectors.channels.pieces import MediaKind
from gateways.connectors.channels.rest import outbound
from gateways.connectors.channels.rest.checking import check_connector, setting_up
from gateways.connectors.channels.rest.inbound import read_events
from gateways.connectors.channels.rest.signature import prove
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import RestSettings
from schemas.identifiers import new_id

__all__ = ["RestConnector"]

_MEDIA: dict[MediaKind, int] = dict.fromkeys(("image", "audio", "video", "file"), 2**40)
"""Files go as addresses, of any size."""
_MAX_TITLE = 256
_NOTHING_TAKEN = 422


class _Taken(msgspec.Struct, frozen=True):
    """What the connector hears: how many of its events were taken, and why others were not."""

    taken: int
    left_out: list[str]


class RestConnector:
    """Repeated calls have the same ``webhook-id``, by which the connector's contract requires it to know them."""

    type = "rest"
    repeatable = True

    def capabilities(self, settings: RestSettings) -> Capabilities:
        return Capabilities(
            text_limit=settings.text_limit,
            buttons=settings.buttons,
            button_title_limit=_MAX_TITLE,
            buttons_text_limit=settings.text_limit,
            media=_MEDIA,
            captioned=list(_MEDIA),
            caption_limit=settings.text_limit,
            locations=True,
            contacts=True,
            custom=True,
            receipts=["delivered", "read"],
            typing=True,
        )

    def account(self, settings: RestSettings) -> str | None:
        return None

    def answer_handshake(self, line: Line[RestSettings], request: WebhookRequest) -> WebhookAnswer | None:
        return None

    def receive(self, line: Line[RestSettings], request: WebhookRequest) -> list[Inbound]:
        prove(line, request)
        return [read_events(request.body)]

    def answer(self, line: Line[RestSettings], request: WebhookRequest) -> WebhookAnswer:
        """An answer with 422 where nothing was taken and something left out: the connector is at fault."""
        read = read_events(request.body)
        return WebhookAnswer(
            status=_NOTHING_TAKEN if read.left_out and not read.items else 200,
            body=msgspec.json.encode(_Taken(len(read.items), read.left_out)),
            media_type="application/json",
        )

    async def acknowledge(self, line: Line[RestSettings], message: InboundMessage) -> None:
        """The answer to the call is enough."""

    async def send(self, line: Line[RestSettings], recipient: Recipient, piece: OutboundPiece) -> Outcome:
        return await outbound.send_piece(line, recipient, piece)

    async def show_typing(self, line: Line[RestSettings], recipient: Recipient) -> None:
        with suppress(ChannelError):
            await outbound.show_typing(line, recipient, f"typing-{new_id()}")

    async def mark_read(self, line: Line[RestSettings], recipient: Recipient) -> None:
        with suppress(ChannelError):
            await outbound.mark_read(line, recipient, f"read-{new_id()}")

    @asynccontextmanager
    async def download(self, line: Line[RestSettings], file: InboundFile) -> AsyncIterator[AsyncIterator[bytes]]:
        """Customers' files stay at the addresses that the connector gives."""
        raise UnreadableRequestError("files of this channel are at addresses, and are not fetched")
        yield

    async def check(self, line: Line[RestSettings]) -> list[Finding]:
        return await check_connector(line)

    async def set_up(self, line: Line[RestSettings]) -> list[Finding]:
        return setting_up(line)
