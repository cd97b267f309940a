"""Telegram: a bot that customers write to. ``bot_api`` calls the Bot API, ``polling`` asks it for what customers write
where Telegram cannot call the server.

Source: https://core.telegram.org/bots/api.
"""

from gateways.connectors.channels.telegram.connector import TelegramConnector

__all__ = ["TelegramConnector"]
