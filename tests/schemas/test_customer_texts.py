"""The catalogue of texts for customers, and what a channel may change in it."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.configuration import read_tables
from schemas.configuration.checks import faults
from schemas.customer_texts import (
    CUSTOMER_TEXTS,
    DEFAULT_LANGUAGE,
    PLACEHOLDERS,
    WEEKDAYS,
    CustomerTextName,
    fallbacks,
    fill_placeholders,
    placeholders_in,
)
from schemas.exceptions import InvalidTablesError


def found(texts: dict[str, dict[str, str]]) -> list[str]:
    """The faults of a channel with these texts."""
    channel: dict[str, Any] = {"queue": "support", "texts": texts}
    tables = read_tables({"mrds": {"chat": {}}, "queues": {"support": {"mrd": "chat"}}, "channels": {"web": channel}})
    return [f"{fault.path}: {fault.message}" for fault in faults(tables)]


@pytest.mark.parametrize("language", CUSTOMER_TEXTS)
def test_every_language_has_every_text_and_the_names_of_weekdays(language: str) -> None:
    assert set(CUSTOMER_TEXTS[language]) == set(get_args(CustomerTextName)) == set(PLACEHOLDERS)
    assert language in WEEKDAYS
    assert found({name: {language: text} for name, text in CUSTOMER_TEXTS[language].items()}) == []


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_the_texts_of_all_languages_have_known_placeholders_alone(name: CustomerTextName) -> None:
    for texts in CUSTOMER_TEXTS.values():
        assert set(placeholders_in(texts[name])) == set(PLACEHOLDERS[name])


def test_the_default_language_is_in_the_catalogue() -> None:
    assert DEFAULT_LANGUAGE in CUSTOMER_TEXTS


def test_an_unknown_text_is_refused_with_the_names_of_all() -> None:
    with pytest.raises(InvalidTablesError) as raised:
        found({"out_of_hour": {"en": "Closed"}})
    assert "channels.web.texts" in str(raised.value)
    assert "out_of_hour'; write one of out_of_hours, " in str(raised.value)


def test_a_language_that_is_no_tag_is_refused() -> None:
    with pytest.raises(InvalidTablesError, match=r"channels\.web\.texts"):
        found({"out_of_hours": {"e n": "Closed"}})


@pytest.mark.parametrize("placeholder", ["hour", "", "time!r", "time.__class__", "0", " time"])
def test_an_unknown_placeholder_is_refused_with_those_that_are_known(placeholder: str) -> None:
    known = "{weekday}, {day}, {month}, {year}, {time}, {zone}"
    assert found({"out_of_hours": {"en": f"Back at {{{placeholder}}}"}}) == [
        f"channels.web.texts.out_of_hours.en: has the unknown placeholder {{{placeholder}}}; use {known}"
    ]


def test_a_text_without_placeholders_refuses_every_one() -> None:
    fault = "channels.web.texts.agent_left.en: has the unknown placeholder {agent}; this text has none"
    assert found({"agent_left": {"en": "{agent} left"}}) == [fault]


def test_the_weekday_is_refused_in_a_language_without_names_of_weekdays() -> None:
    assert found({"out_of_hours": {"sk": "Od {day}.{month}.", "fr-CA": "{weekday}"}}) == []
    fault = "has {weekday}, whose names are known in en, de, es, fr, it, nl, pt alone; leave it out"
    assert found({"out_of_hours": {"sk-SK": "{weekday}"}}) == [f"channels.web.texts.out_of_hours.sk-SK: {fault}"]


def test_a_language_of_a_channel_that_is_written_twice_is_refused() -> None:
    assert found({"agent_left": {"de-AT": "Weg", "de-at": "Fort"}}) == [
        "channels.web.texts.agent_left.de-at: is the same language as de-AT; leave one of them out"
    ]


def test_a_language_falls_back_by_its_prefixes() -> None:
    assert fallbacks("de-CH-1996") == ["de-ch-1996", "de-ch", "de"]
    assert fallbacks(None) == []


@given(st.text(), st.text())
def test_a_value_is_never_taken_for_a_placeholder(queue: str, agent: str) -> None:
    filled = fill_placeholders("{queue}|{agent}|{other}", {"queue": queue, "agent": agent})
    assert filled == f"{queue}|{agent}|{{other}}"


def test_every_text_is_documented_with_its_placeholders() -> None:
    page = (Path(__file__).parents[2] / "docs" / "channels.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in page.splitlines() if line.startswith("| `")]
    documented = {name: set(re.findall(r"`(\w+)`", row[1])) for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    assert {name: documented.get(name) for name in PLACEHOLDERS} == {
        name: set(known) for name, known in PLACEHOLDERS.items()
    }
