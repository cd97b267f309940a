"""Customers' texts come whole, within the limits of what customers post."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.connectors.channels.graph.texts import line_of, note, text_of, texts_of
from schemas.content import MAX_TEXT
from schemas.posting import PostedLine, PostedText


@given(st.text(max_size=60), st.integers(1, 300))
def test_texts_are_valid_and_lose_nothing_that_anybody_could_see(text: str, times: int) -> None:
    given_text = text * times
    messages = texts_of(given_text)
    assert [msgspec.convert(msgspec.to_builtins(message), PostedText) for message in messages] == messages
    seen = "".join(message.text for message in messages)
    assert [sign for sign in given_text if sign.isalnum()] == [sign for sign in seen if sign.isalnum()]


@pytest.mark.parametrize("text", [None, "", "\0", " \n", "\u200d\ufe0f"])
def test_what_nobody_sees_is_no_text(text: str | None) -> None:
    assert texts_of(text) == []
    assert text_of(text) is None
    assert line_of(text) is None


def test_a_long_text_is_cut_at_lines_or_words() -> None:
    lines = "x" * 3000 + "\n" + "y" * 3000
    assert [message.text for message in texts_of(lines)] == ["x" * 3000 + "\n", "y" * 3000]
    words = "x" * 3000 + " " + "y" * 3000
    assert [len(message.text) for message in texts_of(words)] == [3001, 3000]
    assert [len(message.text) for message in texts_of("x" * 5000)] == [MAX_TEXT, 5000 - MAX_TEXT]


@given(st.text(max_size=600))
def test_lines_and_notes_are_valid(text: str) -> None:
    line = line_of(text)
    assert line is None or msgspec.convert(line, PostedLine) == line
    assert len(note(text).text) <= 256
