"""What a provider brings is posted within the rules for what customers may post, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from gateways.connectors.channels.acceptable import acceptable
from schemas.content import MAX_TEXT, LocationContent
from schemas.posting import PostedText


def texts(content: PostedText) -> list[str]:
    return [each.text for each in acceptable(content) if isinstance(each, PostedText)]


def test_a_text_stays_as_it_is() -> None:
    assert acceptable(PostedText("Hello", "greet")) == [PostedText("Hello", "greet")]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Cf", "Mn"]), min_size=1, max_size=3 * MAX_TEXT))
def test_a_long_text_becomes_several(text: str) -> None:
    parts = texts(PostedText(text))
    assert all(len(part) <= MAX_TEXT for part in parts)
    assert "".join(parts) == text or parts == ["[a message without a visible sign]"]


def test_a_text_of_nothing_says_so() -> None:
    for nothing in ("", " \n", "\0", "\u200b"):
        assert texts(PostedText(nothing)) == ["[a message without a visible sign]"]


def test_a_payload_that_nobody_could_have_offered_is_left_out() -> None:
    assert acceptable(PostedText("Yes", " ")) == [PostedText("Yes")]
    assert acceptable(PostedText("Yes", "x" * (MAX_TEXT + 1))) == [PostedText("Yes")]


def test_what_breaks_a_rule_becomes_a_text() -> None:
    place = LocationContent(latitude=91.0, longitude=0.0)
    (text,) = acceptable(place)
    assert isinstance(text, PostedText)
    assert text.text.startswith("[what cannot be shown here: ")
    fine = LocationContent(latitude=48.2, longitude=16.4)
    assert acceptable(fine) == [fine]
