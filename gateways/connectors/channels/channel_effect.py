"""The effect that sends what agents, bots and the system write to the customers of a channel."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from msgspec.structs import replace

from actors.engine import Committed
from config import SettingsError
from gateways.connectors.channels.choosing import note_choices
from gateways.connectors.channels.connector import LooksUp, OutboundPiece, Recipient
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from gateways.connectors.channels.files import ConversationFiles
from gateways.connectors.channels.lines import OpenLine, open_line, settings_of
from gateways.connectors.channels.pieces import Piece
from gateways.connectors.channels.recipients import recipient_of
from gateways.connectors.channels.rendering.renderer import render
from gateways.connectors.channels.reporting import UNREACHABLE, record_fate, record_reachability
from gateways.connectors.channels.targets import channel_of, channel_target
from gateways.conversations.reading import look_up_conversation, rebuild_conversation
from gateways.outbox import Delivery, Outcome, Planned, TargetPolicy
from gateways.services import Services
from projections import ConversationView
from schemas.configuration.connectors import ConnectorSettings, RestSettings
from schemas.content import AttachmentContent, Media
from schemas.events import MessagePosted
from schemas.records import Record, entity_id_of

__all__ = ["ChannelEffect"]

_logger = logging.getLogger(__name__)
_POLICY = TargetPolicy(
    at_once=20,
    pauses=(2.0, 5.0, 15.0, 60.0, 300.0, 900.0),
    give_up_after=24 * 3600.0,
    keep_seconds=8 * 24 * 3600.0,
)
"""Providers report what became of a message for up to seven days."""
_REFUSED = ("message_refused", "recipient_refused")


class ChannelEffect:
    """Each message goes out in pieces, each of which is a call. ``repeatable`` is for channels that know a piece again:
    they are served by an effect of their own."""

    def __init__(self, services: Services, *, repeatable: bool) -> None:
        self._services = services
        self.repeatable = repeatable
        self.name = "repeatable channels" if repeatable else "channels"

    def plan(self, item: Committed) -> Sequence[Planned]:
        event = item.event
        if type(event) is not MessagePosted or event.sender.type == "customer":
            return ()
        view = self._view(item.record)
        if view is None or not view.customer.id or not self._serves(view.channel):
            return ()
        note_choices(self._services, view.conversation_id, event)
        return (Planned(channel_target(view.channel), view.customer.id),)

    def policy(self, target: str) -> TargetPolicy | None:
        return _POLICY if self._serves(channel_of(target)) else None

    async def perform(self, delivery: Delivery, item: Committed | None) -> Outcome:
        conversation_id, message = _message_in(item)
        opened = await open_line(self._services, channel_of(delivery.target), conversation_id)
        view = await look_up_conversation(self._services, conversation_id)
        if opened is None or view is None:
            return Outcome(kind="message_refused", detail="the channel has no connector any more")
        pieces = self._pieces(opened, message)
        if not pieces:
            _logger.info("message %s has nothing that channel %s can show", message.message_id, view.channel)
            return Outcome(kind="delivered")
        outcome = await self._send(opened, view, message, pieces, delivery)
        if outcome.kind in _REFUSED:
            await self._report_refusal(opened, view, message, outcome)
        return outcome

    async def look_up(self, delivery: Delivery, item: Committed | None) -> Outcome | None:
        conversation_id, message = _message_in(item)
        opened = await open_line(self._services, channel_of(delivery.target), conversation_id)
        view = await look_up_conversation(self._services, conversation_id)
        if opened is None or view is None:
            return None
        pieces = self._pieces(opened, message)
        if delivery.done >= len(pieces):
            return None
        tried_at = datetime.fromtimestamp(delivery.planned_at, UTC)
        piece = _piece(message, pieces, delivery.done)
        found = await self._look_up(opened, await recipient_of(self._services, view), piece, tried_at, delivery)
        return None if found is None else self._finished(found, message, pieces, delivery.done)

    async def set_aside(self, delivery: Delivery, item: Committed | None, outcome: Outcome) -> None:
        """The agent reads in the conversation what became of the message."""
        conversation_id, message = _message_in(item)
        status: Literal["failed", "unknown"] = "failed" if outcome.kind == "try_again" else "unknown"
        await record_fate(
            self._services,
            conversation_id,
            message.message_id,
            status,
            by_customer=False,
            code=outcome.code,
            detail=outcome.detail,
        )

    def _serves(self, channel: str) -> bool:
        settings = settings_of(self._services, channel)
        return settings is not None and _is_repeatable(settings) == self.repeatable

    def _view(self, record: Record) -> ConversationView | None:
        conversation_id = entity_id_of(record.stream)
        view = self._services.conversations.get(conversation_id)
        return view or rebuild_conversation(self._services.journal, conversation_id)

    def _pieces(self, opened: OpenLine, message: MessagePosted) -> list[Piece]:
        line, connector = opened
        files = line.media

        def link_of(content: Media | AttachmentContent) -> str | None:
            if isinstance(content, Media) and content.attachment_id is not None:
                assert isinstance(files, ConversationFiles)  # noqa: S101 - open_line has made it
                return files.link(content.attachment_id)
            return content.url

        return render(message.content, connector.capabilities(line.settings), message.message_id, link_of)

    async def _send(
        self, opened: OpenLine, view: ConversationView, message: MessagePosted, pieces: list[Piece], delivery: Delivery
    ) -> Outcome:
        piece = _piece(message, pieces, delivery.done)
        unreachable = view.attributes.get(UNREACHABLE)
        if unreachable is not None and not piece.by_human:
            return Outcome(kind="recipient_refused", detail=str(unreachable))
        recipient, tried_at = await recipient_of(self._services, view), datetime.now(UTC)
        try:
            outcome = await opened.connector.send(opened.line, recipient, piece)
        except NotReachedError as error:
            return Outcome(kind="try_again", detail=str(error))
        except AnswerLostError as error:
            found = await self._look_up(opened, recipient, piece, tried_at, delivery)
            outcome = found or Outcome(kind="try_again" if self.repeatable else "unknown", detail=str(error))
        except SettingsError as error:
            return Outcome(kind="configuration_fault", detail=str(error))
        return self._finished(outcome, message, pieces, delivery.done)

    def _finished(self, outcome: Outcome, message: MessagePosted, pieces: list[Piece], number: int) -> Outcome:
        """The outcome with the id by which receipts may name the message, also when nobody knows yet what became of it:
        a receipt then brings it out."""
        if outcome.kind not in ("delivered", "unknown"):
            return outcome
        more = outcome.kind == "delivered" and number + 1 < len(pieces)
        return replace(outcome, message_id=message.message_id, unfinished=more)

    async def _look_up(
        self, opened: OpenLine, recipient: Recipient, piece: OutboundPiece, tried_at: datetime, delivery: Delivery
    ) -> Outcome | None:
        """What became of a call whose answer was lost, where the provider can be asked."""
        line, connector = opened
        if not isinstance(connector, LooksUp):
            return None
        known = await asyncio.to_thread(self._services.outbox.provider_ids, delivery.target, delivery.lane)
        try:
            return await connector.look_up(line, recipient, piece, tried_at, known)
        except (NotReachedError, AnswerLostError, SettingsError) as error:
            _logger.warning("what became of message %s cannot be looked up: %s", piece.message_id, error)
            return None

    async def _report_refusal(
        self, opened: OpenLine, view: ConversationView, message: MessagePosted, outcome: Outcome
    ) -> None:
        """A customer whom the channel takes no answers for at the moment, because the time for them is over, can be
        reached by a template or by writing again."""
        await record_fate(
            self._services,
            view.conversation_id,
            message.message_id,
            "failed",
            by_customer=False,
            code=outcome.code,
            detail=outcome.detail,
        )
        if outcome.kind == "recipient_refused" and not await self._is_window_closed(opened, view):
            await record_reachability(self._services, view, outcome.detail or outcome.code or "refused by the channel")

    async def _is_window_closed(self, opened: OpenLine, view: ConversationView) -> bool:
        window = opened.connector.capabilities(opened.line.settings).window_seconds
        if window is None:
            return False
        since = (await recipient_of(self._services, view)).seconds_since
        return since is None or since >= window


def _is_repeatable(settings: ConnectorSettings) -> bool:
    """As the connector says, which may not be imported yet."""
    return isinstance(settings, RestSettings)


def _piece(message: MessagePosted, pieces: list[Piece], number: int) -> OutboundPiece:
    by_human = message.sender.type == "agent"
    return OutboundPiece(message_id=message.message_id, number=number, piece=pieces[number], by_human=by_human)


def _message_in(item: Committed | None) -> tuple[str, MessagePosted]:
    assert item is not None  # noqa: S101 - only events are planned
    assert isinstance(item.event, MessagePosted)  # noqa: S101 - only messages are planned
    return entity_id_of(item.record.stream), item.event
