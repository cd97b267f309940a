"""How the widget looks and what it does on the sites of a web channel."""

from typing import Annotated, Literal

import msgspec

from schemas.configuration.fields import Configured, CustomerText, Language, Seconds
from schemas.identifiers import ChannelName, ConfiguredName

__all__ = ["FormChoice", "FormQuestion", "Invitation", "Widget"]

_Words = Annotated[dict[Language, CustomerText], msgspec.Meta(min_length=1, max_length=50)]
"""The same words by language."""
_TextName = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z][A-Za-z]{0,31}(?!\n)$",
        description="The name of one of the widget's texts: docs/widget.md lists them.",
    ),
]
_Colour = Annotated[
    str, msgspec.Meta(pattern=r"^#[0-9A-Fa-f]{6}(?!\n)$", description="A colour in six hexadecimal digits.")
]
_Path = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^/[^\s?#\u0000]{0,255}(?!\n)$",
        description="The path of a page, in which * stands for any characters, such as /pricing or /shop/*.",
    ),
]


class FormChoice(Configured, frozen=True, kw_only=True):
    """A possible answer: its ``value`` in the conversation, and what visitors read. Each value is there once."""

    value: Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
    label: _Words


class FormQuestion(Configured, frozen=True, kw_only=True):
    """A question before the chat. The answers to ``name``, ``email`` and ``phone`` are the customer's, that to
    ``queue`` is the queue, which the channel lists; all others are attributes of the conversation. A choice has
    ``options``, and nothing else has. Each name is asked for once."""

    name: ConfiguredName
    label: _Words
    kind: Literal["text", "email", "phone", "number", "date", "consent", "choice", "choices"] = "text"
    required: bool = False
    options: Annotated[list[FormChoice], msgspec.Meta(max_length=50)] = []


class Invitation(Configured, frozen=True, kw_only=True):
    """Words beside the launcher, at most once a visit. They come ``after_seconds`` on a page of one of ``paths``, or
    with ``exit_intent`` as soon as the pointer leaves the page. ``visitors`` are all of them, or those who have or have
    not used the chat before."""

    text: _Words
    after_seconds: Seconds = 30.0
    paths: Annotated[list[_Path], msgspec.Meta(max_length=50)] = []
    visitors: Literal["all", "new", "returning"] = "all"
    exit_intent: bool = False


class Widget(Configured, frozen=True, kw_only=True):
    """``mode``: ``live`` chats, ``callback`` takes numbers, ``both`` offers both, and ``auto`` offers the callback
    first while the queue is closed or the estimated wait is over ``max_wait_seconds``. Callbacks go to
    ``callback_channel``, or to the first channel of kind callback.

    ``accent`` is the colour of the launcher and of what the visitor says. With ``launcher`` ``open`` there is one only
    while the queue is open. With ``storage`` ``none`` the browser keeps nothing, as for a screen that many people use.
    Visitors may send files and, with ``location``, where they are.

    ``texts`` words what the widget says otherwise: by the text's name, then by language. ``form`` is asked before the
    first message."""

    mode: Literal["live", "callback", "both", "auto"] = "auto"
    callback_channel: ChannelName | None = None
    max_wait_seconds: Seconds | None = None
    accent: _Colour | None = None
    theme: Literal["system", "light", "dark", "page"] = "system"
    launcher: Literal["always", "open"] = "always"
    storage: Literal["site", "none"] = "site"
    attachments: bool = True
    location: bool = False
    sound: bool = True
    texts: Annotated[dict[_TextName, _Words], msgspec.Meta(max_length=200)] = {}
    form: Annotated[list[FormQuestion], msgspec.Meta(max_length=20)] = []
    invitation: Invitation | None = None
