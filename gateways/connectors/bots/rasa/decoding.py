"""Decodes the bodies of bots' answers, also those that are not quite JSON in UTF-8."""

import json
from typing import Any

import msgspec

from gateways.connectors.bots.exceptions import UnusableAnswerError

__all__ = ["MAX_BYTES", "entries_of"]

MAX_BYTES = 1024 * 1024
"""The largest body that a bot may answer with."""


def entries_of(body: bytes) -> list[Any]:
    """The entries of the answer, a list of any JSON values; an answer that is one entry counts as a list of it. What is
    no Unicode is replaced. Raises UnusableAnswerError."""
    if len(body) > MAX_BYTES:
        raise UnusableAnswerError(f"the bot's answer is larger than {MAX_BYTES} bytes")
    try:
        answer = _decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise UnusableAnswerError(f"the bot's answer is not of Rasa's REST channel: {error}") from error
    if isinstance(answer, dict | str):
        return [answer]
    if not isinstance(answer, list):
        raise UnusableAnswerError("the bot's answer is not of Rasa's REST channel: it is no list")
    return answer


def _decode(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        plain = json.loads(body.decode("utf-8", "replace"))
        return msgspec.json.decode(json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace"))
