"""The marks of personal data and of secrets, carried into every generated JSON schema as ``x-…``."""

from typing import Annotated

import msgspec

__all__ = ["Personal", "PersonalOfCustomers", "PersonalText", "Secret"]

Personal = msgspec.Meta(extra_json_schema={"x-personal": True})
"""The mark of a field that holds personal data, by which it can be found, masked or encrypted for one person."""

PersonalOfCustomers = msgspec.Meta(extra_json_schema={"x-personal-where": {"type": "customer"}})
"""The mark of a field that is personal if the field ``type`` beside it is customer."""

Secret = msgspec.Meta(extra_json_schema={"x-secret": True})
"""The mark of a field that no API shows to anybody."""

PersonalText = Annotated[str, Personal, msgspec.Meta(max_length=256)]
