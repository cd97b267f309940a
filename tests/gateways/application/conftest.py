"""The tests of the application use the bots' stand-in."""

from tests.gateways.connectors.bots.conftest import bot

__all__ = ["bot"]
