"""New passwords as requests give them."""

from typing import Annotated

import msgspec

__all__ = ["MAX_PASSWORD_LENGTH", "MIN_PASSWORD_LENGTH", "NewPassword"]

MIN_PASSWORD_LENGTH = 12
MAX_PASSWORD_LENGTH = 128

NewPassword = Annotated[
    str,
    msgspec.Meta(
        max_length=1024,
        description="It has 12 to 128 characters, also in Unicode's form NFKC, and is not made of common words, rows "
        "of keys, repetitions or the agent's name.",
        extra_json_schema={"allOf": [{"minLength": MIN_PASSWORD_LENGTH, "maxLength": MAX_PASSWORD_LENGTH}]},
    ),
]
