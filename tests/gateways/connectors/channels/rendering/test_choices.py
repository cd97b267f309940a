"""The button that the customer has pressed or typed is found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.connectors.channels.rendering.choices import (
    ChoiceToken,
    Chosen,
    choice_token,
    match_choice,
    read_token,
    resolve_choice,
)
from schemas.content import (
    Button,
    ButtonsContent,
    Card,
    CarouselContent,
    Content,
    RatingContent,
    TextContent,
)

MESSAGE = "0193b2a0-0000-7000-8000-00000000ffff"
SALES = ButtonsContent([Button("Sales", "/sales"), Button("Technical  Support", "/support"), Button("Nobody", "")])
SHOP = CarouselContent(
    [
        Card("Tea", buttons=[Button("Buy", "/tea"), Button("More", "/more")]),
        Card("Paper"),
        Card("Cake", buttons=[Button("Buy", "/cake"), Button("More", "/more")]),
    ]
)
DIGITS = ButtonsContent([Button("3", "three"), Button("2", "two"), Button("1", "one")])


def test_a_token_is_short_and_of_few_signs() -> None:
    assert choice_token(MESSAGE, 0) == "AZOyoAAAcACAAAAAAAD__w:0"
    assert len(choice_token(MESSAGE, 99)) == 25


@given(st.uuids().map(str), st.integers(0, 99_999))
def test_a_token_is_read_as_it_was_made(message_id: str, number: int) -> None:
    token = choice_token(message_id, number)
    assert len(token) <= 28
    assert read_token(token) == ChoiceToken(message_id, number)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "/sales",
        "AZOyoAAAcACAAAAAAAD__w",
        "AZOyoAAAcACAAAAAAAD__w:",
        "AZOyoAAAcACAAAAAAAD__w:-1",
        "AZOyoAAAcACAAAAAAAD__w:01",
        "AZOyoAAAcACAAAAAAAD__w:0\n",
        "AZOyoAAAcACAAAAAAAD__w:٢",
        "AZOyoAAAcACAAAAAAAD__x:0",
        "AZOyoAAAcACAAAAAAAD//w:0",
        "AZOyoAAAcACAAAAAAAD__w:100000",
    ],
)
def test_a_token_of_another_form_is_none_of_this_server_s(token: str) -> None:
    assert read_token(token) is None
    assert resolve_choice(token, SALES) is None


@given(st.text(max_size=30))
def test_any_text_may_come_as_a_token(token: str) -> None:
    read = read_token(token)
    assert read is None or choice_token(*read) == token


@pytest.mark.parametrize(
    ("content", "number", "chosen"),
    [
        (SALES, 0, Chosen("Sales", "/sales")),
        (SALES, 1, Chosen("Technical Support", "/support")),
        (SALES, 2, Chosen("Nobody", None)),
        (SALES, 3, None),
        (SHOP, 2, Chosen("Buy", "/cake")),
        (RatingContent("How was it?"), 4, Chosen("5", "5")),
        (RatingContent("How was it?"), 5, None),
        (ButtonsContent([Button("\0", "/x")]), 0, Chosen("1", "/x")),
        (TextContent("Hello"), 0, None),
    ],
)
def test_a_pressed_button_has_its_title_and_payload(content: Content, number: int, chosen: Chosen | None) -> None:
    assert resolve_choice(choice_token(MESSAGE, number), content) == chosen


@pytest.mark.parametrize(
    ("text", "content", "chosen"),
    [
        ("2", SALES, Chosen("Technical Support", "/support")),
        (" 2. ", SALES, Chosen("Technical Support", "/support")),
        ("2)", SALES, Chosen("Technical Support", "/support")),
        ("٢", SALES, Chosen("Technical Support", "/support")),
        ("TECHNICAL support\n", SALES, Chosen("Technical Support", "/support")),
        ("\uff33\uff41les", SALES, Chosen("Sales", "/sales")),
        ("0", SALES, None),
        ("4", SALES, None),
        ("9" * 50, SALES, None),
        ("2 or 3", SALES, None),
        ("²", SALES, None),
        ("support", SALES, None),
        ("", SALES, None),
        ("3", SHOP, Chosen("Buy", "/cake")),
        ("Buy", SHOP, None),
        ("more", SHOP, Chosen("More", "/more")),
        ("1", DIGITS, Chosen("1", "one")),
        ("STRASSE", ButtonsContent([Button("Straße", "/s")]), Chosen("Straße", "/s")),
        ("4", RatingContent("How was it?"), Chosen("4", "4")),
        ("1", TextContent("1"), None),
    ],
)
def test_a_typed_answer_is_the_button_that_it_can_only_mean(text: str, content: Content, chosen: Chosen | None) -> None:
    assert match_choice(text, content) == chosen


@given(st.text(max_size=10), st.lists(st.builds(Button, st.text("a1. ", min_size=1), st.text("p")), min_size=1))
def test_any_text_may_be_typed(text: str, buttons: list[Button]) -> None:
    chosen = match_choice(text, ButtonsContent(buttons))
    assert chosen is None or chosen.payload in {button.payload or None for button in buttons}
