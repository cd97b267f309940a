"""Files of Messenger and Instagram: fetched from where the webhook says, uploaded to be sent."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any

import aiohttp
import msgspec

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from gateways.connectors.channels.graph.calling import SUCCESS, call_graph, field_of
from gateways.connectors.channels.graph.media import add_file, fetched
from gateways.connectors.channels.graph.outcomes import refusal_of
from gateways.connectors.channels.inbound import InboundFile
from gateways.connectors.channels.messenger.errors import judge_page
from gateways.connectors.channels.pieces import MediaPiece
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import InstagramSettings

__all__ = ["fetch_file", "upload"]


def fetch_file(line: Line[Any], file: InboundFile) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
    """The bytes of a customer's file. Its address is good by itself, without the token."""
    return fetched(line, file.reference.get("url", ""))


async def upload(line: Line[Any], piece: MediaPiece) -> str | Outcome:
    """The id of an attachment at Meta, or why it does not take it. An upload of which no answer came may be made again,
    for nobody sees it: that raises NotReachedError."""
    form = aiohttp.FormData(quote_fields=False)
    attachment = {"type": piece.kind, "payload": {"is_reusable": True}}
    form.add_field("message", msgspec.json.encode({"attachment": attachment}).decode())
    if isinstance(line.settings, InstagramSettings):
        form.add_field("platform", "instagram")
    add_file(form, "filedata", piece, await line.media.read(piece))
    try:
        answer = await call_graph(line, "POST", "me/message_attachments", data=form)
    except AnswerLostError as lost:
        raise NotReachedError(str(lost)) from None
    attachment_id = field_of(answer.json, "attachment_id")
    if answer.status in SUCCESS and isinstance(attachment_id, str):
        return attachment_id
    refusal = refusal_of(answer, judge_page)
    return Outcome(kind="try_again", detail=refusal.detail) if refusal.kind == "unknown" else refusal
