"""The errors of channels."""

__all__ = ["AnswerLostError", "ChannelError", "ForgedRequestError", "NotReachedError", "UnreadableRequestError"]


class ChannelError(Exception):
    """Raised when a provider and this server do not come together. Messages hold no secret."""


class ForgedRequestError(ChannelError):
    """Raised when a request is not proven to come from the provider."""


class UnreadableRequestError(ChannelError):
    """Raised when a request that is proven to come from the provider is not of the form that it documents."""


class NotReachedError(ChannelError):
    """Raised when a call certainly did not reach the provider. It may be made again."""


class AnswerLostError(ChannelError):
    """Raised when a call may have reached the provider and no answer came. Nobody knows what it did."""
