"""The bodies of messages, told apart by ``type``, and who sent them."""

from typing import Annotated, Any, Literal

import msgspec

from schemas.personal import Personal

__all__ = [
    "MAX_ADDRESS",
    "MAX_TEXT",
    "AttachmentContent",
    "Button",
    "ButtonsContent",
    "Content",
    "CustomContent",
    "ImageContent",
    "MessageText",
    "Sender",
    "SenderType",
    "TextContent",
]

MAX_TEXT = 4096
MAX_ADDRESS = 2048

MessageText = Annotated[str, Personal, msgspec.Meta(min_length=1, max_length=MAX_TEXT)]
Address = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_ADDRESS)]


class TextContent(msgspec.Struct, frozen=True, tag="text", tag_field="type", forbid_unknown_fields=True):
    text: MessageText


class ImageContent(msgspec.Struct, frozen=True, tag="image", tag_field="type"):
    url: Address


class AttachmentContent(msgspec.Struct, frozen=True, tag="attachment", tag_field="type"):
    url: Address


class Button(msgspec.Struct, frozen=True):
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
    payload: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]


class ButtonsContent(msgspec.Struct, frozen=True, tag="buttons", tag_field="type"):
    buttons: Annotated[list[Button], msgspec.Meta(min_length=1, max_length=50)]
    text: Annotated[str, Personal, msgspec.Meta(max_length=MAX_TEXT)] | None = None


class CustomContent(msgspec.Struct, frozen=True, tag="custom", tag_field="type"):
    """A body that the bot and the channel understand between themselves."""

    payload: Any


Content = TextContent | ImageContent | AttachmentContent | ButtonsContent | CustomContent

SenderType = Literal["customer", "bot", "agent", "system", "application"]


class Sender(msgspec.Struct, frozen=True, omit_defaults=True):
    type: SenderType
    id: str | None = None
    name: Annotated[str, Personal] | None = None
