"""The signals that feeds carry beside events."""

from gateways.openapi.feeds import SIGNALS

__all__ = ["ALL_SIGNALS"]

ALL_SIGNALS = tuple(dict.fromkeys(signal for signals in SIGNALS.values() for signal in signals))
"""Each signal once, whoever gets it."""
