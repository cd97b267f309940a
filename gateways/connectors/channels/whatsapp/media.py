"""Files of WhatsApp: fetched in two steps, uploaded in one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError, UnreadableRequestError
from gateways.connectors.channels.graph.calling import SUCCESS, call_graph, error_of, field_of
from gateways.connectors.channels.graph.media import add_file, fetched, media_type_of
from gateways.connectors.channels.graph.outcomes import refusal_of
from gateways.connectors.channels.inbound import InboundFile
from gateways.connectors.channels.pieces import MediaPiece
from gateways.connectors.channels.whatsapp.errors import judge_whatsapp
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import WhatsAppSettings

__all__ = ["fetch_file", "upload"]

_NO_SUCH_OBJECT = 100


@asynccontextmanager
async def fetch_file(line: Line[WhatsAppSettings], file: InboundFile) -> AsyncIterator[AsyncIterator[bytes]]:
    """The bytes of a customer's file. Its address is good for five minutes, so that it is asked for each time."""
    try:
        answer = await call_graph(line, "GET", file.reference["id"])
    except AnswerLostError as lost:
        raise NotReachedError(str(lost)) from None
    if answer.status not in SUCCESS:
        error = error_of(answer)
        if error and error.code == _NO_SUCH_OBJECT:
            raise UnreadableRequestError("WhatsApp does not have the file any more")
        raise NotReachedError(f"WhatsApp does not name the file's address: status {answer.status}")
    url = field_of(answer.json, "url")
    if not isinstance(url, str):
        raise NotReachedError("WhatsApp does not name the file's address")
    token = line.secrets.named(line.settings.access_token)
    headers = {"Authorization": f"Bearer {token}"}
    async with fetched(line, url, headers=headers, sha256=file.reference.get("sha256")) as chunks:
        yield chunks


async def upload(line: Line[WhatsAppSettings], piece: MediaPiece) -> str | Outcome:
    """The id of an attachment at WhatsApp, or why it does not take it. An upload of which no answer came may be made
    again, for nobody sees it: that raises NotReachedError."""
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("messaging_product", "whatsapp")
    form.add_field("type", media_type_of(piece))
    add_file(form, "file", piece, await line.media.read(piece))
    try:
        answer = await call_graph(line, "POST", f"{line.settings.phone_number_id}/media", data=form)
    except AnswerLostError as error:
        raise NotReachedError(str(error)) from None
    media_id = field_of(answer.json, "id")
    if answer.status in SUCCESS and isinstance(media_id, str):
        return media_id
    refusal = refusal_of(answer, judge_whatsapp)
    return Outcome(kind="try_again", detail=refusal.detail) if refusal.kind == "unknown" else refusal
