"""The public keys by which a channel checks the identities that its site signs."""

import warnings
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from schemas.configuration.items import Channel, IdentityKey
from schemas.configuration.tables import Tables
from schemas.field_errors import FieldError

if TYPE_CHECKING:
    from joserfc.jwk import ECKey, OKPKey, RSAKey

    PublicKey: TypeAlias = RSAKey | ECKey | OKPKey

__all__ = ["checks_identities", "identity_faults", "read_identity_key"]


def checks_identities(channel: Channel) -> bool:
    return bool(channel.identity_keys) or channel.identity_secret is not None


def identity_faults(tables: Tables) -> list[FieldError]:
    """Every fault with its path, such as ``channels.web.identity_keys``."""
    return [fault for name, channel in tables.channels.items() for fault in _channel(f"channels.{name}", channel)]


def _channel(path: str, channel: Channel) -> Iterator[FieldError]:
    if channel.kind != "web" and checks_identities(channel):
        field = "identity_keys" if channel.identity_keys else "identity_secret"
        yield FieldError(f"{path}.{field}", "only a channel of kind web checks identities; leave it out")
    if channel.identity_required and not checks_identities(channel):
        yield FieldError(f"{path}.identity_required", "needs identity_keys or identity_secret")
    for number, key in enumerate(channel.identity_keys):
        try:
            read_identity_key(key)
        except ValueError as error:
            yield FieldError(f"{path}.identity_keys[{number}]", str(error))


def read_identity_key(key: IdentityKey) -> "PublicKey":
    """Raises ValueError when this is no public key for RS256, ES256 or EdDSA."""
    return _read(key if isinstance(key, str) else msgspec.json.encode(key, order="deterministic").decode())


@lru_cache(256)
def _read(text: str) -> "PublicKey":
    """Keys are read with the library that checks signatures, which a server without identities never loads here."""
    from joserfc.errors import JoseError, SecurityWarning
    from joserfc.jwk import ECKey, OKPKey, RSAKey

    kinds: Mapping[str, type[RSAKey | ECKey | OKPKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
    value = msgspec.json.decode(text) if text.startswith("{") else text
    tried = [kinds[value["kty"]]] if isinstance(value, dict) and value.get("kty") in kinds else list(kinds.values())
    for kind in tried:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", SecurityWarning)
                found = kind.import_key(value)
        except SecurityWarning as warning:
            raise ValueError(f"is too weak: {warning}") from None
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        _check_kind(found)
        return found
    raise ValueError("is no public key: write a PEM (-----BEGIN PUBLIC KEY-----) or a JWK of RSA, P-256 or Ed25519")


def _check_kind(key: "PublicKey") -> None:
    if key.is_private:
        raise ValueError("is a private key: keep it with the site, and write its public key here")
    if key.key_type != "RSA" and key.curve_name not in ("P-256", "Ed25519"):  # type: ignore[union-attr]  # RSA has none
        raise ValueError("is of another curve than P-256 and Ed25519")
