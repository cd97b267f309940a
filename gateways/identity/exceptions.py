"""The exceptions of accounts and tokens."""

__all__ = ["ExpiredTokenError", "InvalidCredentialsError", "InvalidTokenError"]


class InvalidCredentialsError(Exception):
    """Raised when a username, password or refresh token is not valid."""


class InvalidTokenError(Exception):
    """Raised when a token is malformed, expired, or not signed here. The message says which."""


class ExpiredTokenError(InvalidTokenError):
    """Raised when a token that was valid has expired."""
