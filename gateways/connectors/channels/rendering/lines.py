"""Contents as lines of text, for channels that carry them no other way."""

from collections.abc import Iterator

from schemas.content import (
    AttachmentContent,
    ContactContent,
    FormAnswersContent,
    FormContent,
    FormField,
    LocationContent,
    NotificationContent,
    TextContent,
)

__all__ = ["Worded", "lines_of"]

Worded = (
    TextContent
    | NotificationContent
    | AttachmentContent
    | LocationContent
    | ContactContent
    | FormContent
    | FormAnswersContent
)


def lines_of(content: Worded) -> list[str]:
    """Lines, some of which may have breaks of their own, with signs instead of words where no language is known."""
    match content:
        case TextContent() | NotificationContent():
            return [content.text]
        case AttachmentContent():
            return [content.url]
        case LocationContent():
            return _given(content.name, content.address, _map_of(content))
        case ContactContent():
            return _given(content.name, content.organization, content.phone, content.email)
        case FormContent():
            return [*_given(content.title, content.text), *map(_field, content.fields)]
        case FormAnswersContent():
            return list(_answers(content))


def _given(*lines: str | None) -> list[str]:
    return [line for line in lines if line]


def _map_of(place: LocationContent) -> str:
    latitude, longitude = f"{place.latitude:.6f}", f"{place.longitude:.6f}"
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"


def _field(field: FormField) -> str:
    return f"• {field.label}: {' / '.join(field.options)}" if field.options else f"• {field.label}"


def _answers(content: FormAnswersContent) -> Iterator[str]:
    for name, answer in content.answers.items():
        if isinstance(answer, bool):
            yield f"{name}: {'✓' if answer else '✗'}"
        else:
            yield f"{name}: {', '.join(answer) if isinstance(answer, list) else answer}"
