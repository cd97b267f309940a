"""Everything that the rooms of conversations raise beside refusals."""

__all__ = ["PhoneNumberError"]


class PhoneNumberError(Exception):
    """Raised when a phone number cannot be called back; says what to write, and does not repeat the number."""
