"""SMS and WhatsApp over Twilio: ``faults`` has its error codes in words, ``content`` the templates for buttons, and
``looking_up`` finds out whether Twilio has a message of which the answer was lost.

Source: https://www.twilio.com/docs.
"""

from gateways.connectors.channels.twilio.connector import TwilioConnector

__all__ = ["TwilioConnector"]
