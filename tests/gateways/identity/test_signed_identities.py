"""Identities that a site has signed: which are believed, and what is said about the others."""

import base64
import hmac
import time
from typing import Any

import pytest
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from gateways.identity.exceptions import InvalidIdentityError
from gateways.identity.signed_identities import MAX_LIFETIME, SignedIdentity, check_identity
from schemas.configuration import Channel, IdentityKey
from tests.gateways.identity.signing import PUBLIC_KEY, SECRET, SITE, SITE_SECRET, pem_of, signed

RSA, ED25519 = RSAKey.generate_key(2048), OKPKey.generate_key("Ed25519")
OTHER = ECKey.generate_key("P-256")
WITH_KID = ECKey.generate_key("P-256", {"kid": "2026"})


def channel(*keys: IdentityKey, **fields: Any) -> Channel:
    return Channel(queue="support", identity_keys=list(keys or (PUBLIC_KEY,)), **fields)


def jwk_of(key: RSAKey | ECKey | OKPKey) -> dict[str, str]:
    return {name: str(value) for name, value in key.as_dict(private=False).items()}


@pytest.mark.parametrize("key", [SITE, RSA, ED25519])
@pytest.mark.parametrize("as_jwk", [False, True])
def test_an_identity_is_believed_that_a_key_of_the_channel_has_signed(
    key: RSAKey | ECKey | OKPKey, as_jwk: bool
) -> None:
    of_channel = channel(pem_of(OTHER), jwk_of(key) if as_jwk else pem_of(key))
    token = signed(key, name="Ada", email="ada@example.org", phone_number="+44 20")
    assert check_identity(token, of_channel, None) == SignedIdentity("c-7", "Ada", "ada@example.org", "+44 20")


def test_an_identity_is_believed_that_the_shared_secret_has_signed() -> None:
    by_secret = Channel(queue="support", identity_secret="web_identity")
    assert check_identity(signed(SITE_SECRET), by_secret, SECRET) == SignedIdentity("c-7")


def test_the_key_may_be_named() -> None:
    named = channel(jwk_of(WITH_KID), PUBLIC_KEY)
    assert check_identity(signed(WITH_KID, header={"kid": "2026"}), named, None).subject == "c-7"
    assert check_identity(signed(header={"kid": "of the site"}), named, None).subject == "c-7"
    with pytest.raises(InvalidIdentityError, match="kid"):
        check_identity(signed(WITH_KID, header={"kid": "2025"}), channel(jwk_of(WITH_KID)), None)


def test_an_identity_is_of_the_issuer_and_for_the_audience_of_the_channel() -> None:
    strict = channel(identity_issuer="https://shop.example", identity_audience="chat")
    assert check_identity(signed(iss="https://shop.example", aud=["mail", "chat"]), strict, None).subject == "c-7"
    refused: list[tuple[dict[str, Any], str]] = [
        ({"aud": "chat"}, "issuer"),
        ({"iss": "https://evil.example", "aud": "chat"}, "issuer"),
        ({"iss": "https://shop.example"}, "audience"),
        ({"iss": "https://shop.example", "aud": "chats"}, "audience"),
    ]
    for claims, fault in refused:
        with pytest.raises(InvalidIdentityError, match=fault):
            check_identity(signed(**claims), strict, None)


class FromNow(int):
    """Seconds from the time at which the test runs."""


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ({"sub": None}, "sub"),
        ({"sub": ""}, "sub"),
        ({"sub": 7}, "sub"),
        ({"sub": "s" * 257}, "sub"),
        ({"exp": None}, "exp"),
        ({"exp": "tomorrow"}, "exp"),
        ({"exp": FromNow(-120), "iat": None}, "expired"),
        ({"exp": FromNow(MAX_LIFETIME + 600), "iat": None}, "too long"),
        ({"iat": FromNow(-MAX_LIFETIME)}, "too long"),
        ({"iat": FromNow(120)}, "not valid yet"),
        ({"nbf": FromNow(120)}, "not valid yet"),
        ({"name": "n" * 257}, "name"),
    ],
)
def test_claims_that_are_missing_wrong_or_of_another_time_are_named(claims: dict[str, Any], fault: str) -> None:
    now = int(time.time())
    timed: dict[str, Any] = {
        name: now + value if isinstance(value, FromNow) else value for name, value in claims.items()
    }
    with pytest.raises(InvalidIdentityError, match=fault):
        check_identity(signed(**timed), channel(), None)


@pytest.mark.parametrize("key", [OTHER, RSA, ED25519, SITE_SECRET])
def test_an_identity_that_another_key_has_signed_is_refused(key: Key) -> None:
    with pytest.raises(InvalidIdentityError, match=r"signature that fits none|has no key"):
        check_identity(signed(key), channel(), None)


def test_a_public_key_is_not_taken_for_a_shared_secret() -> None:
    content = ".".join(_encoded(part) for part in (b'{"alg":"HS256"}', b'{"sub":"c-7","exp":9e9}'))
    forged = f"{content}.{_encoded(hmac.digest(PUBLIC_KEY.encode(), content.encode(), 'sha256'))}"
    for secret in (None, SECRET):
        with pytest.raises(InvalidIdentityError, match=r"has no key|fits none"):
            check_identity(forged, channel(), secret)


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


def test_an_identity_without_a_signature_is_refused() -> None:
    _, claims, signature = signed().split(".")
    for algorithm in ("none", "None", "HS512", ""):
        header = _encoded(f'{{"alg":"{algorithm}"}}'.encode())
        for last in ("", signature):
            with pytest.raises(InvalidIdentityError, match="algorithm"):
                check_identity(f"{header}.{claims}.{last}", channel(), None)


def test_an_identity_that_was_altered_is_refused() -> None:
    header, _, signature = signed().split(".")
    other = signed(sub="c-8").split(".")[1]
    with pytest.raises(InvalidIdentityError, match="signature"):
        check_identity(f"{header}.{other}.{signature}", channel(), None)


@pytest.mark.parametrize("token", ["", "a", "a.b", "a.b.c", "...", "a.b.c.d", "[].e30.e30", "é.e30.e30", "W10.e30.e30"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(InvalidIdentityError):
        check_identity(token, channel(), SECRET)


def test_a_header_that_must_be_understood_is_refused() -> None:
    header = _encoded(b'{"alg":"ES256","crit":["b64"],"b64":false}')
    _, claims, signature = signed().split(".")
    with pytest.raises(InvalidIdentityError, match="crit"):
        check_identity(f"{header}.{claims}.{signature}", channel(), None)
