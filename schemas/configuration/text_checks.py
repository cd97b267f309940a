"""Checks of texts for customers."""

from collections.abc import Collection, Iterable, Iterator

from schemas.customer_texts import placeholders_in
from schemas.field_errors import FieldError

__all__ = ["same_languages", "unknown_names", "unknown_placeholders"]


def same_languages(path: str, languages: Iterable[str]) -> Iterator[FieldError]:
    """Tags of languages are the same in upper and lower case."""
    seen: dict[str, str] = {}
    for language in languages:
        first = seen.setdefault(language.lower(), language)
        if first != language:
            yield FieldError(f"{path}.{language}", f"is the same language as {first}; leave one of them out")


def unknown_placeholders(path: str, text: str, known: Collection[str]) -> Iterator[FieldError]:
    """The placeholders of the text for which there is no value."""
    yield from unknown_names(path, dict.fromkeys(placeholders_in(text)), known)


def unknown_names(path: str, names: Iterable[str], known: Collection[str]) -> Iterator[FieldError]:
    """The names in a text's braces for which there is no value."""
    fix = "use " + ", ".join(f"{{{each}}}" for each in known) if known else "this text has none"
    for name in names:
        if name not in known:
            yield FieldError(path, f"has the unknown placeholder {{{name[:64]}}}; {fix}")
