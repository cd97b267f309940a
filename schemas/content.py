"""The bodies of messages as they are recorded, distinguished by ``type``, and their senders.

The bodies that each audience may post are in ``schemas.posting``.
"""

from typing import Annotated, Any, Literal

import msgspec

from schemas.identifiers import ConfiguredName, Id
from schemas.personal import Personal, PersonalOfCustomers

__all__ = [
    "MAX_ADDRESS",
    "MAX_TEXT",
    "TEXT_PATTERN",
    "URL_PATTERN",
    "VISIBLE_PATTERN",
    "Address",
    "AttachmentContent",
    "AudioContent",
    "Button",
    "ButtonsContent",
    "Card",
    "CarouselContent",
    "ContactContent",
    "Content",
    "CustomContent",
    "FileContent",
    "FormAnswersContent",
    "FormContent",
    "FormField",
    "ImageContent",
    "LocationContent",
    "Media",
    "MessageText",
    "NotificationContent",
    "RatingContent",
    "Sender",
    "SenderType",
    "TextContent",
    "Url",
    "VideoContent",
]

MAX_TEXT = 4096
MAX_ADDRESS = 2048
TEXT_PATTERN = r"^[\s\u001c-\u001f\u0085]*[^\s\u001c-\u001f\u0085\u0000][^\u0000]*$"
"""More than white space, and no NUL. The white space that only some dialects of patterns count is named."""
_INVISIBLE = (
    r"\s\u0001-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""The signs that nobody sees: white space, controls, fillers, joiners, marks of direction and variation, tags."""
VISIBLE_PATTERN = rf"^[{_INVISIBLE}]*[^{_INVISIBLE}\u0000][^\u0000]*$"
"""A sign at least that somebody sees, and no NUL. Recorded texts may be of the older rule, ``TEXT_PATTERN``."""
URL_PATTERN = r"^https?://[^\s\u001c-\u001f\u0085\u0000]+(?!\n)$"

MessageText = Annotated[str, Personal, msgspec.Meta(min_length=1, max_length=MAX_TEXT)]
Address = Annotated[str, Personal, msgspec.Meta(min_length=1, max_length=MAX_ADDRESS)]
Url = Annotated[str, msgspec.Meta(max_length=MAX_ADDRESS, pattern=URL_PATTERN)]
Line = Annotated[str, msgspec.Meta(max_length=256, pattern=TEXT_PATTERN)]
PersonalLine = Annotated[str, Personal, msgspec.Meta(max_length=256, pattern=TEXT_PATTERN)]
Words = Annotated[str, Personal, msgspec.Meta(max_length=MAX_TEXT, pattern=TEXT_PATTERN)]


class TextContent(
    msgspec.Struct, frozen=True, tag="text", tag_field="type", forbid_unknown_fields=True, omit_defaults=True
):
    """A text. A customer who has pressed a button says its title; ``payload`` is the button's, which is for the bot."""

    text: MessageText
    payload: Annotated[str, Personal, msgspec.Meta(min_length=1, max_length=MAX_TEXT)] | None = None


class Media(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something to see, hear or keep: at ``url``, or an attachment of the conversation. ``text`` comes with it."""

    url: Address | None = None
    attachment_id: Id | None = None
    name: Annotated[str, Personal, msgspec.Meta(min_length=1, max_length=255)] | None = None
    media_type: Annotated[str, msgspec.Meta(min_length=1, max_length=128)] | None = None
    size: Annotated[int, msgspec.Meta(ge=0)] | None = None
    text: MessageText | None = None


class ImageContent(Media, frozen=True, tag="image", tag_field="type"):
    pass


class AudioContent(Media, frozen=True, tag="audio", tag_field="type"):
    pass


class VideoContent(Media, frozen=True, tag="video", tag_field="type"):
    pass


class FileContent(Media, frozen=True, tag="file", tag_field="type"):
    pass


class AttachmentContent(msgspec.Struct, frozen=True, tag="attachment", tag_field="type"):
    """An attachment in the words of a bot: an address, of any kind of thing."""

    url: Address


class Button(msgspec.Struct, frozen=True):
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
    payload: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]


class ButtonsContent(msgspec.Struct, frozen=True, tag="buttons", tag_field="type"):
    buttons: Annotated[list[Button], msgspec.Meta(min_length=1, max_length=50)]
    text: Annotated[str, Personal, msgspec.Meta(max_length=MAX_TEXT)] | None = None


class _Body(msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=True, omit_defaults=True):
    pass


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    title: Line
    text: Words | None = None
    image_url: Url | None = None
    buttons: Annotated[list[Button], msgspec.Meta(max_length=10)] = []


class CarouselContent(_Body, frozen=True, tag="carousel"):
    cards: Annotated[list[Card], msgspec.Meta(min_length=1, max_length=10)]
    text: Words | None = None


class LocationContent(_Body, frozen=True, tag="location"):
    """A place in degrees, as WGS 84 counts them."""

    latitude: Annotated[float, Personal, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, Personal, msgspec.Meta(ge=-180, le=180)]
    name: PersonalLine | None = None
    address: PersonalLine | None = None


class ContactContent(_Body, frozen=True, tag="contact"):
    name: PersonalLine
    phone: PersonalLine | None = None
    email: PersonalLine | None = None
    organization: PersonalLine | None = None


class NotificationContent(_Body, frozen=True, tag="notification"):
    """A notice of the system, not a message of a person. ``code`` lets a channel use words of its own."""

    text: Words
    code: ConfiguredName | None = None


class FormField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A field of a form. ``options`` are the possible answers of a choice."""

    name: ConfiguredName
    label: Line
    kind: Literal["text", "email", "phone", "number", "date", "consent", "choice", "choices"] = "text"
    required: bool = False
    options: Annotated[list[Line], msgspec.Meta(max_length=50)] = []


class FormContent(_Body, frozen=True, tag="form"):
    """A form to fill in; the answers come back as ``form_answers``."""

    title: Line
    fields: Annotated[list[FormField], msgspec.Meta(min_length=1, max_length=50)]
    text: Words | None = None


_Answer = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)] | bool | int | float
_Answers = dict[ConfiguredName, _Answer | Annotated[list[Line], msgspec.Meta(max_length=50)]]


class FormAnswersContent(_Body, frozen=True, tag="form_answers"):
    """The answers to a form, by the fields' names. ``form_id`` is the id of the message that asked."""

    form_id: Id
    answers: Annotated[_Answers, Personal, msgspec.Meta(min_length=1, max_length=50)]


class RatingContent(_Body, frozen=True, tag="rating"):
    """Asks the customer for a score from 1 to ``scale``."""

    text: Words
    scale: Annotated[int, msgspec.Meta(ge=2, le=10)] = 5


class CustomContent(msgspec.Struct, frozen=True, tag="custom", tag_field="type"):
    """A body that the bot and the channel understand between themselves."""

    payload: Annotated[Any, Personal]


Content = (
    TextContent
    | ImageContent
    | AudioContent
    | VideoContent
    | FileContent
    | AttachmentContent
    | ButtonsContent
    | CarouselContent
    | LocationContent
    | ContactContent
    | NotificationContent
    | FormContent
    | FormAnswersContent
    | RatingContent
    | CustomContent
)

SenderType = Literal["customer", "bot", "agent", "system", "application"]


class Sender(msgspec.Struct, frozen=True, omit_defaults=True):
    type: SenderType
    id: Annotated[str, PersonalOfCustomers] | None = None
    name: Annotated[str, Personal] | None = None
