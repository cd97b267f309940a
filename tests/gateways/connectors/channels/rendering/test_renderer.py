"""Every content becomes pieces that the channel carries."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateways.connectors.channels.capabilities import Capabilities
from gateways.connectors.channels.pieces import (
    ButtonsPiece,
    Choice,
    ContactPiece,
    CustomPiece,
    LocationPiece,
    MediaPiece,
    Piece,
    TextPiece,
)
from gateways.connectors.channels.rendering.choices import buttons_of, choice_token, match_choice, resolve_choice
from gateways.connectors.channels.rendering.cutting import is_visible, length_of
from gateways.connectors.channels.rendering.renderer import render
from schemas.content import (
    AttachmentContent,
    AudioContent,
    Button,
    ButtonsContent,
    Card,
    CarouselContent,
    ContactContent,
    Content,
    CustomContent,
    FileContent,
    FormAnswersContent,
    FormContent,
    FormField,
    ImageContent,
    LocationContent,
    Media,
    NotificationContent,
    RatingContent,
    TextContent,
    VideoContent,
)
from tests.schemas.strategies import values_of

MESSAGE = "0193b2a0-0000-7000-8000-000000000000"
FILE = "0193b2a0-0000-7000-8000-000000000001"
LINK = "https://centre.example/files/1"
PLAIN = Capabilities(text_limit=40)
RICH = Capabilities(
    text_limit=40,
    buttons=3,
    button_title_limit=10,
    buttons_text_limit=20,
    media={"image": 1000, "audio": 1000},
    captioned=["image"],
    caption_limit=10,
    locations=True,
    contacts=True,
    custom=True,
)
YES_NO = [Button("Yes", "/yes"), Button("No", "/no")]
MAP = "https://www.openstreetmap.org/?mlat=52.520008&mlon=-13.000000#map=16/52.520008/-13.000000"


def rendered(content: Content, capabilities: Capabilities, link: str | None = LINK) -> list[Piece]:
    return render(content, capabilities, MESSAGE, lambda _: link)


def choices(*titles: str, first: int = 0) -> list[Choice]:
    return [Choice(title, choice_token(MESSAGE, first + place)) for place, title in enumerate(titles)]


def texts(*lines: str) -> list[TextPiece]:
    return [TextPiece(line) for line in lines]


@pytest.mark.parametrize(
    ("content", "plain", "rich"),
    [
        (TextContent("Hello", "/hello"), texts("Hello"), texts("Hello")),
        (TextContent("He\0llo"), texts("Hello"), texts("Hello")),
        (TextContent("\u200b\0"), [], []),
        (NotificationContent("Bob is typing", "typing"), texts("Bob is typing"), texts("Bob is typing")),
        (AttachmentContent("https://a/b.pdf"), texts("https://a/b.pdf"), texts("https://a/b.pdf")),
        (
            TextContent("A text of some more words than 40 characters."),
            texts("A text of some more words than 40 ", "characters."),
            texts("A text of some more words than 40 ", "characters."),
        ),
        (
            ContactContent("Bob", phone="+49", email="b@x.example", organization="X"),
            texts("Bob\nX\n+49\nb@x.example"),
            [ContactPiece("Bob", "+49", "b@x.example", "X")],
        ),
        (CustomContent({"template": "x"}), [], [CustomPiece({"template": "x"})]),
        (CustomContent(["x"]), [], []),
        (
            FormContent("Order", [FormField("name", "Name"), FormField("size", "Size", options=["S", "M"])], "Please"),
            texts("Order\nPlease\n• Name\n• Size: S / M"),
            texts("Order\nPlease\n• Name\n• Size: S / M"),
        ),
        (
            FormAnswersContent(FILE, {"name": "Bob", "age": 42, "ok": True, "tags": ["a", "b"]}),
            texts("name: Bob\nage: 42\nok: ✓\ntags: a, b"),
            texts("name: Bob\nage: 42\nok: ✓\ntags: a, b"),
        ),
    ],
)
def test_contents_are_words_where_the_channel_has_nothing_else(
    content: Content, plain: list[Piece], rich: list[Piece]
) -> None:
    assert rendered(content, PLAIN) == plain
    assert rendered(content, RICH) == rich


def test_a_place_is_a_link_to_a_map_or_a_place() -> None:
    place = LocationContent(52.520008, -13.0, "Office", "High Street 1")
    assert rendered(place, Capabilities(text_limit=200)) == texts(f"Office\nHigh Street 1\n{MAP}")
    assert rendered(place, RICH) == [LocationPiece(52.520008, -13.0, "Office", "High Street 1")]


@pytest.mark.parametrize(
    ("content", "pieces"),
    [
        (ImageContent("https://a/b", text="Look"), [MediaPiece("image", "https://a/b", caption="Look")]),
        (
            ImageContent("https://a/b", text="Look at that"),
            [MediaPiece("image", "https://a/b"), TextPiece("Look at that")],
        ),
        (ImageContent("https://a/b", text="\u200b"), [MediaPiece("image", "https://a/b")]),
        (
            ImageContent(attachment_id=FILE, name="a.\0png", media_type="image/png", size=1000),
            [MediaPiece("image", attachment_id=FILE, name="a.png", media_type="image/png")],
        ),
        (AudioContent("https://a/b", text="Hear"), [MediaPiece("audio", "https://a/b"), TextPiece("Hear")]),
        (ImageContent(attachment_id=FILE, name="a.png", size=1001, text="Look"), texts(f"Look\n{LINK}")),
        (VideoContent("https://a/b", text="Look"), texts(f"Look\n{LINK}")),
        (FileContent(attachment_id=FILE, name="a.pdf"), texts(LINK)),
        (ImageContent("ftp://a/b"), texts(LINK)),
        (ImageContent(), texts(LINK)),
    ],
)
def test_a_file_is_sent_as_one_or_as_a_link(content: Media, pieces: list[Piece]) -> None:
    assert rendered(content, RICH) == pieces  # type: ignore[arg-type]


def test_a_file_without_a_link_is_named() -> None:
    assert rendered(FileContent(attachment_id=FILE, name="a.pdf", text="Here"), RICH, None) == texts("Here\n[a.pdf]")
    assert rendered(VideoContent(attachment_id=FILE), RICH, None) == texts("[video]")


def test_a_link_is_apart_from_a_text_with_which_it_is_too_long() -> None:
    content = FileContent(attachment_id=FILE, text="What you have asked for")
    assert rendered(content, RICH) == texts("What you have asked for", LINK)


@pytest.mark.parametrize(
    ("content", "pieces"),
    [
        (ButtonsContent(YES_NO, "Well?"), [ButtonsPiece("Well?", choices("Yes", "No"))]),
        (ButtonsContent(YES_NO), [ButtonsPiece("Yes · No", choices("Yes", "No"))]),
        (
            ButtonsContent(YES_NO, "Do you want to have it sent to you?"),
            [TextPiece("Do you want to have "), ButtonsPiece("it sent to you?", choices("Yes", "No"))],
        ),
        (
            ButtonsContent([Button("Technical support", "/t"), Button("\u200b", "/u")], "Who?"),
            [ButtonsPiece("Who?", choices("Technical…", "2"))],
        ),
        (
            ButtonsContent([Button("Technical support", "/t"), Button("Technical sales", "/s")], "Who?"),
            texts("Who?\n1. Technical support", "2. Technical sales"),
        ),
        (
            ButtonsContent([Button(title, title) for title in "abcd"], "Which?"),
            texts("Which?\n1. a\n2. b\n3. c\n4. d"),
        ),
        (RatingContent("How was it?", 3), [ButtonsPiece("How was it?", choices("1", "2", "3"))]),
        (RatingContent("How was it?"), texts("How was it?\n1-5")),
    ],
)
def test_buttons_are_buttons_or_a_numbered_text(content: Content, pieces: list[Piece]) -> None:
    assert rendered(content, RICH) == pieces


def test_a_channel_without_buttons_gets_a_numbered_text() -> None:
    assert rendered(ButtonsContent(YES_NO, "Well?"), PLAIN) == texts("Well?\n1. Yes\n2. No")
    assert rendered(RatingContent("How was it?", 2), PLAIN) == texts("How was it?\n1-2")


def test_the_cards_of_a_carousel_follow_one_another_and_their_buttons_are_counted_through() -> None:
    cards = [
        Card("Tea", "green", "https://a/tea", YES_NO),
        Card("Cake", image_url="https://a/cake"),
        Card("Milk", buttons=[Button("Buy", "/m")]),
        Card("Water"),
    ]
    carousel = CarouselContent(cards, "The menu")
    assert rendered(carousel, RICH) == [
        TextPiece("The menu"),
        MediaPiece("image", "https://a/tea"),
        ButtonsPiece("Tea\ngreen", choices("Yes", "No")),
        MediaPiece("image", "https://a/cake", caption="Cake"),
        ButtonsPiece("Milk", choices("Buy", first=2)),
        TextPiece("Water"),
    ]
    assert rendered(carousel, PLAIN) == texts(
        "The menu", LINK, "Tea\ngreen\n1. Yes\n2. No", f"Cake\n{LINK}", "Milk\n3. Buy", "Water"
    )


class Limits(msgspec.Struct):
    """The limits that a piece of a channel has to keep."""

    channel: Capabilities

    def keeps(self, text: str | None, limit: int) -> bool:
        return text is None or (
            is_visible(text) and "\0" not in text and length_of(text, self.channel.text_unit) <= limit
        )

    def allow(self, piece: Piece) -> bool:
        match piece:
            case TextPiece():
                return self.keeps(piece.text, self.channel.text_limit)
            case ButtonsPiece():
                titles = [choice.title for choice in piece.choices]
                return (
                    self.keeps(piece.text, min(self.channel.buttons_text_limit, self.channel.text_limit))
                    and 0 < len(titles) <= self.channel.buttons
                    and len(set(titles)) == len(titles)
                    and all(self.keeps(title, self.channel.button_title_limit) for title in titles)
                )
            case MediaPiece():
                return (
                    piece.kind in self.channel.media
                    and (piece.url is None) != (piece.attachment_id is None)
                    and (piece.caption is None or piece.kind in self.channel.captioned)
                    and self.keeps(piece.caption, self.channel.caption_limit)
                )
            case LocationPiece():
                return self.channel.locations
            case ContactPiece():
                return self.channel.contacts
            case CustomPiece():
                return self.channel.custom


_KINDS: Any = st.sampled_from(["image", "audio", "video", "file"])
channels = st.builds(
    Capabilities,
    text_limit=st.integers(20, 200),
    text_unit=st.sampled_from(["code_points", "utf16_units", "utf8_bytes"]),
    buttons=st.integers(0, 10),
    button_title_limit=st.integers(16, 40),
    buttons_text_limit=st.integers(20, 200),
    media=st.dictionaries(_KINDS, st.integers(0, 2**40)),
    captioned=st.lists(_KINDS, unique=True),
    caption_limit=st.integers(0, 60),
    locations=st.booleans(),
    contacts=st.booleans(),
    custom=st.booleans(),
)
messages = values_of(Content)


@given(messages, channels, st.none() | st.just(LINK))
def test_every_content_becomes_what_the_channel_carries(
    content: Content, channel: Capabilities, link: str | None
) -> None:
    allowed = Limits(channel)
    pieces = rendered(content, channel, link)
    assert [piece for piece in pieces if not allowed.allow(piece)] == []
    assert pieces == rendered(content, channel, link)


@given(messages, channels)
def test_every_button_leads_back_to_what_it_stands_for(content: Content, channel: Capabilities) -> None:
    pieces = rendered(content, channel)
    pressed = [choice for piece in pieces if isinstance(piece, ButtonsPiece) for choice in piece.choices]
    tokens = [choice_token(MESSAGE, number) for number in range(len(buttons_of(content)))]
    payloads = [button.payload or None for button in buttons_of(content)]
    assert [choice.token for choice in pressed] == [token for token in tokens if token in {c.token for c in pressed}]
    resolved = [resolve_choice(token, content) for token in tokens]
    assert [chosen.payload for chosen in resolved if chosen is not None] == payloads


@settings(max_examples=50)
@given(st.lists(st.builds(Button, st.text("abc", min_size=1, max_size=9), st.text("xyz", max_size=3)), min_size=1))
def test_every_numbered_line_can_be_typed(buttons: list[Button]) -> None:
    content = ButtonsContent(buttons, "Which?")
    (piece,) = rendered(content, Capabilities(text_limit=4096))
    assert isinstance(piece, TextPiece)
    _, *lines = piece.text.split("\n")
    for button, line in zip(buttons, lines, strict=True):
        number, _, title = line.partition(" ")
        assert title == button.title
        assert match_choice(number, content) == (button.title, button.payload or None)
