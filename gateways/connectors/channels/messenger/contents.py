"""Makes customers' contents of what comes from Messenger and Instagram."""

import msgspec

from gateways.connectors.channels.graph.reading import LeftOutError
from gateways.connectors.channels.graph.texts import note, texts_of
from gateways.connectors.channels.inbound import InboundFile
from gateways.connectors.channels.messenger.messages import Attachment, Message, Payload
from gateways.connectors.channels.pieces import MediaKind
from schemas.content import LocationContent
from schemas.posting import CustomerContent, PostedText

__all__ = ["contents_of"]

_FILES: dict[str, MediaKind] = {
    "image": "image",
    "sticker": "image",
    "audio": "audio",
    "video": "video",
    "file": "file",
}


def contents_of(message: Message) -> list[CustomerContent | InboundFile]:
    """The text, then what is attached. Raises LeftOutError when there is nothing to show."""
    if message.is_unsupported:
        return [note("a message of a kind that Meta does not pass on")]
    attached = [_attached(raw) for raw in message.attachments]
    contents: list[CustomerContent | InboundFile] = [*texts_of(message.text), *attached]
    if not contents:
        raise LeftOutError("it holds nothing that anybody could see")
    return contents


def _attached(raw: msgspec.Raw) -> CustomerContent | InboundFile:
    try:
        attachment = msgspec.json.decode(raw, type=Attachment)
    except (msgspec.MsgspecError, ValueError):
        return note("an attachment that cannot be read")
    payload = attachment.payload or Payload()
    kind, place = _FILES.get(attachment.type), payload.coordinates
    if kind and payload.url:
        return InboundFile(kind=kind, reference={"url": payload.url})
    if place and -90 <= place.lat <= 90 and -180 <= place.long <= 180:
        return LocationContent(place.lat, place.long)
    return _in_words(attachment, payload)


def _in_words(attachment: Attachment, payload: Payload) -> PostedText:
    """What was shared, with its title and its address where it has them."""
    shared = [note(attachment.type[:40]).text, attachment.title or payload.title, attachment.url or payload.url]
    return texts_of(" ".join(filter(None, shared)))[0]
