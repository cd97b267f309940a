"""The exceptions of OpenID providers."""

__all__ = ["CodeRefusedError", "ProviderError", "ProviderFailedError", "ProviderUnavailableError"]


class ProviderError(Exception):
    """Raised when an OpenID provider does not identify a person. It is the base of the others."""


class ProviderUnavailableError(ProviderError):
    """Raised when the provider does not answer, or not in time."""


class ProviderFailedError(ProviderError):
    """Raised when the provider's answer is not valid. The message says why."""


class CodeRefusedError(ProviderError):
    """Raised when the provider refuses the code, for example because it was used before."""
