"""A message of any kind as plain text: for transcripts, previews, and bots that only read."""

from collections.abc import Iterable

from schemas.content import (
    AttachmentContent,
    AudioContent,
    Button,
    ButtonsContent,
    CarouselContent,
    ContactContent,
    Content,
    CustomContent,
    FileContent,
    FormAnswersContent,
    FormContent,
    ImageContent,
    LocationContent,
    Media,
    NotificationContent,
    RatingContent,
    TextContent,
    VideoContent,
)

__all__ = ["in_words"]


def in_words(content: Content) -> str:
    """Never empty; what is no text begins with its kind in brackets."""
    match content:
        case TextContent() | NotificationContent():
            return content.text
        case ImageContent() | AudioContent() | VideoContent() | FileContent():
            return _media(content)
        case AttachmentContent():
            return f"[attachment] {content.url}"
        case ButtonsContent():
            return _spaced([content.text, _titles(content.buttons)])
        case CarouselContent():
            cards = [_spaced([card.title, card.text, _titles(card.buttons)]) for card in content.cards]
            return "\n".join(["[carousel]" if content.text is None else f"[carousel] {content.text}", *cards])
        case LocationContent():
            place = f"{content.latitude:.6f}, {content.longitude:.6f}"
            return f"[location] {_listed([content.name, content.address, place])}"
        case ContactContent():
            return f"[contact] {_listed([content.name, content.organization, content.phone, content.email])}"
        case FormContent():
            labels = "; ".join(field.label for field in content.fields)
            return _spaced([f"[form] {content.title}: {labels}", content.text])
        case FormAnswersContent():
            return "\n".join(
                ["[form answers]", *(f"{name}: {_answer(value)}" for name, value in content.answers.items())]
            )
        case RatingContent():
            return f"[rating] {content.text} (1 to {content.scale})"
        case CustomContent():
            return "[custom]"


def _media(content: Media) -> str:
    kind = type(content).__name__.removesuffix("Content").lower()
    return _spaced([f"[{kind}]", content.name or content.url or content.attachment_id, content.text])


def _titles(buttons: Iterable[Button]) -> str | None:
    titles = " | ".join(button.title for button in buttons)
    return f"[{titles}]" if titles else None


def _answer(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _spaced(parts: Iterable[str | None]) -> str:
    return " ".join(part for part in parts if part)


def _listed(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)
