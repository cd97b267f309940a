"""A record as one line of JSON."""

from typing import Any

import msgspec

from gateways.command_line.terminal import neutralise_json
from schemas.records import Record

__all__ = ["data_is_json", "json_line", "json_text"]

_METADATA = [name for name in Record.__struct_fields__ if name not in ("position", "data")]


def json_line(record: Record) -> str:
    """All that is recorded, ``data`` as the JSON it is; as a string if it is none."""
    line: dict[str, Any] = {"position": record.position}
    line |= {name: getattr(record, name) for name in _METADATA}
    line["data"] = msgspec.Raw(_compact(record.data))
    return neutralise_json(msgspec.json.encode(line).decode())


def json_text(record: Record) -> str:
    """The record's data, laid out to be read."""
    return neutralise_json(msgspec.json.format(_compact(record.data), indent=2).decode())


def data_is_json(record: Record) -> bool:
    try:
        msgspec.json.format(record.data.decode(), indent=-1)
    except (UnicodeDecodeError, msgspec.DecodeError):
        return False
    return True


def _compact(data: bytes) -> bytes:
    try:
        return msgspec.json.format(data.decode(), indent=-1).encode()
    except (UnicodeDecodeError, msgspec.DecodeError):
        return msgspec.json.encode(data.decode(errors="backslashreplace"))
