"""The exceptions of this package beside refusals."""

__all__ = ["PhoneNumberError"]


class PhoneNumberError(Exception):
    """Raised when a phone number cannot be called back. The message names the fix and does not repeat the number."""
