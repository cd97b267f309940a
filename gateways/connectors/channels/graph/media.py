"""Fetches customers' files from Meta's servers, and from no others."""

import base64
import hashlib
import io
import mimetypes
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp

from gateways.connectors.channels.calling import fetching
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import NotReachedError, UnreadableRequestError
from gateways.connectors.channels.graph.calling import SUCCESS
from gateways.connectors.channels.pieces import MediaPiece

__all__ = ["MEDIA_HOSTS", "add_file", "fetched", "is_metas", "media_type_of"]

MEDIA_HOSTS = ("fbsbx.com", "fbcdn.net", "cdninstagram.com")
"""Files come from these hosts and those below them, and from where the calls go."""

_NOT_IN_NAMES = re.compile(r'["\\\x00-\x1f\x7f]')
_CHUNK = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_MAX_REDIRECTS = 3
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
    async with AsyncExitStack() as opened:
        answer = await _opened(line, url, {"User-Agent": "hybrid-chat", **(headers or {})}, opened)
        if answer.status not in SUCCESS:
            gone = 400 <= answer.status < 500 and answer.status not in _PASSES
            raise (UnreadableRequestError if gone else NotReachedError)(f"no file, but status {answer.status}")
        yield _checked(answer.content.iter_chunked(_CHUNK), sha256)


async def _opened(
    line: Line[Any], url: str, headers: Mapping[str, str], opened: AsyncExitStack
) -> aiohttp.ClientResponse:
    """The answer at the address or where that leads. A token stays with the host that it was meant for."""
    for _ in range(_MAX_REDIRECTS + 1):
        if not is_metas(url, line.settings.base_url):
            raise UnreadableRequestError("the file is not at a server of Meta's")
        answer = await opened.enter_async_context(fetching(line.http, url, headers=headers))
        if answer.status not in _REDIRECTS or "Location" not in answer.headers:
            return answer
        onward = urljoin(url, answer.headers["Location"])
        if urlsplit(onward).netloc != urlsplit(url).netloc:
            headers = {name: value for name, value in headers.items() if name != "Authorization"}
        url = onward
    raise UnreadableRequestError("the file's address leads from one to the next")


async def _checked(chunks: AsyncIterator[bytes], sha256: str | None) -> AsyncIterator[bytes]:
    digest = hashlib.sha256()
    async for chunk in chunks:
        digest.update(chunk)
        yield chunk
    if sha256 and sha256 not in (digest.hexdigest(), base64.b64encode(digest.digest()).decode()):
        raise NotReachedError("the file is not the one that the customer sent: its digest is another")


def add_file(form: aiohttp.FormData, field: str, piece: MediaPiece, content: bytes) -> None:
    """Adds the bytes of an attachment to an upload."""
    name = _NOT_IN_NAMES.sub("_", piece.name or "file")
    form.add_field(field, io.BytesIO(content), filename=name, content_type=media_type_of(piece))


def media_type_of(piece: MediaPiece) -> str:
    """The media type of a file that goes out, guessed by its name when it is not known."""
    return piece.media_type or mimetypes.guess_type(piece.name or "")[0] or "application/octet-stream"
