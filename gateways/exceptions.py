"""Everything the gateways raise beside problems (see gateways.http.problems)."""

__all__ = [
    "AccountError",
    "AttachmentStoreError",
    "FeedOverflowError",
    "GatewayError",
    "InvalidCredentialsError",
    "PhoneNumberError",
]


class GatewayError(Exception):
    """Raised when a gateway cannot go on; the base of the others."""


class AccountError(GatewayError):
    """Raised when an account cannot be made or changed as asked."""


class AttachmentStoreError(GatewayError):
    """Raised when attachments cannot be kept or read."""


class InvalidCredentialsError(GatewayError):
    """Raised when a username, password or refresh token does not hold."""


class FeedOverflowError(GatewayError):
    """Raised when a feed's reader is too slow for its buffer; it may resume at its cursor."""


class PhoneNumberError(GatewayError):
    """Raised when a phone number cannot be called back; says what to write, and does not repeat the number."""
