"""The tests of the effects use the bots' effect, and its centre."""

from tests.gateways.connectors.bots.conftest import bot, centre

__all__ = ["bot", "centre"]
