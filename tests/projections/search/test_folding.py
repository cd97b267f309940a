"""The words of a text as search compares them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.search.folding import folded_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Where is my INVOICE?", ["where", "is", "my", "invoice"]),
        ("Straße, STRASSE", ["strasse", "strasse"]),
        ("Crème brûlée", ["creme", "brulee"]),
        ("Cre\u0300me", ["creme"]),
        ("\uff26\uff55\uff4c\uff4c \ufb01t", ["full", "fit"]),
        ("Łódź, Ørsted, İstanbul, \u0131", ["lodz", "orsted", "istanbul", "i"]),
        ("ΣΊΣΥΦΟΣ σίσυφος", ["σισυφοσ", "σισυφοσ"]),
        ("ada.lovelace@example.org", ["ada", "lovelace", "example", "org"]),
        ("in\u00advoice no_7", ["invoice", "no", "7"]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("😀 ?!", []),
    ],
)
def test_case_accents_and_forms_make_no_difference(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


@given(st.text(max_size=40))
def test_words_are_letters_and_digits_alone(text: str) -> None:
    assert all(
        word and not any(sign.isspace() or sign in "\0\"'*:&|!<>()\\" for sign in word) for word in folded_words(text)
    )


@given(st.text(st.characters(categories=["L", "Nd"], max_codepoint=0x24F), max_size=40))
def test_every_form_of_a_text_has_the_same_words(text: str) -> None:
    expected = folded_words(text)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert folded_words(unicodedata.normalize(form, text)) == expected
    assert folded_words(" ".join(expected)) == expected
