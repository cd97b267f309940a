"""The types in the scripts of the pages. They stand in comments, for checks, and are not served."""

import re

__all__ = ["without_types"]

_TAG = rb"@(?:callback|extends|implements|param|property|returns|satisfies|template|this|type|typedef)\b"
_BLOCK = re.compile(
    rb"^(?P<start>[ \t]*/\*\*)(?P<words>(?:(?!\*/|" + _TAG + rb").)*)" + _TAG + rb"(?:(?!\*/).)*\*/[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_INLINE = re.compile(rb"/\*\* " + _TAG + rb"(?:(?!\*/).)*\*/ ?")


def without_types(script: bytes) -> bytes:
    """The script without the types. Its words and the numbers of its lines stay."""
    return _INLINE.sub(b"", _BLOCK.sub(_words, script))


def _words(block: re.Match[bytes]) -> bytes:
    words = block["words"].rstrip(b" \t\n*")
    kept = block["start"] + words + b" */" if words else b""
    return kept + b"\n" * (block[0].count(b"\n") - kept.count(b"\n"))
