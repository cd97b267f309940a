"""The exceptions of accounts and tokens."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateways.identity.sessions import Login

__all__ = [
    "ExpiredTokenError",
    "InvalidCredentialsError",
    "InvalidIdentityError",
    "InvalidTokenError",
    "ReusedTokenError",
]


class InvalidCredentialsError(Exception):
    """Raised when a username, password or refresh token is not valid."""


class ReusedTokenError(InvalidCredentialsError):
    """Raised when a refresh token that was replaced some time ago is used again. Its session has been ended."""

    def __init__(self, detail: str, login: "Login") -> None:
        super().__init__(detail)
        self.login = login


class InvalidTokenError(Exception):
    """Raised when a token is malformed, expired, or not signed here. The message says which."""


class ExpiredTokenError(InvalidTokenError):
    """Raised when a token that was valid has expired."""


class InvalidIdentityError(Exception):
    """Raised when what a site has signed about a customer is not valid. The message says what is wrong with it."""
