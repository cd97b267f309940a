"""Checks that the widget of a channel fits the channel and the other items."""

from collections.abc import Iterator, Mapping

from schemas.configuration.items import Channel
from schemas.configuration.tables import Tables
from schemas.configuration.text_checks import same_languages, unknown_placeholders
from schemas.configuration.widget import FormQuestion, Widget
from schemas.field_errors import FieldError
from schemas.widget_texts import WIDGET_TEXTS

__all__ = ["widget_faults"]


def widget_faults(tables: Tables, path: str, channel: Channel, widget: Widget) -> Iterator[FieldError]:
    """``path`` is the widget's, such as ``channels.web.widget``."""
    if channel.kind != "web":
        yield FieldError(path, f"is for channels of kind web, and this one is of kind {channel.kind}; leave it out")
    yield from _callbacks(tables, path, widget)
    for name, words in widget.texts.items():
        yield from _text(f"{path}.texts.{name}", name, words)
    if widget.invitation is not None:
        yield from same_languages(f"{path}.invitation.text", widget.invitation.text)
    yield from _form(f"{path}.form", channel, widget.form)


def _callbacks(tables: Tables, path: str, widget: Widget) -> Iterator[FieldError]:
    name = widget.callback_channel
    if name is None:
        if widget.mode == "callback" and all(channel.kind != "callback" for channel in tables.channels.values()):
            yield FieldError(f"{path}.mode", "needs a channel for callbacks; add one of kind callback")
    elif name not in tables.channels:
        yield FieldError(
            f"{path}.callback_channel", f"names {name!r}, which is not in [channels]; add [channels.{name}]"
        )
    elif tables.channels[name].kind != "callback":
        kind = tables.channels[name].kind
        yield FieldError(f"{path}.callback_channel", f"names {name!r} of kind {kind}; name a channel of kind callback")


def _text(path: str, name: str, words: Mapping[str, str]) -> Iterator[FieldError]:
    known = WIDGET_TEXTS.get(name)
    if known is None:
        yield FieldError(path, f"the widget has no text {name!r}; it has {', '.join(WIDGET_TEXTS)}")
        return
    yield from same_languages(path, words)
    for language, text in words.items():
        yield from unknown_placeholders(f"{path}.{language}", text, known)


def _form(path: str, channel: Channel, form: list[FormQuestion]) -> Iterator[FieldError]:
    names: set[str] = set()
    for number, question in enumerate(form):
        here = f"{path}[{number}]"
        if question.name in names:
            yield FieldError(f"{here}.name", f"{question.name!r} is asked for already; ask once")
        names.add(question.name)
        yield from same_languages(f"{here}.label", question.label)
        yield from _options(here, question)
        if question.name == "queue":
            yield from _queue(here, channel, question)


def _options(path: str, question: FormQuestion) -> Iterator[FieldError]:
    if question.kind in ("choice", "choices"):
        if not question.options:
            yield FieldError(f"{path}.options", "is empty; give a choice something to choose from")
    elif question.options:
        yield FieldError(f"{path}.options", f"is for choices, and this question is of kind {question.kind}")
    values: set[str] = set()
    for number, option in enumerate(question.options):
        if option.value in values:
            yield FieldError(f"{path}.options[{number}].value", f"{option.value[:64]!r} is there already")
        values.add(option.value)
        yield from same_languages(f"{path}.options[{number}].label", option.label)


def _queue(path: str, channel: Channel, question: FormQuestion) -> Iterator[FieldError]:
    if question.kind != "choice":
        yield FieldError(f"{path}.kind", "must be choice for the question about the queue")
    for number, option in enumerate(question.options):
        if option.value not in (channel.queue, *channel.queues):
            fix = "add it to the channel's queues"
            yield FieldError(f"{path}.options[{number}].value", f"{option.value[:64]!r} is not the channel's; {fix}")
