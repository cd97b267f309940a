"""The connectors of channels: what each has to know to reach its provider. ``type`` distinguishes them."""

from schemas.configuration.connectors.connector import ConnectorSettings
from schemas.configuration.connectors.messenger import InstagramSettings, MessengerSettings
from schemas.configuration.connectors.rest import RestSettings
from schemas.configuration.connectors.telegram import TelegramSettings
from schemas.configuration.connectors.twilio import TwilioSettings
from schemas.configuration.connectors.whatsapp import WhatsAppSettings

__all__ = [
    "ChannelConnector",
    "ConnectorSettings",
    "InstagramSettings",
    "MessengerSettings",
    "RestSettings",
    "TelegramSettings",
    "TwilioSettings",
    "WhatsAppSettings",
]

ChannelConnector = (
    TwilioSettings | WhatsAppSettings | MessengerSettings | InstagramSettings | TelegramSettings | RestSettings
)
