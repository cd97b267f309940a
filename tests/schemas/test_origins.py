"""Origins are kept as browsers send them, and name subdomains and apps."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.origins import is_origin, normal_origin, origin_matches, origins_regex


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("HTTPS://WWW.Example.org", "https://www.example.org"),
        ("https://www.example.org/", "https://www.example.org"),
        ("https://www.example.org:443", "https://www.example.org"),
        ("http://localhost:80", "http://localhost"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("https://stra\u00dfe.example", "https://xn--strae-oqa.example"),
        ("https://[0:0:0:0:0:0:0:1]:8443", "https://[::1]:8443"),
        ("https://*.Example.org", "https://*.example.org"),
        ("capacitor://localhost", "capacitor://localhost"),
        ("chrome-extension://abcdefghijklmnop", "chrome-extension://abcdefghijklmnop"),
        ("file://", "file://"),
        ("null", "null"),
        ("*", "*"),
    ],
)
def test_an_origin_is_kept_as_browsers_send_it(written: str, kept: str) -> None:
    assert is_origin(written)
    assert normal_origin(written) == kept
    assert normal_origin(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "www.example.org",
        "https://",
        "https://a/b",
        "https://a@b",
        "https://*",
        "https://a.*.b",
        "https://a:b",
        "https://[1]",
    ],
)
def test_what_is_no_origin_stays_as_it_is(text: str) -> None:
    assert not is_origin(text)
    assert normal_origin(text) == text


@pytest.mark.parametrize(
    ("allowed", "origin", "matches"),
    [
        ("*", "https://a.example", True),
        ("https://a.example", "https://a.example", True),
        ("https://a.example", "https://b.a.example", False),
        ("https://*.a.example", "https://b.a.example", True),
        ("https://*.a.example", "https://c.b.a.example", True),
        ("https://*.a.example", "https://a.example", False),
        ("https://*.a.example", "https://evil-a.example", False),
        ("https://*.a.example", "http://b.a.example", False),
        ("https://*.a.example", "https://b.a.example:8443", False),
        ("https://*.a.example:8443", "https://b.a.example:8443", True),
        ("https://*.a.example", "https://b.a.example.evil", False),
    ],
)
def test_subdomains_are_of_the_domain_that_is_named(allowed: str, origin: str, matches: bool) -> None:
    assert origin_matches(allowed, origin) is matches
    if allowed != "*":
        regex = origins_regex({allowed, "https://other.example"})
        assert (allowed == origin or bool(regex and re.fullmatch(regex, origin))) is matches


@given(st.text(max_size=40) | st.from_regex(r"[a-z]+://[^/]{0,20}"))
def test_any_text_has_one_normal_form(text: str) -> None:
    assert normal_origin(normal_origin(text)) == normal_origin(text)
