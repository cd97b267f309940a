"""Passwords that are guessed first are refused, and any others of sufficient length are accepted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.identity.common_passwords import COMMON_WORDS
from gateways.identity.password_rules import normal_form, password_fault


@pytest.mark.parametrize(
    "password",
    [
        "correct horse",
        "eleven quiet harbours",
        "x9$kLm2!qPz7",
        "\u043f\u0430\u0440\u043e\u043b\u044c \u0434\u043b\u0438\u043d\u043d\u044b\u0439",
        "\U0001f40e\U0001f50b\U0001f511\U0001f333 four small things",
        "my password is a poem by the sea",
    ],
)
def test_passwords_that_are_accepted(password: str) -> None:
    assert password_fault(password, "alice", "Alice Example") is None


@pytest.mark.parametrize(
    "password",
    [
        "Password12345!",
        "P@ssw0rd2026!!",
        "passwordpassword",
        "new password",
        "qwertyuiop123",
        "1qaz2wsx3edc4rfv",
        "123456789012",
        "210987654321",
        "aaaaaaaaaaaa",
        "abababababab",
        "abc-abc-abc-abc",
        "Summer2026!!!",
        "letmeinletmein1",
        "correct horse battery staple",
        "HybridChat2026",
        "Alice.Example1",
        "alice1alice1alice1",
    ],
)
def test_passwords_that_others_try_first(password: str) -> None:
    assert "guessed too easily" in str(password_fault(password, "alice", "Alice Example"))


def test_the_length_is_that_of_the_normal_form() -> None:
    assert "too short" in str(password_fault("e\u0301" * 11))
    assert "too short" in str(password_fault("elevenchars"))
    assert "longer than 128" in str(password_fault("eleven quiet harbours" * 7))


@given(st.text(max_size=200), st.text(max_size=40))
def test_every_form_of_a_password_is_judged_alike(password: str, name: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        same = unicodedata.normalize(form, password)
        assert normal_form(same) == normal_form(password)
        assert password_fault(same, name) == password_fault(password, name)


@given(st.lists(st.sampled_from(sorted(COMMON_WORDS)), min_size=1, max_size=6), st.integers(0, 999))
def test_no_words_of_the_lists_make_a_password(words: list[str], number: int) -> None:
    assert password_fault("".join(words) + str(number)) is not None
    assert password_fault(" ".join(words).title() + f"{number}!") is not None
