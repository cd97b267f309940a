"""The log: one line an entry, to read or as JSON, in UTC, for the server and for the process beside it."""

import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

import msgspec

__all__ = ["FIELDS", "REQUEST_ID", "LogSettings", "set_up_log"]

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request in whose course an entry is written; empty outside of requests."""

FIELDS = "hybridchat_fields"
"""The attribute of a log record that holds further fields of the entry."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WITHOUT_HANDSHAKE = "ASGI callable returned without completing handshake."


class LogSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Entries below ``level`` are left out."""

    format: Literal["readable", "json"] = "readable"
    level: Literal["debug", "info", "warning", "error"] = "info"


def set_up_log(settings: LogSettings, stream: TextIO | None = None) -> None:
    """Replaces what was set up before. The framework's own loggers write through the same handler."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if settings.format == "json" else ReadableLines())
    handler.addFilter(_is_worth_a_line)
    root = logging.getLogger()
    for former in root.handlers[:]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(settings.level.upper())


class ReadableLines(logging.Formatter):
    """``2026-11-22T10:00:00.123Z WARNING gateways.x: what happened code=scope_missing [request 7f-1]``. No text can
    begin a line of its own but a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        parts = [f"{_instant(record)} {record.levelname} {record.name}: {_one_line(record.getMessage())}"]
        parts += [f"{name}={_one_line(str(value))}" for name, value in _fields(record).items()]
        if request_id := REQUEST_ID.get():
            parts.append(f"[request {request_id}]")
        line = " ".join(parts)
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonLines(logging.Formatter):
    """One JSON object a line, with ``at``, ``level``, ``logger``, ``message``, and ``request_id``, further fields and
    ``exception`` where there are any."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": _instant(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := REQUEST_ID.get():
            entry["request_id"] = request_id
        entry |= _fields(record)
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return msgspec.json.encode(entry, enc_hook=str).decode()


def _instant(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] = getattr(record, FIELDS, {})
    return fields


def _one_line(text: str) -> str:
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """uvicorn takes every WebSocket that is refused with an answer for a fault of the application."""
    return record.msg != _WITHOUT_HANDSHAKE
