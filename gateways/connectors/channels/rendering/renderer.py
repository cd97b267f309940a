"""From a message's content to the pieces that a channel carries."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from gateways.connectors.channels.capabilities import Capabilities
from gateways.connectors.channels.pieces import (
    ButtonsPiece,
    Choice,
    ContactPiece,
    CustomPiece,
    LocationPiece,
    MediaKind,
    MediaPiece,
    Piece,
    TextPiece,
)
from gateways.connectors.channels.rendering.choices import buttons_of, choice_token, title_of
from gateways.connectors.channels.rendering.cutting import cut, is_visible, length_of, pack, shorten
from gateways.connectors.channels.rendering.lines import lines_of
from schemas.content import (
    URL_PATTERN,
    AudioContent,
    Button,
    ButtonsContent,
    CarouselContent,
    ContactContent,
    Content,
    CustomContent,
    FileContent,
    ImageContent,
    LocationContent,
    Media,
    RatingContent,
    VideoContent,
)

__all__ = ["LinkOf", "render"]

LinkOf = Callable[[Media], str | None]
"""An address at which the customer can open a file, if there is one."""
_WEB = re.compile(URL_PATTERN)
_KINDS: dict[type[Media], MediaKind] = {
    ImageContent: "image",
    AudioContent: "audio",
    VideoContent: "video",
    FileContent: "file",
}


def render(content: Content, capabilities: Capabilities, message_id: str, link_of: LinkOf) -> list[Piece]:
    """The message in as few pieces as the channel allows, in the order in which the customer shall see them. What the
    channel does not carry is put into words. The list is empty when there is nothing that a customer could see: a text
    of invisible signs, or a custom content where the channel has none. No text is blank, and none holds a NUL."""
    return list(_Renderer(capabilities, message_id, link_of).pieces_of(content))


class _Renderer:
    def __init__(self, capabilities: Capabilities, message_id: str, link_of: LinkOf) -> None:
        self._channel = capabilities
        self._unit = capabilities.text_unit
        self._message_id = message_id
        self._link_of = link_of

    def pieces_of(self, content: Content) -> Iterator[Piece]:
        match content:
            case Media():
                yield from self._media(content)
            case ButtonsContent():
                yield from self._choices(content.text, content.buttons, 0)
            case RatingContent():
                yield from self._rating(content)
            case CarouselContent():
                yield from self._carousel(content)
            case CustomContent():
                if self._channel.custom and isinstance(content.payload, dict):
                    yield CustomPiece(content.payload)
            case LocationContent() if self._channel.locations:
                yield _location(content)
            case ContactContent() if self._channel.contacts:
                yield _contact(content)
            case _:
                yield from self._texts(lines_of(content))

    def _texts(self, lines: Iterable[str | None]) -> Iterator[TextPiece]:
        """The lines in texts within the channel's limit."""
        clean = [cleaned for line in lines if (cleaned := _clean(line))]
        for text in pack(clean, self._channel.text_limit, self._unit):
            if is_visible(text):
                yield TextPiece(text)

    def _media(self, content: Media) -> Iterator[Piece]:
        """The file with its caption, the file and then its text, or the text and where the file is."""
        kind = _KINDS[type(content)]
        if not self._carries(content, kind):
            link = self._link_of(content) or f"[{content.name or kind}]"
            yield from self._texts([content.text, link])
            return
        caption = self._caption(content.text, kind)
        yield MediaPiece(
            kind, content.url, content.attachment_id, _clean(content.name), _clean(content.media_type), caption
        )
        if caption is None:
            yield from self._texts([content.text])

    def _carries(self, content: Media, kind: MediaKind) -> bool:
        """A file whose size is not known is tried."""
        most = self._channel.media.get(kind)
        if most is None or (content.size is not None and content.size > most):
            return False
        return content.attachment_id is not None if content.url is None else _WEB.match(content.url) is not None

    def _caption(self, text: str | None, kind: MediaKind) -> str | None:
        clean = _clean(text)
        if clean is None or kind not in self._channel.captioned:
            return None
        fits = length_of(clean, self._unit) <= self._channel.caption_limit
        return clean if fits and is_visible(clean) else None

    def _rating(self, content: RatingContent) -> Iterator[Piece]:
        scores = buttons_of(content)
        if self._short_titles(scores, 0) is None:
            yield from self._texts([content.text, f"1-{content.scale}"])
        else:
            yield from self._choices(content.text, scores, 0)

    def _carousel(self, content: CarouselContent) -> Iterator[Piece]:
        """Card by card. The buttons are numbered through all cards, as their tokens are."""
        yield from self._texts([content.text])
        first = 0
        for card in content.cards:
            words = "\n".join(filter(None, (card.title, card.text)))
            if card.image_url is not None:
                yield from self._media(ImageContent(card.image_url, text=None if card.buttons else words))
            elif not card.buttons:
                yield from self._texts([words])
            if card.buttons:
                yield from self._choices(words, card.buttons, first)
            first += len(card.buttons)

    def _choices(self, text: str | None, buttons: Sequence[Button], first: int) -> Iterator[Piece]:
        """The text with its buttons, of which the first has the number ``first`` in its message, or with a numbered
        line for each of them."""
        titles = self._short_titles(buttons, first)
        if titles is None:
            lines = [f"{index + 1}. {title_of(button, index)}" for index, button in enumerate(buttons, first)]
            yield from self._texts([text, *lines])
            return
        before, beside = self._beside_buttons(_clean(text) or "", titles)
        yield from self._texts([before])
        choices = [Choice(title, choice_token(self._message_id, first + place)) for place, title in enumerate(titles)]
        yield ButtonsPiece(beside, choices)

    def _short_titles(self, buttons: Sequence[Button], first: int) -> list[str] | None:
        """The titles within the channel's limit; None when the channel does not take these buttons, or when their
        shortened titles would not be told apart."""
        limit = self._channel.button_title_limit
        if len(buttons) > self._channel.buttons or limit < 1:
            return None
        titles = [shorten(title_of(button, index), limit, self._unit) for index, button in enumerate(buttons, first)]
        return titles if len(set(titles)) == len(titles) else None

    def _beside_buttons(self, text: str, titles: Sequence[str]) -> tuple[str, str]:
        """What of the text goes before, and what stands beside the buttons: never nothing, which channels refuse."""
        limit = min(self._channel.buttons_text_limit or self._channel.text_limit, self._channel.text_limit)
        if not is_visible(text):
            return "", cut(" · ".join(titles), limit, self._unit)[0]
        pieces = cut(text, limit, self._unit)
        while not is_visible(pieces[-1]):
            pieces.pop()
        return "".join(pieces[:-1]), pieces[-1]


def _location(content: LocationContent) -> LocationPiece:
    return LocationPiece(content.latitude, content.longitude, _clean(content.name), _clean(content.address))


def _contact(content: ContactContent) -> ContactPiece:
    return ContactPiece(
        _clean(content.name) or "", _clean(content.phone), _clean(content.email), _clean(content.organization)
    )


def _clean(text: str | None) -> str | None:
    return text.replace("\0", "") or None if text is not None else None
