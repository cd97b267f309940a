"""Reading the lines of an export."""

import re
from collections.abc import Iterator
from itertools import count
from typing import IO

import msgspec

from gateways.command_line.events.cloud_events import record_of
from gateways.command_line.events.exceptions import ExportLineError
from gateways.inspection.cloud_events import CloudEvent
from schemas.records import Record

__all__ = ["exported_records"]

_MAX_LINE_BYTES = 32 * 1024 * 1024
_NAMED = re.compile(r"(?P<what>missing|unknown) .*field `(?P<field>.*?)`|at `\$\.(?P<path>\w+)")
_AGAIN = "the file is damaged or was cut off; export it again"
_EXPECTED = {
    "specversion": 'must be "1.0"',
    "source": 'must be "/hybridchat"; no other events can be imported',
    "time": "must be a time in UTC with microseconds, such as 2026-11-22T10:00:00.000000Z",
    "datacontenttype": 'must be "application/json"',
    "position": "must be a whole number from 1",
    "streamversion": "must be a whole number from 1",
    "schemaversion": "must be a whole number from 1",
    "correlationid": "must be a text",
    "causationid": "must be a text",
    "actor": "must be a text",
    "data": "must be JSON",
}
_EXPECTED_TEXT = "must be a text that is not empty"

_decoder = msgspec.json.Decoder(CloudEvent)


def exported_records(file: IO[bytes]) -> Iterator[tuple[int, int, Record]]:
    """Yields each line's number, its length in bytes and its record. Raises ExportLineError at a line that is wrong."""
    for number in count(1):
        line = _read_line(file, number)
        if not line:
            return
        yield number, len(line), _record(number, line)


def _read_line(file: IO[bytes], number: int) -> bytes:
    try:
        line = file.readline(_MAX_LINE_BYTES + 1)
    except OSError as error:
        raise ExportLineError(number, "", f"cannot be read: {error.strerror}") from error
    if len(line) > _MAX_LINE_BYTES:
        raise ExportLineError(
            number, "", f"is longer than {_MAX_LINE_BYTES:,} bytes, and no event is that long; {_AGAIN}"
        )
    return line


def _record(number: int, line: bytes) -> Record:
    try:
        event = _decoder.decode(line)
    except msgspec.ValidationError as error:
        raise _misfit(number, str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExportLineError(number, "", f"is no JSON object: {error}; {_AGAIN}") from error
    try:
        return record_of(event)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExportLineError(number, "data", f"is no JSON: {error}; {_AGAIN}") from error


def _misfit(number: int, problem: str) -> ExportLineError:
    named = _NAMED.search(problem)
    if named is None:
        return ExportLineError(number, "", f"is no CloudEvent, which is a JSON object; {_AGAIN}")
    attribute = named["field"] or named["path"]
    if named["what"] == "unknown":
        return ExportLineError(number, attribute, "is no attribute of an exported event and would be lost; remove it")
    missing = "is missing and " if named["what"] else ""
    return ExportLineError(number, attribute, missing + _EXPECTED.get(attribute, _EXPECTED_TEXT))
