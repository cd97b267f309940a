"""The effect that posts what could not be posted at once: files that are fetched first, what waits behind them, and
receipts that came before the answer to what they are about."""

import logging
from collections.abc import Sequence

import msgspec

from actors.engine import Committed
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError, UnreadableRequestError
from gateways.connectors.channels.identities import inbound_id
from gateways.connectors.channels.inbound import InboundFile, InboundItem, InboundMessage, InboundReceipt
from gateways.connectors.channels.lines import OpenLine, open_line, settings_of
from gateways.connectors.channels.posting import post_inbound
from gateways.connectors.channels.receiving import post_without_file, record_receipt
from gateways.connectors.channels.targets import INBOUND, channel_of
from gateways.conversations.attachments import FileDescription, keep_customer_attachment
from gateways.conversations.receiving import receive_file
from gateways.exceptions import RefusedError
from gateways.outbox import Delivery, Outcome, Planned, TargetPolicy
from gateways.services import Services
from schemas.posting import CustomerContent, PostedAudio, PostedFile, PostedImage, PostedText, PostedVideo

__all__ = ["InboundEffect"]

_logger = logging.getLogger(__name__)
_POLICY = TargetPolicy(at_once=20, pauses=(1.0, 2.0, 5.0, 15.0, 60.0), give_up_after=600.0, keep_seconds=0.0)
_CONTENTS: dict[str, type[PostedImage | PostedAudio | PostedVideo | PostedFile]] = {
    "image": PostedImage,
    "audio": PostedAudio,
    "video": PostedVideo,
    "file": PostedFile,
}
_DELIVERED = Outcome(kind="delivered")
_decoder = msgspec.json.Decoder(InboundItem)


class InboundEffect:
    """Every step has ids that derive from the provider's, so that a repetition changes nothing."""

    name = INBOUND
    repeatable = True

    def __init__(self, services: Services) -> None:
        self._services = services

    def plan(self, item: Committed) -> Sequence[Planned]:
        return ()

    def policy(self, target: str) -> TargetPolicy | None:
        return None if settings_of(self._services, channel_of(target)) is None else _POLICY

    async def perform(self, delivery: Delivery, item: Committed | None) -> Outcome:
        channel, inbound = channel_of(delivery.target), _decoder.decode(delivery.payload or b"")
        match inbound:
            case InboundReceipt():
                return await self._record(channel, inbound)
            case InboundMessage():
                return await self._post_message(channel, inbound, inbound.content)
        return _DELIVERED

    async def look_up(self, delivery: Delivery, item: Committed | None) -> Outcome | None:
        return None

    async def set_aside(self, delivery: Delivery, item: Committed | None, outcome: Outcome) -> None:
        """A file that cannot be fetched leaves a text in its place. A receipt for a message that nobody knows is none
        of ours."""
        inbound = _decoder.decode(delivery.payload or b"")
        if isinstance(inbound, InboundMessage) and isinstance(inbound.content, InboundFile):
            await self._post(channel_of(delivery.target), inbound, in_place_of(inbound.content, "cannot be fetched"))

    async def _record(self, channel: str, receipt: InboundReceipt) -> Outcome:
        known = await record_receipt(self._services, channel, receipt)
        return _DELIVERED if known else Outcome(kind="try_again", detail="no message with this id is known yet")

    async def _post_message(
        self, channel: str, message: InboundMessage, content: CustomerContent | InboundFile
    ) -> Outcome:
        if isinstance(content, InboundFile):
            return await self._post_file(channel, message, content)
        return await self._post(channel, message, content)

    async def _post(self, channel: str, message: InboundMessage, content: CustomerContent) -> Outcome:
        try:
            await post_without_file(self._services, channel, message, content)
        except RefusedError as refused:
            return Outcome(kind="message_refused", code=refused.code.value, detail=refused.detail)
        return _DELIVERED

    async def _post_file(self, channel: str, message: InboundMessage, file: InboundFile) -> Outcome:
        opened = await open_line(self._services, channel)
        if opened is None:
            return Outcome(kind="message_refused", detail="the channel has no connector any more")

        async def contents_in(conversation_id: str) -> list[CustomerContent]:
            return [await self._fetched(opened, conversation_id, message, file)]

        try:
            await post_inbound(self._services, channel, message, contents_in)
        except (NotReachedError, AnswerLostError) as error:
            return Outcome(kind="try_again", detail=str(error))
        except UnreadableRequestError as error:
            return await self._post(channel, message, in_place_of(file, str(error)))
        except RefusedError as refused:
            return await self._post(channel, message, in_place_of(file, refused.detail))
        return _DELIVERED

    async def _fetched(
        self, opened: OpenLine, conversation_id: str, message: InboundMessage, file: InboundFile
    ) -> CustomerContent:
        """The content with the file, which is an attachment from now on. Raises RefusedError."""
        services, channel = self._services, opened.line.channel
        attachment_id = inbound_id(channel, "attachment", message.provider_id, message.sent_at)
        description = FileDescription(file.name or "", file.media_type or "", attachment_id)
        async with (
            opened.connector.download(opened.line, file) as chunks,
            receive_file(services, chunks) as received,
        ):
            kept = await keep_customer_attachment(services, conversation_id, received, description)
        fits = file.kind == "file" or kept.attachment.media_type.startswith(f"{file.kind}/")
        content = _CONTENTS[file.kind if fits else "file"]
        return content(attachment_id=attachment_id, text=file.text or None)


def in_place_of(file: InboundFile, reason: str) -> PostedText:
    """The text that stands where a file would, with what came with it."""
    named = " ".join(part for part in (file.kind, file.name) if part)
    return PostedText("\n".join(part for part in (f"[{named}: {reason}]", file.text) if part))
