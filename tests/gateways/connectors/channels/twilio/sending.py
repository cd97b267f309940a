"""Pieces on their way to customers."""

from gateways.connectors.channels.connector import OutboundPiece, Recipient
from gateways.connectors.channels.pieces import Piece, TextPiece
from tests.gateways.connectors.channels.twilio.requests import MESSAGE_ID

__all__ = ["CONVERSATION", "CUSTOMER", "ON_WHATSAPP", "outbound"]

CONVERSATION = "018f0000-0000-7000-8000-0000000000c0"
CUSTOMER = Recipient(customer_id="+15005550009", conversation_id=CONVERSATION)
ON_WHATSAPP = Recipient(
    customer_id="whatsapp:AT.1a2b", conversation_id=CONVERSATION, last_inbound_id=f"SM{'9' * 32}:1", seconds_since=60.0
)


def outbound(piece: Piece | str) -> OutboundPiece:
    return OutboundPiece(
        message_id=MESSAGE_ID, number=0, piece=TextPiece(piece) if isinstance(piece, str) else piece, by_human=True
    )
