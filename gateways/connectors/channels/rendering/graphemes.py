"""Where a text may be cut so that no sign that its reader sees as one falls apart.

Source: Unicode Standard Annex #29, "Unicode Text Segmentation". The rules here allow fewer places than the annex.
"""

import unicodedata

__all__ = ["may_cut"]

_JOINER = "\u200d"
_VIRAMA = 9
"""The combining class of the marks that join two consonants of an Indic script."""
_EXTENDING = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")
"""Signs that belong to the one before without being marks: joiners, and vowels and voicing that are letters."""
_PREPENDED = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3"
    "\U0001193f\U00011941\U00011a3a\U00011a84\U00011a85\U00011a86\U00011a87\U00011a88\U00011a89\U00011d46\U00011f02"
)


def may_cut(text: str, place: int) -> bool:
    """Whether the text may be cut before its sign at ``place``. The text must not begin within a flag."""
    if not 0 < place < len(text):
        return True
    before, after = text[place - 1], text[place]
    return not (
        before + after == "\r\n"
        or _belongs_to_the_last(after)
        or _takes_the_next(before)
        or (_is_half_a_flag(after) and _halves_before(text, place) % 2 == 1)
    )


def _belongs_to_the_last(sign: str) -> bool:
    return (
        sign in _EXTENDING
        or unicodedata.category(sign).startswith("M")
        or "\U0001f3fb" <= sign <= "\U0001f3ff"  # colours of skin
        or "\U000e0020" <= sign <= "\U000e007f"  # tags, as of the flag of Scotland
        or "\u1160" <= sign <= "\u11ff"  # vowels and finals of Korean syllables
        or "\ud7b0" <= sign <= "\ud7fb"
    )


def _takes_the_next(sign: str) -> bool:
    return (
        sign == _JOINER
        or sign in _PREPENDED
        or unicodedata.combining(sign) == _VIRAMA
        or "\u1100" <= sign <= "\u115f"  # initials of Korean syllables
        or "\ua960" <= sign <= "\ua97c"
    )


def _is_half_a_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _halves_before(text: str, place: int) -> int:
    start = place
    while start > 0 and _is_half_a_flag(text[start - 1]):
        start -= 1
    return place - start
