"""Asks Telegram whether the bot is set up, and sets it up."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from gateways.connectors.channels.connector import Finding, Line
from gateways.connectors.channels.exceptions import AnswerLostError
from gateways.connectors.channels.telegram.bot_api import ALLOWED_UPDATES, MethodAnswer, call_method, without_token
from schemas.configuration.connectors import TelegramSettings

__all__ = ["check", "set_up"]

T = TypeVar("T")

_NO_ADDRESS = Finding("fault", 'The server has no public address; set one, or set updates = "polling".')
_NO_SECRET = Finding("fault", 'The channel has no webhook_secret; name one, or set updates = "polling".')


class _Me(msgspec.Struct, frozen=True):
    username: str = ""


class _WebhookInfo(msgspec.Struct, frozen=True):
    """``last_error_date`` is in Unix seconds."""

    url: str = ""
    pending_update_count: int = 0
    last_error_date: int | None = None
    last_error_message: str | None = None
    allowed_updates: list[str] = []


async def check(line: Line[TelegramSettings]) -> list[Finding]:
    """Raises NotReachedError, AnswerLostError and SettingsError."""
    me = await call_method(line, "getMe", {})
    if not me.ok:
        return [_refusal(line, me)]
    answer = await call_method(line, "getWebhookInfo", {})
    if not answer.ok:
        return [_refusal(line, answer)]
    info = _read(answer.result, _WebhookInfo)
    found = [Finding("ok", f"The bot is @{_read(me.result, _Me).username}.")]
    about = _about_polling(info) if line.settings.updates == "polling" else _about_webhook(line, info)
    return [*found, *about]


async def set_up(line: Line[TelegramSettings]) -> list[Finding]:
    """Sets the webhook, or deletes it for polling. What waits at Telegram stays there. Raises NotReachedError,
    AnswerLostError and SettingsError."""
    if line.settings.updates == "polling":
        answer = await call_method(line, "deleteWebhook", {})
        return [Finding("ok", "The server polls; no webhook is set.") if answer.ok else _refusal(line, answer)]
    if line.public_url is None:
        return [_NO_ADDRESS]
    if line.settings.webhook_secret is None:
        return [_NO_SECRET]
    secret = line.secrets.named(line.settings.webhook_secret)
    parameters = {"url": line.public_url, "secret_token": secret, "allowed_updates": ALLOWED_UPDATES}
    answer = await call_method(line, "setWebhook", parameters)
    return [Finding("ok", f"Telegram calls {line.public_url}.") if answer.ok else _refusal(line, answer)]


def _about_polling(info: _WebhookInfo) -> Iterator[Finding]:
    if info.url:
        where = f"A webhook is set at {_host(info.url)}, so that Telegram refuses to be polled"
        yield Finding("fault", f"{where}. Set up the channel; whoever reads there hears nothing any more.")
    else:
        yield _waiting(info, "The server polls")


def _about_webhook(line: Line[TelegramSettings], info: _WebhookInfo) -> Iterator[Finding]:
    if line.public_url is None:
        yield _NO_ADDRESS
    elif line.settings.webhook_secret is None:
        yield _NO_SECRET
    elif not info.url:
        yield Finding("fault", "No webhook is set. Set up the channel.")
    elif info.url != line.public_url:
        yield Finding("fault", f"The webhook is set to another address, at {_host(info.url)}. Set up the channel.")
    else:
        yield from _calls(line, info)


def _calls(line: Line[TelegramSettings], info: _WebhookInfo) -> Iterator[Finding]:
    """What Telegram says of its calls. An error is the last one, and may be over."""
    yield _waiting(info, f"Telegram calls {line.public_url}")
    if missing := [kind for kind in ALLOWED_UPDATES if info.allowed_updates and kind not in info.allowed_updates]:
        yield Finding("fault", f"Telegram does not send {', '.join(missing)}. Set up the channel.")
    if info.last_error_message is not None:
        at = datetime.fromtimestamp(info.last_error_date or 0, UTC).isoformat(timespec="seconds")
        words = without_token(line, info.last_error_message)[:300]
        yield Finding("warning", f"Telegram's last call that failed was at {at}: {words}")


def _waiting(info: _WebhookInfo, words: str) -> Finding:
    if info.pending_update_count:
        return Finding("warning", f"{words}; {info.pending_update_count} updates wait at Telegram.")
    return Finding("ok", f"{words}.")


def _refusal(line: Line[TelegramSettings], answer: MethodAnswer) -> Finding:
    if not answer.is_genuine:
        words = f"{_host(line.settings.base_url)} answers with status {answer.status}, and not as Telegram does"
        return Finding("fault", f"{words}. Check base_url, and proxies on the way.")
    if answer.code in (401, 404):
        return Finding("fault", "Telegram does not know the bot's token. Copy it from @BotFather again.")
    return Finding("fault", f"Telegram refuses ({answer.code}): {answer.description}")


def _host(url: str) -> str:
    """Others put the token, or a secret of theirs, in the rest of the address."""
    return urlsplit(url).hostname or "an address without a host"


def _read(result: object, type_: type[T]) -> T:
    try:
        return msgspec.convert(result, type_)
    except msgspec.ValidationError as error:
        raise AnswerLostError(f"Telegram's answer is not as documented: {error}") from None
