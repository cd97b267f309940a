"""Everything that accounts and tokens raise."""

__all__ = ["ExpiredTokenError", "InvalidCredentialsError", "InvalidTokenError"]


class InvalidCredentialsError(Exception):
    """Raised when a username, password or refresh token does not hold."""


class InvalidTokenError(Exception):
    """Raised when a token is malformed, expired, or not signed here; the message says which."""


class ExpiredTokenError(InvalidTokenError):
    """Raised when a token that was good has expired."""
