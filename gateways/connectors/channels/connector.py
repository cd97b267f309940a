"""What a connector of a channel is."""

from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, Protocol, TypeVar, runtime_checkable

import msgspec

from config import Secrets
from gateways.connectors.channels.capabilities import Capabilities
from gateways.connectors.channels.inbound import Inbound, InboundFile, InboundMessage, WebhookAnswer, WebhookRequest
from gateways.connectors.channels.pieces import MediaPiece, Piece
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import ConnectorSettings

if TYPE_CHECKING:
    import aiohttp  # takes long to import

__all__ = ["Connector", "Finding", "Line", "LooksUp", "Media", "OutboundPiece", "Recipient"]

S = TypeVar("S", bound=ConnectorSettings)


class Media(Protocol):
    """How a connector gets at the files of the conversation."""

    async def read(self, piece: MediaPiece) -> bytes:
        """The attachment's bytes. Raises NotReachedError when they cannot be read now."""

    def public_url(self, piece: MediaPiece) -> str | None:
        """An address at which the provider can fetch the file for an hour; None when the server has no public
        address."""


class Line(msgspec.Struct, Generic[S], frozen=True, kw_only=True):
    """A configured channel as its connector sees it. ``public_url`` is where the provider calls this channel, if the
    server's public address is set."""

    channel: str
    settings: S
    secrets: Secrets
    http: "aiohttp.ClientSession"
    media: Media
    public_url: str | None = None


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """The customer to whom a piece goes. ``last_inbound_id`` is the provider's id of the customer's last message, and
    ``seconds_since`` how long ago that was, where there was one."""

    customer_id: str
    conversation_id: str
    last_inbound_id: str | None = None
    seconds_since: float | None = None


class OutboundPiece(msgspec.Struct, frozen=True, kw_only=True):
    """A piece, and the message that it is a part of. ``number`` counts the pieces of a message from 0. ``by_human`` is
    whether an agent wrote it, and not a bot or the system."""

    message_id: str
    number: int
    piece: Piece
    by_human: bool = False


class Finding(NamedTuple):
    """What a check has found, in words."""

    status: Literal["ok", "warning", "fault"]
    words: str


class Connector(Protocol[S]):
    """The wire of one kind of channel: it keeps nothing between calls. ``type`` is that of its settings. A
    ``repeatable`` channel knows a piece that it gets twice by the message's id and the piece's number, and shows it
    once: when its answer is lost, the piece may be sent again. Other channels would show it twice.

    A method that calls the provider raises NotReachedError, AnswerLostError, or SettingsError for a missing secret.
    """

    type: str
    repeatable: bool

    def capabilities(self, settings: S) -> Capabilities: ...

    def account(self, settings: S) -> str | None:
        """The number, page or bot that the channel is, where one webhook serves several; else None."""

    def answer_handshake(self, line: Line[S], request: WebhookRequest) -> WebhookAnswer | None:
        """The answer to a provider that asks whether the webhook is wanted. Raises ForgedRequestError. None where the
        request is no such question."""

    def receive(self, line: Line[S], request: WebhookRequest) -> list[Inbound]:
        """Proves that the request is the provider's and reads it. One item that cannot be read does not lose the
        others. Raises ForgedRequestError or UnreadableRequestError, for nothing else."""

    def answer(self, line: Line[S], request: WebhookRequest) -> WebhookAnswer:
        """The answer once all that the request holds is durable."""

    async def acknowledge(self, line: Line[S], message: InboundMessage) -> None:
        """Does what the provider expects once the message is durable, such as to take away the buttons of which one was
        pressed. Called at least once, where the provider has that. Failures are ignored."""

    async def send(self, line: Line[S], recipient: Recipient, piece: OutboundPiece) -> Outcome:
        """Sends one piece, once."""

    async def show_typing(self, line: Line[S], recipient: Recipient) -> None:
        """Shows the customer that an answer is being written, where the channel has that. Failures are ignored."""

    async def mark_read(self, line: Line[S], recipient: Recipient) -> None:
        """Shows the customer that the last message was read, where the channel has that. Failures are ignored."""

    def download(self, line: Line[S], file: InboundFile) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """The bytes of a customer's file, as they come in. Raises NotReachedError to be tried again, and
        UnreadableRequestError when there is nothing to fetch."""

    async def check(self, line: Line[S]) -> list[Finding]:
        """Asks the provider whether all is set up."""

    async def set_up(self, line: Line[S]) -> list[Finding]:
        """Registers the webhook at the provider, where it has an API for that; else says what to click."""


@runtime_checkable
class LooksUp(Protocol):
    """A connector whose provider can be asked what became of a piece whose answer was lost."""

    async def look_up(
        self,
        line: Line[Any],
        recipient: Recipient,
        piece: OutboundPiece,
        tried_at: datetime,
        known: Collection[str] = (),
    ) -> Outcome | None:
        """The outcome, or None where it stays unknown. ``known`` are the provider's ids of other messages to the
        customer."""
