"""How Meta proves that a request is its own, and how this server proves that its calls are.

Source: Meta for Developers, "Webhooks: Getting started" and "Securing Graph API calls".
"""

import hashlib
import hmac
from urllib.parse import parse_qs

from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.channels.inbound import WebhookAnswer, WebhookRequest

__all__ = ["answer_to_handshake", "call_proof", "prove", "signature_of"]

_HEADER = "x-hub-signature-256"


def signature_of(app_secret: str, body: bytes) -> str:
    """The value of ``X-Hub-Signature-256`` for this body."""
    return f"sha256={hmac.digest(app_secret.encode(), body, 'sha256').hex()}"


def prove(app_secret: str, request: WebhookRequest) -> None:
    """Raises ForgedRequestError unless Meta has signed the body as it came."""
    given = request.headers.get(_HEADER, "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, signature_of(app_secret, request.body).encode()):
        raise ForgedRequestError("X-Hub-Signature-256 is not that of the app's secret")


def answer_to_handshake(verify_token: str, request: WebhookRequest) -> WebhookAnswer | None:
    """The challenge, for a caller that knows the token; None when the request is no such question. Raises
    ForgedRequestError."""
    query = parse_qs(request.query, keep_blank_values=True)
    if request.method != "GET" or query.get("hub.mode") != ["subscribe"]:
        return None
    given = query.get("hub.verify_token", [""])[0].encode("utf-8", "replace")
    if not hmac.compare_digest(given, verify_token.encode()):
        raise ForgedRequestError("hub.verify_token is not the one that is configured")
    return WebhookAnswer(body=query.get("hub.challenge", [""])[0].encode("utf-8", "replace"))


def call_proof(app_secret: str, access_token: str) -> str:
    """The ``appsecret_proof`` of a call with this token."""
    return hmac.new(app_secret.encode(), access_token.encode(), hashlib.sha256).hexdigest()
