"""The bodies of uploads, for every API that takes them."""

from typing import Annotated, Any

import msgspec

from schemas.identifiers import Id
from schemas.personal import Personal

__all__ = ["Upload", "UploadedAttachment"]

File = Annotated[Any, msgspec.Meta(extra_json_schema={"contentMediaType": "application/octet-stream"})]


class Upload(msgspec.Struct, frozen=True):
    """The parts of the form. The part of the file names the file and its media type."""

    file: File
    id: Id | None = None


class UploadedAttachment(msgspec.Struct, frozen=True):
    """``url`` is the address at which the uploader can read the file again, with the same token."""

    attachment_id: str
    name: Annotated[str, Personal]
    media_type: str
    size: int
    url: str
