"""The comments in the scripts of the pages, with the types in them. They are for developers, and not served."""

import re

__all__ = ["without_comments", "without_indentation"]

_WHOLE_LINES = re.compile(rb"^[ \t]*(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/[ \t]*)$", re.MULTILINE | re.DOTALL)
_INDENTATION = re.compile(rb"\n\s*")
_OF_TYPES = re.compile(rb"/\*\* @(?:(?!\*/).)*\*/ ?")


def without_comments(script: bytes) -> bytes:
    """The script without the comments that have lines of their own, and those that name a type inside a line. The lines
    keep their numbers, so that what a browser reports is found in the source. No text over several lines may have a
    line that begins like a comment."""
    return _OF_TYPES.sub(b"", _WHOLE_LINES.sub(lambda comment: b"\n" * comment[0].count(b"\n"), script))


def without_indentation(script: bytes) -> bytes:
    """A script that pages of others load, as small as it can be sent without another program. Texts over several lines
    must not depend on their indentation."""
    return _INDENTATION.sub(b"\n", script)
