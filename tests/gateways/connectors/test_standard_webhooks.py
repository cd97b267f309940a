"""The signature of calls is that of Standard Webhooks."""

import pytest

from config.named_secrets import signing_key
from gateways.connectors.standard_webhooks import signature_headers

_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


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
