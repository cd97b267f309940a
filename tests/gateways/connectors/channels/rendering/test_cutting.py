"""Texts are cut within the limit of the channel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.connectors.channels.capabilities import TextUnit
from gateways.connectors.channels.rendering.cutting import cut, length_of, pack, shorten
from gateways.connectors.channels.rendering.graphemes import may_cut

UNITS: list[TextUnit] = ["code_points", "utf16_units", "utf8_bytes"]
FAMILY = "👩\u200d👩\u200d👧\u200d👦"
SIGNS = ["a", "b", " ", "\n", "e\u0301", "\r\n", "漢", "🇩🇪", "❤\ufe0f", "👍🏽", "각", FAMILY]

units = st.sampled_from(UNITS)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
signs = st.lists(st.sampled_from(SIGNS), max_size=60)


@given(anything, st.integers(4, 30), units)
def test_joined_pieces_are_the_text_and_within_the_limit(text: str, limit: int, unit: TextUnit) -> None:
    pieces = cut(text, limit, unit)
    assert "".join(pieces) == text
    assert all(0 < length_of(piece, unit) <= limit for piece in pieces)


@given(signs, st.integers(25, 60), units)
def test_signs_stay_whole(drawn: list[str], limit: int, unit: TextUnit) -> None:
    text, end = "".join(drawn), 0
    ends = {len("".join(drawn[:count])) for count in range(len(drawn) + 1)}
    for piece in cut(text, limit, unit):
        end += len(piece)
        assert end in ends
        assert may_cut(text, end)


@pytest.mark.parametrize(
    ("text", "limit", "unit", "pieces"),
    [
        ("", 5, "code_points", []),
        ("short", 5, "code_points", ["short"]),
        ("one two three", 8, "code_points", ["one two ", "three"]),
        ("one\ntwo three", 9, "code_points", ["one\ntwo ", "three"]),
        ("first\nsecond", 9, "code_points", ["first\n", "second"]),
        ("a\nverylongword", 8, "code_points", ["a\nverylo", "ngword"]),
        ("漢字漢字", 7, "utf8_bytes", ["漢字", "漢字"]),
        ("😀😀😀", 5, "utf16_units", ["😀😀", "😀"]),
        (f"ab{FAMILY}", 8, "code_points", ["ab", FAMILY]),
        ("a" + "\u0301" * 9, 4, "code_points", ["a\u0301\u0301\u0301", "\u0301" * 4, "\u0301" * 2]),
    ],
)
def test_a_text_is_cut_after_a_line_or_a_word_before_it_is_cut_anywhere(
    text: str, limit: int, unit: TextUnit, pieces: list[str]
) -> None:
    assert cut(text, limit, unit) == pieces


@given(st.lists(st.text("ab \n", min_size=1, max_size=12), max_size=12), st.integers(4, 30), units)
def test_packed_blocks_are_whole_where_they_fit(blocks: list[str], limit: int, unit: TextUnit) -> None:
    packed = pack(blocks, limit, unit)
    assert all(length_of(text, unit) <= limit for text in packed)
    assert "".join(packed).replace("\n", "") == "".join(blocks).replace("\n", "")
    assert all(any(block in text for text in packed) for block in blocks if length_of(block, unit) <= limit)


def test_an_address_is_not_cut_as_long_as_it_fits_by_itself() -> None:
    address = "https://example.org/" + "x" * 60
    assert pack(["Your picture", address], 80, "code_points") == ["Your picture", address]


@pytest.mark.parametrize(
    ("text", "limit", "unit", "short"),
    [
        ("Support", 7, "code_points", "Support"),
        ("Technical support", 10, "code_points", "Technical…"),
        ("Technical support", 11, "code_points", "Technical…"),
        ("Technical support", 12, "code_points", "Technical s…"),
        ("漢字漢字漢字", 12, "utf8_bytes", "漢字漢…"),
        (f"ab{FAMILY}", 6, "code_points", "ab…"),
        (f"{FAMILY}ab", 3, "code_points", f"{FAMILY[:3]}"),
        ("abc", 2, "utf8_bytes", "ab"),
    ],
)
def test_a_title_is_shortened_with_an_ellipsis(text: str, limit: int, unit: TextUnit, short: str) -> None:
    assert shorten(text, limit, unit) == short


@given(anything, st.integers(1, 30), units)
def test_a_shortened_title_is_within_the_limit(text: str, limit: int, unit: TextUnit) -> None:
    assert length_of(shorten(text, limit, unit), unit) <= limit
