"""A fault of one field of an input."""

import msgspec

__all__ = ["FieldError"]


class FieldError(msgspec.Struct, frozen=True):
    """The input at ``path``, such as ``content.text``, is wrong in the way that ``message`` says."""

    path: str
    message: str
