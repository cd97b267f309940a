"""Words as search compares them: without accents, forms and case."""

import re
import unicodedata

__all__ = ["folded_words"]

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters with a stroke and ligatures, which Unicode does not take apart."""
_UNSPACED = re.compile(
    "(["
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana, Chinese characters
    "])"
)
"""Signs of writing without spaces: each counts as a word, so that a part of a sentence is found."""


def folded_words(text: str) -> list[str]:
    """The words of a text in the form in which search keeps and looks for them. ``Straße``, ``STRASSE`` and full-width
    letters give the same words, as do letters with and without accents, composed or not."""
    if text.isascii():
        return _WORD.findall(text.lower())
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Me", "Cf"))
    return _WORD.findall(_UNSPACED.sub(r" \1 ", plain.translate(_LETTERS)))
