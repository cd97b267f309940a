"""Fetches customers' files from Meta's servers, and from no others."""

import base64
import hashlib
import mimetypes
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from gateways.connectors.channels.calling import fetching
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import NotReachedError, UnreadableRequestError
from gateways.connectors.channels.graph.calling import SUCCESS
from gateways.connectors.channels.pieces import MediaPiece

__all__ = ["MEDIA_HOSTS", "fetched", "is_metas", "media_type_of"]

MEDIA_HOSTS = ("fbsbx.com", "fbcdn.net", "cdninstagram.com")
"""Files come from these hosts and those below them, and from where the calls go."""

_CHUNK = 64 * 1024
_PASSES = (408, 425, 429)
"""The refusals of a fetch after which it may succeed."""


def is_metas(url: str, base_url: str) -> bool:
    """Whether the file is at a server of Meta's, or where the calls of the channel go."""
    try:
        parts, base = urlsplit(url), urlsplit(base_url)
        origin, base_origin = (parts.scheme, parts.hostname, parts.port), (base.scheme, base.hostname, base.port)
    except ValueError:
        return False
    if origin == base_origin:
        return True
    host = parts.hostname or ""
    below = any(host == named or host.endswith(f".{named}") for named in MEDIA_HOSTS)
    return parts.scheme == "https" and parts.port in (None, 443) and below


@asynccontextmanager
async def fetched(
    line: Line[Any], url: str, *, headers: Mapping[str, str] | None = None, sha256: str | None = None
) -> AsyncIterator[AsyncIterator[bytes]]:
    """The bytes of a file. Raises UnreadableRequestError for one that is not at Meta's servers or is gone, and
    NotReachedError to be tried again, also after the last byte, when the digest is another than ``sha256``."""
    if not is_metas(url, line.settings.base_url):
        raise UnreadableRequestError("the file is not at a server of Meta's")
    async with fetching(line.http, url, headers={"User-Agent": "hybrid-chat", **(headers or {})}) as answer:
        if answer.status not in SUCCESS:
            gone = 400 <= answer.status < 500 and answer.status not in _PASSES
            raise (UnreadableRequestError if gone else NotReachedError)(f"no file, but status {answer.status}")
        yield _checked(answer.content.iter_chunked(_CHUNK), sha256)


async def _checked(chunks: AsyncIterator[bytes], sha256: str | None) -> AsyncIterator[bytes]:
    digest = hashlib.sha256()
    async for chunk in chunks:
        digest.update(chunk)
        yield chunk
    if sha256 and sha256 not in (digest.hexdigest(), base64.b64encode(digest.digest()).decode()):
        raise NotReachedError("the file is not the one that the customer sent: its digest is another")


def media_type_of(piece: MediaPiece) -> str:
    """The media type of a file that goes out, guessed by its name when it is not known."""
    return piece.media_type or mimetypes.guess_type(piece.name or "")[0] or "application/octet-stream"
