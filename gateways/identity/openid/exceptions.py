"""Everything that can go wrong with an OpenID provider."""

__all__ = ["CodeRefusedError", "ProviderError", "ProviderFailedError", "ProviderUnavailableError"]


class ProviderError(Exception):
    """Raised when an OpenID provider does not tell who someone is; the base of the others."""


class ProviderUnavailableError(ProviderError):
    """Raised when the provider does not answer, or not in time."""


class ProviderFailedError(ProviderError):
    """Raised when the provider answers what does not hold; the message says what."""


class CodeRefusedError(ProviderError):
    """Raised when the provider does not take the code, as when it is used again."""
