"""What the fields of configured items have in common."""

from typing import Annotated

import msgspec

from schemas.content import VISIBLE_PATTERN

__all__ = ["A_YEAR", "Address", "Configured", "CustomerText", "Label", "Language", "Seconds", "SecretName", "Texts"]

A_YEAR = 365 * 24 * 3600

Address = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^https?://[!-.0-~]+(/[!-~]*)?(?!\n)$",
        max_length=2048,
        description="An address that begins with http:// or https://.",
    ),
]
SecretName = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9]+(_[a-z0-9]+)*(?!\n)$",
        max_length=64,
        description="The name of a secret in the section [secrets] of the settings.",
    ),
]
Seconds = Annotated[float, msgspec.Meta(gt=0, le=A_YEAR)]
Label = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
Language = Annotated[
    str, msgspec.Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}(?!\n)$", description="A BCP 47 tag.")
]
CustomerText = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=1024,
        pattern=VISIBLE_PATTERN,
        description="One text a language, with no other placeholders than this text has.",
    ),
]
Texts = Annotated[dict[Language, CustomerText], msgspec.Meta(max_length=50)]
"""The same words in several languages."""


class Configured(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    pass
