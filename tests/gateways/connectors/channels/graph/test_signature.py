"""Only what Meta has signed is read, and only who knows the token gets its challenge back."""

import msgspec
import pytest

from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.channels.graph.signature import answer_to_handshake, call_proof, prove, signature_of
from gateways.connectors.channels.inbound import WebhookRequest
from tests.gateways.connectors.channels.graph.stand_in import APP_SECRET, VERIFY_TOKEN, StandInGraph

_BODY = b'{"object":"page","text":"\\u00fcber"}'


def _posted(body: bytes, signature: str | None) -> WebhookRequest:
    headers = {} if signature is None else {"x-hub-signature-256": signature}
    return WebhookRequest(method="POST", url="https://chat.example/hook", query="", headers=headers, body=body)


def test_a_body_is_signed_as_the_documentation_says() -> None:
    """The key and the text are those of test case 2 of RFC 4231."""
    assert signature_of("Jefe", b"what do ya want for nothing?") == (
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_a_signed_body_is_metas() -> None:
    prove(APP_SECRET, _posted(_BODY, signature_of(APP_SECRET, _BODY)))


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "sha256=",
        signature_of(APP_SECRET, _BODY).removeprefix("sha256="),
        signature_of(APP_SECRET, _BODY).replace("sha256", "sha1"),
        signature_of(VERIFY_TOKEN, _BODY),
        signature_of(APP_SECRET, _BODY + b" "),
        "sha256=\u00fc\udc80",
    ],
)
def test_any_other_signature_is_refused(signature: str | None) -> None:
    with pytest.raises(ForgedRequestError):
        prove(APP_SECRET, _posted(_BODY, signature))


def test_the_bytes_are_proven_and_not_what_they_mean() -> None:
    written_otherwise = msgspec.json.encode(msgspec.json.decode(_BODY))
    assert written_otherwise != _BODY
    with pytest.raises(ForgedRequestError):
        prove(APP_SECRET, _posted(written_otherwise, signature_of(APP_SECRET, _BODY)))


def test_the_challenge_comes_back_to_a_caller_with_the_token() -> None:
    answer = answer_to_handshake(VERIFY_TOKEN, StandInGraph("1").handshake())
    assert answer is not None
    assert (answer.status, answer.body, answer.media_type) == (200, b"1158201444", "text/plain; charset=utf-8")


@pytest.mark.parametrize("token", ["", "another", APP_SECRET, "\u00fc"])
def test_no_other_caller_gets_the_challenge_back(token: str) -> None:
    with pytest.raises(ForgedRequestError):
        answer_to_handshake(VERIFY_TOKEN, StandInGraph("1").handshake(**{"hub.verify_token": token}))


def test_other_requests_are_no_handshake() -> None:
    graph = StandInGraph("1")
    assert answer_to_handshake(VERIFY_TOKEN, graph.handshake(**{"hub.mode": "unsubscribe"})) is None
    assert answer_to_handshake(VERIFY_TOKEN, graph.request({"object": "page"})) is None


def test_the_proof_of_a_call_is_of_the_token_under_the_secret() -> None:
    assert call_proof("Jefe", "what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
