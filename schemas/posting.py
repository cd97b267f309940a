"""The bodies that each audience may post. Their rules are stricter than those of recorded bodies."""

from typing import Annotated, ClassVar

import msgspec

from schemas.content import (
    MAX_TEXT,
    VISIBLE_PATTERN,
    ButtonsContent,
    CarouselContent,
    ContactContent,
    CustomContent,
    FormAnswersContent,
    FormContent,
    LocationContent,
    Media,
    NotificationContent,
    RatingContent,
    Url,
)
from schemas.identifiers import Id
from schemas.personal import Personal

__all__ = [
    "AgentContent",
    "ApplicationContent",
    "BotContent",
    "CustomerContent",
    "PostedAudio",
    "PostedComment",
    "PostedFile",
    "PostedImage",
    "PostedLine",
    "PostedMedia",
    "PostedText",
    "PostedVideo",
    "PostedWords",
]

PostedWords = Annotated[str, Personal, msgspec.Meta(min_length=1, max_length=MAX_TEXT, pattern=VISIBLE_PATTERN)]
PostedLine = Annotated[str, Personal, msgspec.Meta(min_length=1, max_length=256, pattern=VISIBLE_PATTERN)]
PostedComment = Annotated[str, Personal, msgspec.Meta(min_length=1, max_length=1024, pattern=VISIBLE_PATTERN)]


class PostedText(
    msgspec.Struct, frozen=True, tag="text", tag_field="type", forbid_unknown_fields=True, omit_defaults=True
):
    """A customer who presses a button says its title as ``text``; ``payload`` is the button's, which is for the bot."""

    text: PostedWords
    payload: PostedWords | None = None


class PostedMedia(Media, frozen=True, forbid_unknown_fields=True):
    """Either a ``url`` or the ``attachment_id`` of an upload, whose name, media type and size the server fills in."""

    EXACTLY_ONE: ClassVar = ("url", "attachment_id")

    url: Url | None = None
    attachment_id: (
        Annotated[Id, msgspec.Meta(description="A fresh attachment of the conversation, of this kind.")] | None
    ) = None
    text: PostedWords | None = None

    def __post_init__(self) -> None:
        if (self.url is None) == (self.attachment_id is None):
            raise ValueError("give either url or attachment_id")


class PostedImage(PostedMedia, frozen=True, tag="image", tag_field="type"):
    pass


class PostedAudio(PostedMedia, frozen=True, tag="audio", tag_field="type"):
    pass


class PostedVideo(PostedMedia, frozen=True, tag="video", tag_field="type"):
    pass


class PostedFile(PostedMedia, frozen=True, tag="file", tag_field="type"):
    pass


CustomerContent = (
    PostedText
    | PostedImage
    | PostedAudio
    | PostedVideo
    | PostedFile
    | LocationContent
    | ContactContent
    | FormAnswersContent
)
AgentContent = (
    PostedText
    | PostedImage
    | PostedAudio
    | PostedVideo
    | PostedFile
    | ButtonsContent
    | CarouselContent
    | LocationContent
    | ContactContent
    | FormContent
)
ApplicationContent = AgentContent | NotificationContent | RatingContent | CustomContent
BotContent = AgentContent | FormAnswersContent | NotificationContent | RatingContent | CustomContent
