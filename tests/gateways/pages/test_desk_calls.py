"""Whatever the Agent API can do has a control: at the desk, on the floor, or in what both have around them."""

import re
from pathlib import Path

import pytest

from gateways.application.application import API
from gateways.http.endpoints import Endpoint

_PAGES = Path(__file__).parents[3] / "gateways" / "pages"
_FOLDERS = ("desk", "floor", "base")
_OF_BROWSER = {"GET /agent/v1/openid/login", "GET /agent/v1/openid/callback"}
"""The browser itself goes there, led by what ``GET /agent/v1/login-options`` says."""
_BY_ADDRESS = ("/events", "/floor", "/login-options", "/attachments/{attachment_id}")
"""Feeds are followed by their addresses alone, and what is no JSON is read by them."""
_SCRIPTS = "\n".join(
    path.read_text(encoding="utf-8") for folder in _FOLDERS for path in sorted((_PAGES / folder).rglob("*.js"))
)


def operations() -> list[str]:
    found = [f"{each.method if isinstance(each, Endpoint) else 'GET'} {each.path}" for each in API]
    return [each for each in found if each.split()[1].startswith("/agent/v1") and each not in _OF_BROWSER]


def calls(operation: str) -> re.Pattern[str]:
    """The call in a script; a value stands in place of each parameter, and of the one word in which ways differ."""
    method, path = operation.split()
    segments = [r"\$\{[^}]+\}" if "{" in segment else re.escape(segment) for segment in path[1:].split("/")]
    whole = "/".join(segments)
    way = "/".join([*segments[:-1], r"\$\{way\}"]) if segments[-1] in ("transfer", "consult", "conference") else whole
    uploads = method == "POST" and path.endswith("/attachments")
    named = "" if uploads or path.endswith(_BY_ADDRESS) else f"{method} "
    return re.compile(rf"[\"`}}]{named}(?:{whole}|{way})[\"`?]")


@pytest.mark.parametrize("operation", operations())
def test_the_operation_has_a_control(operation: str) -> None:
    assert calls(operation).search(_SCRIPTS), operation


def test_a_call_that_no_page_makes_would_be_found() -> None:
    assert not calls("POST /agent/v1/conversations/{id}/nothing").search(_SCRIPTS)
    assert len(operations()) > 40
