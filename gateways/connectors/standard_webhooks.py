"""The signature by which a receiver knows that a call comes from its sender and is unchanged.

Source: Standard Webhooks, https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
"""

import base64
import hmac
import re
from collections.abc import Mapping, Sequence

from gateways.connectors.channels.exceptions import ForgedRequestError

__all__ = ["TOLERANCE_SECONDS", "signature_headers", "verify_signature"]

TOLERANCE_SECONDS = 300
_VERSION = "v1"
_TIMESTAMP = re.compile(r"[0-9]{1,15}")


def signature_headers(
    key: bytes, message_id: str, timestamp: int, body: bytes, former_key: bytes | None = None
) -> dict[str, str]:
    """The headers of a signed call. ``message_id`` is the same when a call is repeated, ``timestamp`` is the Unix time
    of each try in seconds. While the secret is changed, ``former_key`` signs too: the receiver may know either."""
    keys = [key] if former_key is None else [key, former_key]
    signatures = [f"{_VERSION},{_signature(each, message_id, str(timestamp), body)}" for each in keys]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def verify_signature(keys: Sequence[bytes], headers: Mapping[str, str], body: bytes, now: float) -> str:
    """The id of the call, proven to be signed with one of the keys within the last five minutes, or the next five by
    another clock. The names of ``headers`` are in lower case. Signatures of other versions are ignored. Raises
    ForgedRequestError, for nothing else."""
    message_id, timestamp, signatures = (
        headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")
    )
    if not (message_id and _TIMESTAMP.fullmatch(timestamp) and signatures):
        raise ForgedRequestError("webhook-id, webhook-timestamp or webhook-signature is missing or malformed")
    if abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        raise ForgedRequestError("webhook-timestamp is more than five minutes from this server's clock")
    expected = [f"{_VERSION},{_signature(key, message_id, timestamp, body)}".encode() for key in keys]
    given = [signature.encode(errors="replace") for signature in signatures.split(" ")]
    # Every pair is compared, so that the time does not tell which of them is right.
    matches = [hmac.compare_digest(one, other) for one in expected for other in given]
    if not any(matches):
        raise ForgedRequestError("webhook-signature is by no valid secret")
    return message_id


def _signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    signed = f"{message_id}.{timestamp}.".encode("latin-1", "replace") + body
    return base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
