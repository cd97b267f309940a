"""Effects: calls to the outside, brought about by events, made at least once."""

from gateways.effects.running import run_effects

__all__ = ["run_effects"]
