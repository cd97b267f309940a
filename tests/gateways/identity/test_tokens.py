"""Tokens, without a server."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.http.principal import Principal
from gateways.identity.exceptions import ExpiredTokenError, InvalidTokenError
from gateways.identity.tokens import Tokens
from tests.gateways.identity.test_authentication import encoded
from tests.gateways.tokens import claims_of, signed

SECRET = "0123456789abcdef" * 4
PAYLOAD, SIGNATURE = Tokens(SECRET).issue("agent", "alice", 1_700_000_000, 2_000_000_000).split(".")[1:]

OF_AN_AGENT = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJoeWJyaWRjaGF0IiwiYXVkIjoiYWdlbnQiLCJzdWIiOiJhbGljZSIsImlhdCI6MTcwM"
    "DAwMDAwMCwiZXhwIjo0MTAyNDQ0ODAwLCJyb2xlIjoic3VwZXJ2aXNvciIsInNpZCI6InMtMSJ9.nOfrqYAtLMCIaTsHuPNUwzmvRnTrq--5OjsKZg"
    "EB7UI"
)
OF_A_CUSTOMER = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJoeWJyaWRjaGF0IiwiYXVkIjoiY3VzdG9tZXIiLCJzdWIiOiJjLTEiLCJpYXQiOjE3M"
    "DAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwicm9sZSI6IiIsInNpZCI6IiJ9.1cqKmze53Sdcdad1l1tM8oEXLErHuSyZW1myDvlHOD8"
)
HEADERS = [
    b"[]",
    b'["alg"]',
    b'"alg"',
    b"9",
    b"null",
    b"\xff",
    b"{}",
    b'{"alg":[]}',
    b'{"alg":null}',
    b'{"alg":"none"}',
    b'{"alg":"RS256"}',
    b'{"alg":"HS512"}',
    b'{"alg":"dir","enc":"A128GCM"}',
    b'{"alg":"HS256","crit":1}',
    b'{"alg":"HS256","crit":null}',
    b'{"alg":"HS256","crit":[[]]}',
    b'{"alg":"HS256","crit":["x"],"x":1}',
    b'{"alg":"HS256","crit":["b64"],"b64":false}',
    b'{"alg":"HS256","kid":[]}',
    b"[" * 380,
    b"[" * 50_000,
]


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(SECRET)


def test_a_token_says_what_it_was_issued_with(tokens: Tokens) -> None:
    now = int(time.time())
    token = tokens.issue("agent", "alice", now, 60, role="supervisor", session_id="s-1")
    assert token == tokens.issue("agent", "alice", now, 60, role="supervisor", session_id="s-1")
    assert tokens.check(token) == Principal("agent", "alice", now + 60, "supervisor", "s-1")


def test_tokens_of_the_library_before_are_read(tokens: Tokens) -> None:
    """PyJWT made these two."""
    assert tokens.check(OF_AN_AGENT) == Principal("agent", "alice", 4_102_444_800, "supervisor", "s-1")
    assert tokens.check(OF_A_CUSTOMER) == Principal("customer", "c-1", 4_102_444_800, "", "")
    with pytest.raises(InvalidTokenError):
        Tokens("another secret, which is long enough").check(OF_AN_AGENT)


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_that_is_not_ours_is_refused(tokens: Tokens, header: bytes) -> None:
    for signature in (SIGNATURE, ""):
        with pytest.raises(InvalidTokenError):
            tokens.check(f"{encoded(header)}.{PAYLOAD}.{signature}")


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_another_algorithm_is_refused_though_the_secret_signed_it(tokens: Tokens, algorithm: str) -> None:
    claims = claims_of(OF_AN_AGENT)
    assert tokens.check(signed(claims, SECRET)).subject == "alice"
    with pytest.raises(InvalidTokenError):
        tokens.check(signed(claims, SECRET, algorithm))


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "exp"])
def test_a_token_without_a_claim_is_refused(tokens: Tokens, claim: str) -> None:
    claims = {name: value for name, value in claims_of(OF_AN_AGENT).items() if name != claim}
    with pytest.raises(InvalidTokenError):
        tokens.check(signed(claims, SECRET))


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "elsewhere"},
        {"aud": "application"},
        {"aud": ["agent"]},
        {"sub": 7},
        {"exp": "4102444800"},
        {"exp": float("nan")},
        {"nbf": 4_102_444_799},
        {"role": None},
    ],
)
def test_a_token_with_another_claim_is_refused(tokens: Tokens, changed: dict[str, Any]) -> None:
    with pytest.raises(InvalidTokenError):
        tokens.check(signed({**claims_of(OF_AN_AGENT), **changed}, SECRET))


def test_a_token_that_was_issued_before_the_clock_was_set_back_is_good(tokens: Tokens) -> None:
    issued = tokens.issue("customer", "c-1", int(time.time()) + 864_000, 60)
    assert tokens.check(issued).subject == "c-1"


def test_an_expired_token_is_refused_however_often_it_was_good(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ExpiredTokenError):
        tokens.check(tokens.issue("agent", "alice", int(time.time()) - 60, 60))
    tokens.check(OF_AN_AGENT)
    monkeypatch.setattr(time, "time", lambda: 4_102_444_800.0)
    with pytest.raises(ExpiredTokenError):
        tokens.check(OF_AN_AGENT)


@given(st.one_of(st.text(), st.lists(st.text(alphabet="abcXYZ019-_=+/", max_size=40)).map(".".join)))
def test_no_text_that_was_not_issued_is_a_token(text: str) -> None:
    with pytest.raises(InvalidTokenError):
        Tokens(SECRET).check(text)


@given(st.binary(max_size=60))
def test_no_header_does_more_than_be_refused(header: bytes) -> None:
    with pytest.raises(InvalidTokenError):
        Tokens(SECRET).check(f"{encoded(header)}.{PAYLOAD}.{SIGNATURE}")
