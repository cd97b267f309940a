"""The mark of personal data, carried into every generated JSON schema as ``x-personal``."""

from typing import Annotated

import msgspec

__all__ = ["Personal", "PersonalText"]

Personal = msgspec.Meta(extra_json_schema={"x-personal": True})
"""Annotate a field with this and it can be found, masked or encrypted for one person."""

PersonalText = Annotated[str, Personal, msgspec.Meta(max_length=256)]
