"""The signature of calls is that of Standard Webhooks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.named_secrets import signing_key
from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.standard_webhooks import TOLERANCE_SECONDS, signature_headers, verify_signature

_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
AT = 1764590400
BODY = (
    '{"events":[{"type":"message","id":"m-1","customer":{"id":"4711"},"content":{"type":"text","text":"Grüße 👋"}}]}'
).encode()
GOLDEN = {
    "webhook-id": "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
    "webhook-timestamp": str(AT),
    "webhook-signature": "v1,en88r71O6YmLeWKojTOv61IbVSuH+zIpqj41xLXVrZc=",
}
"""What the libraries standardwebhooks 1.1.0 for Python and 1.1.1 for Node.js make of ``BODY``, ``KEY`` and ``AT``."""


def test_a_body_is_signed_as_the_libraries_sign_it() -> None:
    """The expected signature is the one by which the libraries of Standard Webhooks test themselves."""
    headers = signature_headers(
        signing_key(_SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.parametrize(
    "text",
    [
        _SECRET.removeprefix("whsec_"),
        "whsec_",
        f"whsec_{'A' * 28}",
        f"whsec_{'A' * 92}",
        _SECRET + "!",
        f"whsk_{'A' * 32}",
    ],
)
def test_a_secret_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="24 to 64 random bytes in base64"):
        signing_key(text)


def test_a_call_that_a_library_has_signed_is_verified() -> None:
    assert verify_signature([KEY], GOLDEN, BODY, AT) == GOLDEN["webhook-id"]
    assert signature_headers(KEY, GOLDEN["webhook-id"], AT, BODY) == GOLDEN


@pytest.mark.parametrize("known", [KEY, OTHER_KEY])
def test_while_the_secret_is_changed_the_receiver_may_know_either(known: bytes) -> None:
    headers = signature_headers(KEY, "m-1", AT, BODY, former_key=OTHER_KEY)
    assert verify_signature([known], headers, BODY, AT) == "m-1"


@pytest.mark.parametrize("signing", [KEY, OTHER_KEY])
def test_while_the_secret_is_changed_the_sender_may_sign_with_either(signing: bytes) -> None:
    assert verify_signature([KEY, OTHER_KEY], signature_headers(signing, "m-1", AT, BODY), BODY, AT) == "m-1"


@pytest.mark.parametrize("late", [-TOLERANCE_SECONDS, 0, TOLERANCE_SECONDS])
def test_a_call_is_taken_for_five_minutes_by_either_clock(late: int) -> None:
    assert verify_signature([KEY], GOLDEN, BODY, AT + late) == GOLDEN["webhook-id"]


@pytest.mark.parametrize("signature", ["v1a,AAAA {}", "v2,AAAA v1,AAAA {} garbage", "{} {}"])
def test_other_signatures_beside_the_right_one_are_ignored(signature: str) -> None:
    given = GOLDEN | {"webhook-signature": signature.replace("{}", GOLDEN["webhook-signature"])}
    assert verify_signature([KEY], given, BODY, AT) == GOLDEN["webhook-id"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"webhook-id": ""}, "missing or malformed"),
        ({"webhook-id": "msg_other"}, "no valid secret"),
        ({"webhook-timestamp": ""}, "missing or malformed"),
        ({"webhook-timestamp": "now"}, "missing or malformed"),
        ({"webhook-timestamp": f"{AT}.0"}, "missing or malformed"),
        ({"webhook-timestamp": f"+{AT}"}, "missing or malformed"),
        ({"webhook-timestamp": "١٧٦٤٥٩٠٤٠٠"}, "missing or malformed"),
        ({"webhook-timestamp": "9" * 10_000}, "missing or malformed"),
        ({"webhook-timestamp": str(AT + 1)}, "no valid secret"),
        ({"webhook-timestamp": str(AT - TOLERANCE_SECONDS - 1)}, "five minutes"),
        ({"webhook-timestamp": str(AT + TOLERANCE_SECONDS + 1)}, "five minutes"),
        ({"webhook-signature": ""}, "missing or malformed"),
        ({"webhook-signature": "garbage"}, "no valid secret"),
        ({"webhook-signature": "v1,a,b"}, "no valid secret"),
        ({"webhook-signature": "v1,ü\udcff"}, "no valid secret"),
        ({"webhook-signature": GOLDEN["webhook-signature"].replace("v1,", "v1a,")}, "no valid secret"),
        ({"webhook-signature": GOLDEN["webhook-signature"].removeprefix("v1,")}, "no valid secret"),
    ],
)
def test_what_is_not_proven_is_refused(changed: dict[str, str], reason: str) -> None:
    with pytest.raises(ForgedRequestError, match=reason):
        verify_signature([KEY], GOLDEN | changed, BODY, AT)


@pytest.mark.parametrize("name", GOLDEN)
def test_a_call_without_one_of_the_headers_is_refused(name: str) -> None:
    with pytest.raises(ForgedRequestError, match="missing"):
        verify_signature([KEY], {other: GOLDEN[other] for other in GOLDEN if other != name}, BODY, AT)


def test_nothing_is_proven_without_a_secret_or_by_another_body() -> None:
    with pytest.raises(ForgedRequestError):
        verify_signature([], GOLDEN, BODY, AT)
    with pytest.raises(ForgedRequestError):
        verify_signature([KEY], GOLDEN, BODY + b" ", AT)


@given(st.dictionaries(st.sampled_from(sorted(GOLDEN)), st.text() | st.from_regex(r"v1,[a-z]* ?[^ ]*"), min_size=1))
def test_hostile_headers_are_refused_and_nothing_else(changed: dict[str, str]) -> None:
    with pytest.raises(ForgedRequestError):
        verify_signature([KEY], GOLDEN | changed, BODY, AT)
