"""The connector of Twilio."""

from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime
from functools import partial

from gateways.connectors.channels.capabilities import Capabilities
from gateways.connectors.channels.connector import Finding, Line, OutboundPiece, Recipient
from gateways.connectors.channels.exceptions import ChannelError
from gateways.connectors.channels.inbound import Inbound, InboundFile, InboundMessage, WebhookAnswer, WebhookRequest
from gateways.connectors.channels.twilio.api import post_form
from gateways.connectors.channels.twilio.capabilities import capabilities_of
from gateways.connectors.channels.twilio.checking import check, set_up
from gateways.connectors.channels.twilio.content import Templates
from gateways.connectors.channels.twilio.inbound import read_fields
from gateways.connectors.channels.twilio.looking_up import look_up
from gateways.connectors.channels.twilio.media import download
from gateways.connectors.channels.twilio.outbound import send
from gateways.connectors.channels.twilio.signature import signed_fields
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import TwilioSettings

__all__ = ["TwilioConnector"]


class TwilioConnector:
    """Implements the contract of connectors. It remembers only which templates it has made at Twilio."""

    type = "twilio"
    repeatable = False

    def __init__(self) -> None:
        self._templates = Templates()

    def capabilities(self, settings: TwilioSettings) -> Capabilities:
        return capabilities_of(settings)

    def account(self, settings: TwilioSettings) -> str | None:
        """The number: several may have the same address at Twilio."""
        return settings.sender

    def answer_handshake(self, line: Line[TwilioSettings], request: WebhookRequest) -> WebhookAnswer | None:
        """Twilio asks nothing before it calls."""
        return None

    def receive(self, line: Line[TwilioSettings], request: WebhookRequest) -> list[Inbound]:
        settings, secrets = line.settings, line.secrets
        keys = {key: partial(secrets.named, name) for key, name in settings.signing_keys.items()}
        tokens = [secrets.named(name) for name in (settings.auth_token, settings.former_auth_token) if name is not None]
        fields = signed_fields(request, tokens, keys)
        return [read_fields(settings, request, fields)]

    def answer(self, line: Line[TwilioSettings], request: WebhookRequest) -> WebhookAnswer:
        """Without a body, Twilio sends the customer nothing."""
        return WebhookAnswer(status=204)

    async def acknowledge(self, line: Line[TwilioSettings], message: InboundMessage) -> None:
        """Twilio expects nothing more than the answer."""

    async def send(self, line: Line[TwilioSettings], recipient: Recipient, piece: OutboundPiece) -> Outcome:
        return await send(line, recipient, piece, self._templates)

    async def look_up(
        self,
        line: Line[TwilioSettings],
        recipient: Recipient,
        piece: OutboundPiece,
        tried_at: datetime,
        known: Collection[str] = (),
    ) -> Outcome | None:
        """What became of a piece whose answer was lost, or None where that stays unknown. ``known`` are the ids of
        other messages that Twilio has taken."""
        return await look_up(line, recipient, piece, tried_at, known)

    async def show_typing(self, line: Line[TwilioSettings], recipient: Recipient) -> None:
        """WhatsApp shows it for 25 seconds, or until the answer. It marks the customer's message as read."""
        if line.settings.is_whatsapp and recipient.last_inbound_id is not None:
            message_id = recipient.last_inbound_id.partition(":")[0]
            url = f"{line.settings.messaging_url.rstrip('/')}/v2/Indicators/Typing.json"
            with suppress(ChannelError):
                await post_form(line, url, [("messageId", message_id), ("channel", "whatsapp")])

    async def mark_read(self, line: Line[TwilioSettings], recipient: Recipient) -> None:
        """Twilio has no call that marks as read and does not show typing."""

    def download(
        self, line: Line[TwilioSettings], file: InboundFile
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        return download(line, file)

    async def check(self, line: Line[TwilioSettings]) -> list[Finding]:
        return await check(line)

    async def set_up(self, line: Line[TwilioSettings]) -> list[Finding]:
        return await set_up(line)
