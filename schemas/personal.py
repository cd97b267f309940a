"""The marks of personal data and of secrets, carried into every generated JSON schema as ``x-…``."""

from typing import Annotated

import msgspec

__all__ = ["Personal", "PersonalOfCustomers", "PersonalText", "Secret"]

Personal = msgspec.Meta(extra_json_schema={"x-personal": True})
"""Annotate a field with this and it can be found, masked or encrypted for one person."""

PersonalOfCustomers = msgspec.Meta(extra_json_schema={"x-personal-where": {"type": "customer"}})
"""For a field that is personal where the field ``type`` beside it says customer."""

Secret = msgspec.Meta(extra_json_schema={"x-secret": True})
"""For a field that no API shows to anybody."""

PersonalText = Annotated[str, Personal, msgspec.Meta(max_length=256)]
