"""The widget of a channel, read from plain values and checked against the other items."""

from typing import Any

import pytest

from schemas.configuration import Tables, read_tables
from schemas.configuration.checks import faults
from schemas.exceptions import InvalidTablesError


def tables(widget: Any, kind: str = "web") -> Tables:
    channel = {"queue": "support", "queues": ["sales"], "kind": kind, "widget": widget}
    return read_tables(
        {
            "mrds": {"chat": {}},
            "queues": {name: {"mrd": "chat"} for name in ("support", "sales", "callback")},
            "channels": {"web": channel, "callback": {"queue": "callback", "kind": "callback"}},
        }
    )


def question(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "label": {"en": "?"}, **more}


def choice(name: str, *values: str) -> dict[str, Any]:
    return question(name, kind="choice", options=[{"value": value, "label": {"en": value}} for value in values])


def test_a_widget_that_fits_has_no_fault() -> None:
    widget = {
        "mode": "auto",
        "callback_channel": "callback",
        "texts": {"waiting": {"en": "Place {place}", "de": "Platz"}},
        "form": [question("email", kind="email"), choice("queue", "support", "sales"), choice("subject", "a", "b")],
        "invitation": {"text": {"en": "May we help?"}, "paths": ["/", "/shop/*"]},
    }
    assert faults(tables(widget)) == []


@pytest.mark.parametrize(
    ("widget", "path", "message"),
    [
        ({"callback_channel": "phone"}, "callback_channel", "not in [channels]"),
        ({"callback_channel": "web"}, "callback_channel", "of kind web; name a channel of kind callback"),
        (
            {"texts": {"tittle": {"en": "x"}}},
            "texts.tittle",
            "the widget has no text 'tittle'; it has launcher, title, ",
        ),
        ({"texts": {"title": {"en": "{name}"}}}, "texts.title.en", "unknown placeholder {name}; this text has none"),
        ({"texts": {"wait": {"en": "{hours}"}}}, "texts.wait.en", "unknown placeholder {hours}; use {minutes}"),
        ({"texts": {"title": {"en": "x", "EN": "y"}}}, "texts.title.EN", "is the same language as en"),
        ({"form": [question("a"), question("a")]}, "form[1].name", "'a' is asked for already"),
        ({"form": [question("a", kind="choice")]}, "form[0].options", "is empty"),
        ({"form": [{**choice("a", "x"), "kind": "text"}]}, "form[0].options", "is for choices"),
        ({"form": [choice("a", "x", "x")]}, "form[0].options[1].value", "'x' is there already"),
        ({"form": [question("queue")]}, "form[0].kind", "must be choice"),
        ({"form": [choice("queue", "callback")]}, "form[0].options[0].value", "is not the channel's"),
        ({"invitation": {"text": {"de": "x", "DE": "y"}}}, "invitation.text.DE", "is the same language as de"),
    ],
)
def test_a_widget_that_does_not_fit_is_named(widget: Any, path: str, message: str) -> None:
    (fault,) = faults(tables(widget))
    assert fault.path == f"channels.web.widget.{path}"
    assert message in fault.message


def test_only_web_channels_have_a_widget() -> None:
    (fault,) = faults(tables({}, kind="connector"))
    assert fault.path == "channels.web.widget"


def test_a_widget_for_callbacks_alone_needs_a_channel_for_them() -> None:
    found = tables({"mode": "callback"})
    del found.channels["callback"]
    assert [fault.path for fault in faults(found)] == ["channels.web.widget.mode"]


@pytest.mark.parametrize(
    ("widget", "path"),
    [
        ({"mode": "always"}, "mode"),
        ({"accent": "blue"}, "accent"),
        ({"accent": "#0b5cad\n"}, "accent"),
        ({"texts": {"title": {}}}, "texts.title"),
        ({"texts": {"title": {"en": "\u200b"}}}, "texts.title.en"),
        ({"form": [{"name": "a", "label": {}}]}, "form[0].label"),
        ({"invitation": {"text": {"en": "x"}, "paths": ["shop"]}}, "invitation.paths[0]"),
        ({"invitation": {"text": {"en": "x"}, "after_seconds": 0}}, "invitation.after_seconds"),
        ({"colour": "#0b5cad"}, ""),
    ],
)
def test_a_wrong_value_is_refused(widget: Any, path: str) -> None:
    with pytest.raises(InvalidTablesError) as raised:
        tables(widget)
    assert f"channels.web.widget{path and '.'}{path}" in str(raised.value)
