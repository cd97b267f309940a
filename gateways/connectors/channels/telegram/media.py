"""Files: those of customers from Telegram, those of the conversation to Telegram."""

import io
import mimetypes
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import NotReachedError, UnreadableRequestError
from gateways.connectors.channels.inbound import InboundFile
from gateways.connectors.channels.pieces import MediaPiece
from gateways.connectors.channels.telegram.bot_api import MethodAnswer, call_method, opened_file
from gateways.connectors.channels.telegram.outcomes import outcome_of
from schemas.configuration.connectors import TelegramSettings

if TYPE_CHECKING:
    import aiohttp  # takes long to import

__all__ = ["MAX_DOWNLOAD", "download", "form_of"]

MAX_DOWNLOAD = 20 * 1024 * 1024
"""Telegram gives no larger file to a bot."""

_CHUNK = 64 * 1024
_MAX_NAME = 128


@asynccontextmanager
async def download(line: Line[TelegramSettings], file: InboundFile) -> AsyncIterator[AsyncIterator[bytes]]:
    """The file as it comes in. Raises NotReachedError, and UnreadableRequestError when there is nothing to fetch."""
    if (file.size or 0) > MAX_DOWNLOAD:
        raise _too_large()
    path = _path_in(await call_method(line, "getFile", {"file_id": file.reference.get("file_id", "")}))
    async with opened_file(line, path) as answer:
        if answer.status in (400, 404):
            raise UnreadableRequestError("Telegram does not have the file any more")
        if answer.status != 200:
            raise NotReachedError(f"Telegram answers with status {answer.status} instead of the file")
        yield _capped(answer)


def form_of(parameters: Mapping[str, Any], field: str, piece: MediaPiece, content: bytes) -> "aiohttp.FormData":
    """The parameters with the file. Telegram takes a file's name as it stands, unquoted."""
    import aiohttp  # takes long to import

    form = aiohttp.FormData(quote_fields=False)
    for name, value in parameters.items():
        form.add_field(name, value if isinstance(value, str) else msgspec.json.encode(value).decode())
    form.add_field(field, io.BytesIO(content), filename=_name_of(piece), content_type=piece.media_type)
    return form


async def _capped(answer: "aiohttp.ClientResponse") -> AsyncIterator[bytes]:
    read = 0
    async for chunk in answer.content.iter_chunked(_CHUNK):
        read += len(chunk)
        if read > MAX_DOWNLOAD:
            raise _too_large()
        yield chunk


def _path_in(answer: MethodAnswer) -> str:
    match answer.result:
        case {"file_path": str(path)} if answer.ok:
            return path
    outcome = outcome_of(answer)
    words = f"Telegram does not give the file: {outcome.detail or 'no path'}"
    if outcome.kind in ("message_refused", "delivered"):
        raise UnreadableRequestError(words)
    raise NotReachedError(words)


def _too_large() -> UnreadableRequestError:
    return UnreadableRequestError(f"the file is larger than {MAX_DOWNLOAD // 1024 // 1024} MB")


def _name_of(piece: MediaPiece) -> str:
    """Telegram tells the type of a file by its ending."""
    name = "".join(sign for sign in piece.name or "" if sign.isprintable())[-_MAX_NAME:].strip()
    return name or f"{piece.kind}{mimetypes.guess_extension(piece.media_type or '') or ''}"
