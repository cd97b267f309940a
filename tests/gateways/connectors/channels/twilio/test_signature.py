"""Requests that Twilio has signed are told from all others."""

import hashlib
from typing import Literal
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.channels.inbound import WebhookRequest
from gateways.connectors.channels.twilio.signature import RETRIES, signature_of, signed_fields
from tests.gateways.connectors.channels.twilio.requests import KEY, KEY_NAME, TOKEN, URL

Pairs = list[tuple[str, str]]

_FORM = "application/x-www-form-urlencoded; charset=UTF-8"
_MESSAGE = [
    ("MessageSid", "SM" + "1" * 32),
    ("AccountSid", "AC" + "a" * 32),
    ("From", "+15005550009"),
    ("To", "+15005550006"),
    ("Body", "Hello & good day"),
    ("NumMedia", "0"),
]
_SIGNED = "oHS6jhh1+BHC7OfyYoL4b9Vf3VI="
_WITH_PORT = "/rlhUz0ssg2x22lxn/fHBRFAHyk="
_ID = "018f0000-0000-7000-8000-000000000001"
GOLDEN: list[tuple[str, Pairs, str, str]] = [
    (URL, _MESSAGE, _SIGNED, "9D7Q3o/uZYpJ8SZkJ4mUt58Ou7Ri5nHZZ9BTdEh3CJ4="),
    (
        URL,
        [
            ("Body", ""),
            ("ProfileName", "Jürgen 😀 محمد"),
            ("From", "whatsapp:+436641234567"),
            ("MessageSid", "SM" + "2" * 32),
        ],
        "tmUoEFNR/ks7ivecrSBAN4go1io=",
        "vf+e7FLDzivIH9occZoj6+tHEAsy+1fxQ/KCcq2bBfk=",
    ),
    (
        URL,
        [("Body", "  two\r\nlines \t"), ("MessageSid", "SM" + "3" * 32)],
        "ELMhSilwMyzBXq3SHBzI1jYvC9Q=",
        "CsqBdDuB58fFwqHG3hu76nEMDSsCcYUxYWJL0t03spE=",
    ),
    (
        URL,
        [("Tag", "b"), ("Tag", "a"), ("Tag", "b"), ("MessageSid", "SM" + "4" * 32)],
        "wd6Xh9QuYO/34kZNZZ0zPuctOsk=",
        "+EXkyu0NuCYJxKhzSiFndITGo1I9K/7PnlsbnwtOWik=",
    ),
    (
        URL,
        [("b", "1"), ("B", "2"), ("a", "3"), ("A", "4")],
        "EDifB3dYtsi5Fdhn8gR+el0FxDg=",
        "b4zX2MAxz7lr7JVl5NhHJjZvEfvqXl1RdFpExrkATDQ=",
    ),
    (
        f"https://chat.example.org:8443/hooks/connectors/v1/sms?id={_ID}&x=%2F%20y",
        [("MessageSid", "SM" + "5" * 32), ("MessageStatus", "delivered")],
        "Qmg3VTFFAMxjkDBwG76a56Tkx7A=",
        "ye8LupwQgkLQcVuDmRl011oAEAqlTrjOs1pNjselwsg=",
    ),
]
"""Addresses, fields, and their signatures with SHA-1 and SHA-256, made by the validator of twilio 9.13.0 on PyPI."""

_GET = f"{URL}?MessageSid=SM1&Body=Hi%20there&From=%2B15005550009"
_JSON = '{"MessageSid": "SM1", "Body": "Grüß Gott"}'.encode()
_JSON_URL = f"{URL}?bodySHA256={hashlib.sha256(_JSON).hexdigest()}"
GOLDEN_WITHOUT_FORM = [
    ("GET", _GET, b"", "ugfbxpddLixufhao8WHt26dzZy0=", "w8VPOgBpO7komR7GjqtHQnrboSSyyTrc5Ut7nk5Yc2A="),
    ("POST", _JSON_URL, _JSON, "7x5XlLKkti7Z22/fN+Dpu01zta8=", "tyPSsNO0xaKf8Ob/6aSD3JdaF2OA03r3Kcli/WUtonA="),
]
"""Made in the same way."""


def request(
    url: str,
    pairs: Pairs,
    signature: str | None,
    *,
    sha256: bool = False,
    key: str = KEY_NAME,
    settings: str | None = None,
) -> WebhookRequest:
    headers = {"content-type": _FORM}
    if signature is not None:
        headers["x-twilio-signature"] = signature
    if sha256 or settings is not None:
        headers["x-twilio-webhooks-signature-settings"] = settings or f"key={key},algorithm=HMAC_SHA256"
    return WebhookRequest(
        method="POST", url=url, query=url.partition("?")[2], headers=headers, body=urlencode(pairs).encode()
    )


def proven(request: WebhookRequest) -> dict[str, str]:
    return signed_fields(request, [TOKEN], {KEY_NAME: lambda: KEY})


@pytest.mark.parametrize(("url", "pairs", "sha1", "sha256"), GOLDEN)
def test_signatures_are_those_of_twilios_own_library(url: str, pairs: Pairs, sha1: str, sha256: str) -> None:
    assert signature_of(url, pairs, TOKEN) == sha1
    assert signature_of(url, pairs, KEY, "sha256") == sha256
    assert proven(request(url, pairs, sha1)) == dict(pairs)
    assert proven(request(url, pairs, sha256, sha256=True)) == dict(pairs)


@pytest.mark.parametrize(("method", "url", "body", "sha1", "sha256"), GOLDEN_WITHOUT_FORM)
@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_requests_without_a_form_are_proven(
    method: Literal["GET", "POST"], url: str, body: bytes, sha1: str, sha256: str, algorithm: str
) -> None:
    headers = {"content-type": "application/json", "x-twilio-signature": sha1 if algorithm == "sha1" else sha256}
    if algorithm == "sha256":
        headers["x-twilio-webhooks-signature-settings"] = f"key={KEY_NAME},algorithm=HMAC_SHA256"
    query = url.partition("?")[2]
    fields = proven(WebhookRequest(method=method, url=url, query=query, headers=headers, body=body))
    assert fields == (dict(parse_qsl(query)) if method == "GET" else {})


def test_a_body_that_is_not_the_one_of_the_hash_is_forged() -> None:
    headers = {"content-type": "application/json", "x-twilio-signature": GOLDEN_WITHOUT_FORM[1][3]}
    query = _JSON_URL.partition("?")[2]
    with pytest.raises(ForgedRequestError):
        proven(WebhookRequest(method="POST", url=_JSON_URL, query=query, headers=headers, body=_JSON + b" "))


def test_a_body_without_a_hash_is_forged() -> None:
    signature = signature_of(URL, [], TOKEN)
    headers = {"content-type": "application/json", "x-twilio-signature": signature}
    with pytest.raises(ForgedRequestError):
        proven(WebhookRequest(method="POST", url=URL, query="", headers=headers, body=b"{}"))


@pytest.mark.parametrize("port", ["", ":443"])
@pytest.mark.parametrize("signature", [_SIGNED, _WITH_PORT])
def test_the_usual_port_may_stand_in_the_address_or_not(port: str, signature: str) -> None:
    url = URL.replace("example.org", f"example.org{port}")
    assert proven(request(url, _MESSAGE, signature)) == dict(_MESSAGE)


def test_another_scheme_is_forged() -> None:
    with pytest.raises(ForgedRequestError):
        proven(request(URL.replace("https", "http"), _MESSAGE, _SIGNED))


def test_what_asks_for_repetitions_may_be_signed_or_not() -> None:
    assert proven(request(URL, _MESSAGE, signature_of(URL + RETRIES, _MESSAGE, TOKEN))) == dict(_MESSAGE)


def test_an_address_without_its_query_gets_it_back() -> None:
    url, pairs, sha1, _ = GOLDEN[5]
    address, _, query = url.partition("?")
    sent = request(url, pairs, sha1)
    apart = WebhookRequest(method="POST", url=address, query=query, headers=sent.headers, body=sent.body)
    assert proven(apart) == dict(pairs)


def test_of_an_address_by_number_the_port_is_found() -> None:
    url = "https://[2001:db8::1]:443/sms"
    assert proven(request(url, _MESSAGE, signature_of("https://[2001:db8::1]/sms", _MESSAGE, TOKEN)))
    assert proven(request("https://[2001:db8::1]/sms", _MESSAGE, signature_of(url, _MESSAGE, TOKEN)))


@pytest.mark.parametrize("signature", [None, "", "garbage", "ä", _SIGNED[:-1], _SIGNED + "=", _SIGNED.lower()])
def test_a_missing_or_wrong_signature_is_forged(signature: str | None) -> None:
    with pytest.raises(ForgedRequestError):
        proven(request(URL, _MESSAGE, signature))


@pytest.mark.parametrize(
    "settings",
    [
        "key=unknown,algorithm=HMAC_SHA256",
        "algorithm=HMAC_SHA256",
        f"key={KEY_NAME},algorithm=HMAC_MD5",
        f"key={KEY_NAME},algorithm=none",
        ",,=,=x,algorithm=SHA256",
    ],
)
def test_a_key_or_an_algorithm_that_is_not_configured_is_forged(settings: str) -> None:
    with pytest.raises(ForgedRequestError):
        proven(request(URL, _MESSAGE, GOLDEN[0][3], settings=settings))


def test_the_token_does_not_prove_what_a_key_has_to_sign() -> None:
    with pytest.raises(ForgedRequestError):
        proven(request(URL, _MESSAGE, signature_of(URL, _MESSAGE, TOKEN, "sha256"), sha256=True))
    with pytest.raises(ForgedRequestError):
        proven(request(URL, _MESSAGE, signature_of(URL, _MESSAGE, KEY)))


def test_a_request_may_name_the_algorithm_of_the_token() -> None:
    assert proven(request(URL, _MESSAGE, _SIGNED, settings="algorithm=HMAC_SHA1"))


@pytest.mark.parametrize("body", [b"\xff", b"Body=%ff", b"&".join([b"a=1"] * 1001)])
def test_a_form_that_cannot_be_read_is_forged(body: bytes) -> None:
    headers = {"content-type": _FORM, "x-twilio-signature": _SIGNED}
    with pytest.raises(ForgedRequestError):
        proven(WebhookRequest(method="POST", url=URL, query="", headers=headers, body=body))


@pytest.mark.parametrize(
    "url", ["https://chat.example.org:x/sms", "https://[::1/sms", "https://chat.example.org:99999/"]
)
def test_an_address_that_cannot_be_read_is_forged(url: str) -> None:
    with pytest.raises(ForgedRequestError):
        proven(request(url, _MESSAGE, _SIGNED))


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_PAIRS = st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=8)


@given(_PAIRS, st.data())
def test_any_form_is_proven_and_any_change_of_it_is_forged(pairs: Pairs, data: st.DataObject) -> None:
    signature = signature_of(URL, pairs, TOKEN)
    assert proven(request(URL, pairs, signature)) == dict(pairs)
    changed = list(pairs)
    place = data.draw(st.integers(0, len(pairs) - 1))
    changed[place] = (pairs[place][0], pairs[place][1] + "!")
    if not set(changed) <= set(pairs):
        with pytest.raises(ForgedRequestError):
            proven(request(URL, changed, signature))
