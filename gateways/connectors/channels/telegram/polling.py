"""Asks Telegram for updates, where Telegram cannot call the server."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import msgspec

from config import SettingsError
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import ChannelError
from gateways.connectors.channels.inbound import Inbound
from gateways.connectors.channels.telegram.bot_api import ALLOWED_UPDATES, MethodAnswer, call_method
from gateways.connectors.channels.telegram.inbound import read_update
from projections.runner.log_once import LogOnce
from schemas.configuration.connectors import TelegramSettings

__all__ = ["poll"]

_CONFLICT = 409
_WAIT_SECONDS = 20
"""How long Telegram waits for an update before it answers that there is none; less than a call may take."""
_BATCH = 20
"""Together, so many updates of the longest texts are within the largest answer that is read."""


class _NoUpdatesError(ChannelError):
    """Raised when Telegram gives no updates, and says why."""

    def __init__(self, words: str, retry_after: float | None = None) -> None:
        super().__init__(words)
        self.retry_after = retry_after


class _Numbered(msgspec.Struct):
    update_id: int


async def poll(
    line: Line[TelegramSettings], *, first_pause: float = 1.0, max_pause: float = 60.0
) -> AsyncGenerator[list[Inbound], None]:
    """What customers write, as it comes. An update is confirmed to Telegram when the caller asks for the next list, and
    comes again if the caller does not: by then it has to be durable.

    Never ends by itself. What keeps Telegram from answering is logged once, also that a webhook is set or that another
    program asks, and Telegram is asked again after pauses that grow."""
    log_once = LogOnce(f"channel {line.channel}")
    offset: int | None = None
    failures = 0
    while True:
        try:
            # After a failure a single update is asked for, because the answer may have been too large to be read.
            updates = await _updates(line, offset, 1 if failures else _BATCH)
        except (ChannelError, SettingsError) as error:
            failures += 1
            log_once.warn(str(error))
            wished = error.retry_after if isinstance(error, _NoUpdatesError) else None
            await asyncio.sleep(wished or min(max_pause, first_pause * 2 ** min(failures - 1, 10)))
            continue
        failures = 0
        log_once.resolved()
        if updates:
            yield [read_update(update) for update in updates]
            offset = max(update["update_id"] for update in updates) + 1


async def _updates(line: Line[TelegramSettings], offset: int | None, limit: int) -> list[dict[str, Any]]:
    """Raises ChannelError and SettingsError. To ask again loses nothing, whatever became of the call."""
    parameters: dict[str, Any] = {"timeout": _WAIT_SECONDS, "limit": limit, "allowed_updates": ALLOWED_UPDATES}
    if offset is not None:
        parameters["offset"] = offset
    answer = await call_method(line, "getUpdates", parameters)
    if not answer.is_genuine:
        raise _NoUpdatesError(f"an answer of status {answer.status} is not of the Bot API, or is too large")
    if not answer.ok:
        raise _NoUpdatesError(_words_of(answer), answer.retry_after)
    try:
        msgspec.convert(answer.result, list[_Numbered])
    except msgspec.ValidationError as error:
        raise _NoUpdatesError(f"Telegram's updates are not as documented: {error}") from None
    updates: list[dict[str, Any]] = answer.result
    return updates


def _words_of(answer: MethodAnswer) -> str:
    if answer.code == _CONFLICT and "webhook" in answer.description.lower():
        return "a webhook is set for the bot, and Telegram refuses to be polled as well: set up the channel"
    if answer.code == _CONFLICT:
        return "another program polls with the bot's token, and Telegram answers one alone: stop it"
    return f"Telegram refuses to be polled ({answer.code}): {answer.description}"
