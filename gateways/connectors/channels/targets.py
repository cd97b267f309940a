"""The names of effects and targets of channels, as the outbox has them."""

__all__ = ["INBOUND", "channel_of", "channel_target", "inbound_target"]

INBOUND = "inbound"
"""The effect that fetches the files of customers, and what has to wait behind them."""

_CHANNEL = "channel:"
_INBOUND = "inbound:"


def channel_target(channel: str) -> str:
    """What goes out over the channel."""
    return f"{_CHANNEL}{channel}"


def inbound_target(channel: str) -> str:
    """What came in over the channel and is not posted yet."""
    return f"{_INBOUND}{channel}"


def channel_of(target: str) -> str:
    return target.partition(":")[2]
