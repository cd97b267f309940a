"""Sends pieces to customers, once each, and deals with buttons that were pressed."""

from contextlib import suppress

from gateways.connectors.channels.connector import Line, OutboundPiece, Recipient
from gateways.connectors.channels.exceptions import ChannelError
from gateways.connectors.channels.inbound import InboundMessage
from gateways.connectors.channels.pieces import MediaPiece, Piece
from gateways.connectors.channels.telegram.bot_api import MethodAnswer, call_method
from gateways.connectors.channels.telegram.media import form_of
from gateways.connectors.channels.telegram.methods import Method, chat_id_of, methods_of
from gateways.connectors.channels.telegram.outcomes import outcome_of
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import TelegramSettings
from schemas.posting import PostedText

__all__ = ["remove_buttons", "send_piece", "show_typing"]

_MAX_NOTICE = 200


async def send_piece(line: Line[TelegramSettings], recipient: Recipient, piece: OutboundPiece) -> Outcome:
    """Sends the piece; where Telegram refuses a file in its best form, in the next best. Raises NotReachedError,
    AnswerLostError and SettingsError."""
    chat_id = chat_id_of(recipient.customer_id)
    if chat_id is None:
        return Outcome(kind="recipient_refused", detail="the customer's id is not that of a private chat of Telegram")
    outcome = Outcome(kind="message_refused", detail="Telegram has no messages of this kind")
    content = await _content(line, piece.piece)
    for method in methods_of(piece.piece):
        answer = await _call(line, chat_id, method, piece.piece, content)
        if answer.new_chat_id is not None:  # the chat has moved, and the message was refused where it was before
            answer = await _call(line, answer.new_chat_id, method, piece.piece, content)
        outcome = outcome_of(answer)
        if outcome.kind != "message_refused":
            break
    return outcome


async def show_typing(line: Line[TelegramSettings], recipient: Recipient) -> None:
    """Lasts for 5 seconds or until the next message."""
    chat_id = chat_id_of(recipient.customer_id)
    if chat_id is not None:
        with suppress(ChannelError):
            await call_method(line, "sendChatAction", {"chat_id": chat_id, "action": "typing"})


async def remove_buttons(line: Line[TelegramSettings], message: InboundMessage) -> None:
    """Ends the waiting that a pressed button shows, with its title as a notice, for the chat does not hold the press.
    Then takes the buttons away, which could be pressed again. Telegram refuses what is too old or has been done."""
    if message.token is None or message.pressed_id is None:
        return
    chat_id, _, message_id = message.pressed_id.partition(":")
    with suppress(ChannelError):
        await call_method(line, "answerCallbackQuery", {"callback_query_id": message.provider_id, **_notice(message)})
    with suppress(ChannelError):
        parameters = {"chat_id": int(chat_id), "message_id": int(message_id)}
        await call_method(line, "editMessageReplyMarkup", parameters)


def _notice(message: InboundMessage) -> dict[str, str]:
    return {"text": message.content.text[:_MAX_NOTICE]} if isinstance(message.content, PostedText) else {}


async def _content(line: Line[TelegramSettings], piece: Piece) -> bytes:
    if isinstance(piece, MediaPiece) and piece.url is None:
        return await line.media.read(piece)
    return b""


async def _call(
    line: Line[TelegramSettings], chat_id: int, method: Method, piece: Piece, content: bytes
) -> MethodAnswer:
    parameters = {"chat_id": chat_id, **method.parameters}
    if method.upload is None or not isinstance(piece, MediaPiece):
        return await call_method(line, method.name, parameters)
    return await call_method(line, method.name, parameters, form_of(parameters, method.upload, piece, content))
