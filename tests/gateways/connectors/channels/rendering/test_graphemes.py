"""A text is cut only where Unicode's own rules see the end of a sign."""

import random
import subprocess
from pathlib import Path

import msgspec
import pytest

from gateways.connectors.channels.rendering.graphemes import may_cut
from tests.node import node_program

_SIGNS = [
    "a", "é", "e\u0301", "\u0323", "\n", "\r\n", " ", "漢", "ñ", "กำ", "ຳ", "नि", "क्ष", "த", "ക്ക", "각", "ᄀ", "ᅡ",
    "ᆨ", "가", "🇩🇪", "🇫", "👩\u200d👩\u200d👧", "❤\ufe0f", "1\ufe0f\u20e3", "👍🏽", "🏴\U000e0067\U000e0062\U000e007f",
    "\u200d", "\u200c", "\ufe0f", "🏿", "ｶﾞ", "\u0600", "\u0661", "😀", "\u00ad", "\u202e",
]  # fmt: skip
_PROGRAM = """
const read = JSON.parse(require("fs").readFileSync(0, "utf8"));
const segmenter = new Intl.Segmenter("und", {granularity: "grapheme"});
console.log(JSON.stringify(read.map((text) => [...segmenter.segment(text)].map((each) => [...each.segment].length))));
"""


@pytest.fixture(scope="module")
def node_js() -> Path:
    return node_program()


def test_every_place_to_cut_is_one_of_unicode_s(node_js: Path) -> None:
    """Node.js has the rules of the ICU. Here fewer places are allowed, but none that the ICU does not have."""
    draw = random.Random(4711)
    texts = ["".join(draw.choices(_SIGNS, k=draw.randint(2, 12))) for _ in range(2_000)]
    run = subprocess.run([node_js, "-e", _PROGRAM], input=msgspec.json.encode(texts), capture_output=True, check=True)
    allowed = 0
    for text, lengths in zip(texts, msgspec.json.decode(run.stdout, type=list[list[int]]), strict=True):
        ends = {sum(lengths[:count]) for count in range(len(lengths) + 1)}
        places = {place for place in range(1, len(text)) if may_cut(text, place)}
        assert places <= ends, ascii(text)
        allowed += len(places)
    assert allowed > 5_000


@pytest.mark.parametrize("sign", _SIGNS, ids=ascii)
def test_a_text_is_cut_after_a_sign_of_any_script(sign: str) -> None:
    assert may_cut(f"{sign}b", len(sign)) == (sign not in {"\u200d", "\u0600", "ᄀ"})


def test_flags_are_counted_in_pairs() -> None:
    text = "🇩🇪🇫🇷🇯🇵"
    assert [place for place in range(1, len(text)) if may_cut(text, place)] == [2, 4]
