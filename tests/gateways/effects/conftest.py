"""The effects are tried with the bots' effect, on the same centre."""

from tests.gateways.connectors.bots.conftest import bot, centre

__all__ = ["bot", "centre"]
