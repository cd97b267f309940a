"""Updates of the Bot API, and what they are in the words that all channels share."""

import re
from datetime import UTC, datetime
from typing import Any, get_args

import msgspec

from gateways.connectors.channels.exceptions import UnreadableRequestError
from gateways.connectors.channels.inbound import (
    Inbound,
    InboundContact,
    InboundCustomer,
    InboundItem,
    InboundMessage,
)
from gateways.connectors.channels.telegram.messages import Chat, TelegramMessage, User, content_of, line_of
from schemas.configuration.fields import Language
from schemas.posting import PostedText

__all__ = ["read_body", "read_update"]

_LANGUAGE = re.compile(next(meta.pattern for meta in get_args(Language) if isinstance(meta, msgspec.Meta)) or "")
_NO_TITLE = "[button]"
_STANDINGS = {
    "kicked": (False, "The customer has blocked the bot on Telegram."),
    "member": (True, "The customer has unblocked the bot on Telegram."),
}


class _CallbackQuery(msgspec.Struct, frozen=True):
    id: str
    from_: User = msgspec.field(name="from")
    message: TelegramMessage | None = None
    data: str | None = None


class _ChatMember(msgspec.Struct, frozen=True):
    status: str


class _MemberUpdate(msgspec.Struct, frozen=True):
    chat: Chat
    new_chat_member: _ChatMember


class _Update(msgspec.Struct, frozen=True):
    """``message`` is read by itself, so that what is no text in it can be named."""

    update_id: int
    message: dict[str, Any] | None = None
    callback_query: _CallbackQuery | None = None
    my_chat_member: _MemberUpdate | None = None


def read_body(body: bytes) -> Inbound:
    """What a webhook's request holds. Raises UnreadableRequestError when it is no update at all."""
    try:
        update = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UnreadableRequestError("the body is not JSON") from None
    if not isinstance(update, dict) or "update_id" not in update:
        raise UnreadableRequestError("the body is no update")
    return read_update(update)


def read_update(update: dict[str, Any]) -> Inbound:
    """What an update holds. What cannot be used is left out."""
    try:
        read = msgspec.convert(update, _Update)
        found = _item(read, update)
    except msgspec.ValidationError as error:
        found = f"is not as documented: {error}"
    if isinstance(found, str):
        return Inbound(items=[], left_out=[f"the update {_id_in_words(update)} {found}"])
    return Inbound(items=[found])


def _item(read: _Update, update: dict[str, Any]) -> InboundItem | str:
    """The item, or why there is none."""
    if read.message is not None:
        return _message(read.message)
    if read.callback_query is not None:
        return _press(read.callback_query)
    if read.my_chat_member is not None:
        return _standing(read.my_chat_member)
    if "edited_message" in update:
        return "changes a message, which stays as it was first sent"
    return f"is of another kind: {_names_of(update, 'update_id')}"


def _message(raw: dict[str, Any]) -> InboundMessage | str:
    message = msgspec.convert(raw, TelegramMessage)
    if (reason := _no_customer(message.chat, message.from_)) is not None:
        return reason
    content = content_of(message, raw)
    if content is None:
        return f"holds nothing that can be shown: {_names_of(raw, 'message_id', 'date', 'chat', 'from')}"
    return InboundMessage(
        provider_id=f"{message.chat.id}:{message.message_id}",
        customer=_customer(message.chat, message.from_),
        content=content,
        sent_at=_instant(message.date),
    )


def _press(query: _CallbackQuery) -> InboundMessage | str:
    message, token = query.message, query.data
    if message is None or token is None:
        return "is a press of a button that is not of this server"
    if (reason := _no_customer(message.chat, query.from_)) is not None:
        return reason
    return InboundMessage(
        provider_id=query.id,
        customer=_customer(message.chat, query.from_),
        content=PostedText(message.title_of(token) or _NO_TITLE),
        token=token,
        pressed_id=f"{message.chat.id}:{message.message_id}",
    )


def _standing(update: _MemberUpdate) -> InboundContact | str:
    status = update.new_chat_member.status
    if update.chat.type != "private" or status not in _STANDINGS:
        return f"makes the bot {status!r} in a {update.chat.type} chat, which concerns no customer"
    reachable, reason = _STANDINGS[status]
    return InboundContact(customer_id=str(update.chat.id), reachable=reachable, reason=reason)


def _no_customer(chat: Chat, user: User | None) -> str | None:
    if chat.type != "private":
        return f"comes from a {chat.type} chat; the bot serves private chats alone"
    return "comes from a bot" if user is not None and user.is_bot else None


def _customer(chat: Chat, user: User | None) -> InboundCustomer:
    """A username is no alias: it changes hands."""
    name = " ".join(part for part in (user.first_name, user.last_name) if part) if user is not None else ""
    language = user.language_code if user is not None else None
    return InboundCustomer(
        id=str(chat.id),
        name=line_of(name),
        language=language if language is not None and _LANGUAGE.match(language) else None,
    )


def _instant(seconds: int) -> datetime | None:
    """0 stands for a message that the bot may not see any more."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (OverflowError, OSError, ValueError):
        return None


def _names_of(fields: dict[str, Any], *without: str) -> str:
    return ", ".join(sorted(name[:64] for name in fields if name not in without)[:10]) or "nothing"


def _id_in_words(update: dict[str, Any]) -> str:
    number = update.get("update_id")
    return str(number) if isinstance(number, int) else "without a number"
