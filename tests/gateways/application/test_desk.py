"""The agent desktop is held in frames of the configured origins alone."""

import re

import pytest

from config import DeskSettings, SettingsError, load_settings
from gateways.application.desk import desk_headers

FINESSE = ["https://fin1.example.com:8445", "https://fin2.example.com:8445"]


def ancestors(embed: str | None, *origins: str) -> str:
    policy = desk_headers(DeskSettings(embed_origins=list(origins)), embed)["Content-Security-Policy"]
    (found,) = re.findall(r"frame-ancestors ([^;]+);", policy)
    return str(found)


@pytest.mark.parametrize("embed", [None, ""])
def test_nobody_holds_a_desktop_that_is_not_meant_for_it(embed: str | None) -> None:
    assert ancestors(embed, *FINESSE) == "'none'"


@pytest.mark.parametrize("embed", ["crm", "finesse", "'; script-src *", "*"])
def test_the_configured_origins_alone_hold_one_that_is(embed: str) -> None:
    assert ancestors(embed) == "'none'"
    assert ancestors(embed, *FINESSE) == " ".join(FINESSE)


def test_origins_stand_as_browsers_compare_them() -> None:
    given = (
        "https://CRM.example.com/",
        "https://crm.example.com:443",
        "https://*.example.org",
        "https://bücher.example",
    )
    assert ancestors("crm", *given) == "https://crm.example.com https://*.example.org https://xn--bcher-kva.example"


def test_the_desktop_shows_files_from_memory() -> None:
    headers = desk_headers(DeskSettings(), None)
    assert "img-src 'self' blob: https:;" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "crm.example.com",
        "http://crm.example.com",
        "https://crm.example.com/desk",
        "https://crm.example.com; script-src *",
        "https://crm.example.com;script-src",
        "https://crm.example.com,https://evil.example",
        "https://'self'",
        "https://crm.example.com\n",
        "javascript:alert(1)",
        "",
    ],
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(SettingsError, match=r"desk\.embed_origins\[0\]"):
        load_settings(base={"desk": {"embed_origins": [origin]}}, environment={})


def test_origins_come_from_the_environment_too() -> None:
    settings = load_settings(environment={"HYBRIDCHAT__DESK__EMBED_ORIGINS": '["https://crm.example.com"]'})
    assert settings.desk.embed_origins == ["https://crm.example.com"]
