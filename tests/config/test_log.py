"""The log's lines, readable and as JSON."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from config import SettingsError, load_settings
from config.log import FIELDS, REQUEST_ID, LogSettings, set_up_log

_logger = logging.getLogger("tests.log")


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def written(settings: LogSettings) -> io.StringIO:
    stream = io.StringIO()
    set_up_log(settings, stream)
    return stream


def test_a_readable_line_has_the_instant_in_utc_and_cannot_be_forged() -> None:
    stream = written(LogSettings())
    record = _logger.makeRecord(
        _logger.name, logging.WARNING, "", 0, "bot %s failed", ("x\nERROR all is lost\x1b[2J",), None
    )
    record.created = 1795341600.5
    setattr(record, FIELDS, {"code": "a\nb"})
    _logger.handle(record)
    assert stream.getvalue() == (
        "2026-11-22T10:00:00.500Z WARNING tests.log: bot x\\nERROR all is lost\\x1b[2J failed code=a\\nb\n"
    )


def test_a_line_of_json_has_all_that_is_known() -> None:
    stream = written(LogSettings(format="json"))
    token = REQUEST_ID.set("r-1")
    try:
        assert 1 // (0 * 1)
    except ZeroDivisionError:
        _logger.exception("it failed", extra={FIELDS: {"event": "login"}})
    finally:
        REQUEST_ID.reset(token)
    (line,) = stream.getvalue().splitlines()
    entry = json.loads(line)
    assert entry["at"].endswith("Z")
    assert entry["exception"].endswith("ZeroDivisionError: integer division or modulo by zero")
    del entry["at"], entry["exception"]
    assert entry == {
        "level": "error",
        "logger": "tests.log",
        "message": "it failed",
        "request_id": "r-1",
        "event": "login",
    }


def test_entries_below_the_level_are_left_out() -> None:
    stream = written(LogSettings(level="warning"))
    _logger.info("all is well")
    _logger.warning("look here")
    assert stream.getvalue().count("\n") == 1


def test_a_refused_web_socket_is_no_fault_of_the_application() -> None:
    stream = written(LogSettings())
    logging.getLogger("uvicorn.error").error("ASGI callable returned without completing handshake.")
    logging.getLogger("uvicorn.error").error("Exception in ASGI application")
    assert "handshake" not in stream.getvalue()
    assert stream.getvalue().endswith("Z ERROR uvicorn.error: Exception in ASGI application\n")


def test_wrong_settings_of_the_log_are_named_with_what_is_allowed() -> None:
    with pytest.raises(SettingsError, match=r"log\.format: Invalid enum value 'xml'; write one of readable, json"):
        load_settings(base={"log": {"format": "xml"}}, environment={})
