"""The proof that a request comes from Twilio: its URL and its fields are signed, with the account's token and SHA-1, or
with a key of the account and SHA-256.

Source: https://www.twilio.com/docs/usage/security, and the validator of Twilio's library for Python.
"""

import hashlib
import hmac
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal
from urllib.parse import parse_qs, parse_qsl, urlsplit

from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.channels.inbound import WebhookRequest

__all__ = ["RETRIES", "signature_of", "signed_fields"]

RETRIES = "#rc=5&rp=all"
"""Asks Twilio to repeat a request that was answered with an error, which it does not do by itself. Twilio does not send
this part of an address; whether it signs it is not documented, so that both are taken."""

_FORM = "application/x-www-form-urlencoded"
_MAX_FIELDS = 1000
_DEFAULT_PORTS = {"https": 443, "http": 80}
_Digest = Literal["sha1", "sha256"]


def signed_fields(
    request: WebhookRequest, auth_tokens: Sequence[str], signing_keys: Mapping[str, Callable[[], str]]
) -> dict[str, str]:
    """The fields of the request's form, or of its query where it is a GET. One of ``auth_tokens`` has to be right;
    there are two while it is changed. ``signing_keys`` gives the secrets of the keys that may sign with SHA-256. Raises
    ForgedRequestError."""
    settings = request.headers.get("x-twilio-webhooks-signature-settings", "")
    keys, digest = _keys(settings, auth_tokens, signing_keys)
    sent = request.headers.get("x-twilio-signature", "").encode(errors="replace")
    fields, signed = _fields(request)
    expected = [signature_of(url, signed, key, digest).encode() for key in keys for url in _addresses(request)]
    if not any(hmac.compare_digest(signature, sent) for signature in expected):
        raise ForgedRequestError("the signature is not Twilio's")
    return dict(fields)


def signature_of(url: str, fields: Iterable[tuple[str, str]], key: str, digest: _Digest = "sha1") -> str:
    """The signature of a request. Of a field that stands several times, each value counts once."""
    values: defaultdict[str, set[str]] = defaultdict(set)
    for name, value in fields:
        values[name].add(value)
    signed = url + "".join(name + value for name in sorted(values) for value in sorted(values[name]))
    return b64encode(hmac.new(key.encode(), signed.encode(), digest).digest()).decode()


def _keys(
    settings: str, auth_tokens: Sequence[str], signing_keys: Mapping[str, Callable[[], str]]
) -> tuple[Sequence[str], _Digest]:
    """The keys and the algorithm that the header names, of those that are configured."""
    named = dict(part.strip().partition("=")[::2] for part in settings.split(","))
    algorithm = named.get("algorithm", "").upper()
    if algorithm in ("", "HMAC_SHA1"):
        return auth_tokens, "sha1"
    if algorithm == "HMAC_SHA256" and named.get("key") in signing_keys:
        return [signing_keys[named["key"]]()], "sha256"
    raise ForgedRequestError("the signature is of a key or an algorithm that is not configured")


def _fields(request: WebhookRequest) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The fields of the request, and those that are signed apart from the address."""
    if request.method == "GET":
        return _parsed(request.query), []
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM:
        fields = _parsed(_text(request.body))
        return fields, fields
    stated = parse_qs(request.query).get("bodySHA256", [""])[0]
    if not hmac.compare_digest(hashlib.sha256(request.body).hexdigest().encode(), stated.encode()):
        raise ForgedRequestError("the body is not signed")
    return [], []


def _parsed(encoded: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except ValueError:
        raise ForgedRequestError("the fields are not of Twilio's form") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("ascii")
    except UnicodeDecodeError:
        raise ForgedRequestError("the form is not encoded as forms are") from None


def _addresses(request: WebhookRequest) -> Iterator[str]:
    """The ways in which Twilio may have written the address: with the usual port or without one."""
    url = request.url
    if request.query and "?" not in url:
        url = f"{url}?{request.query}"
    for address in (url, *_other_port(url)):
        yield address
        yield address + RETRIES


def _other_port(url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ForgedRequestError("the address cannot be read") from None
    if port is not None:
        yield url.replace(parts.netloc, parts.netloc.removesuffix(f":{port}"), 1)
    elif parts.scheme in _DEFAULT_PORTS:
        yield url.replace(parts.netloc, f"{parts.netloc}:{_DEFAULT_PORTS[parts.scheme]}", 1)
