"""Origins of web pages and apps, in the form in which browsers send them."""

import re
from ipaddress import IPv6Address

__all__ = ["ANY_ORIGIN", "is_origin", "normal_origin", "origin_matches", "origins_regex"]

ANY_ORIGIN = "*"
_OPAQUE = ("null", "file://")
"""What browsers send for pages without a host: files and sandboxed frames."""
_ORIGIN = re.compile(r"([a-z][a-z0-9+.-]*)://((?:\*\.)?)(\[[0-9a-f:.]+\]|[^\s/?#@\\:*\[\]]+)(?::([0-9]{1,5}))?/?")
_DEFAULT_PORTS = {"http": "80", "https": "443", "ws": "80", "wss": "443"}
_ANY_SUBDOMAIN = "*."


def is_origin(text: str) -> bool:
    """Whether the text names an origin, every subdomain of one (``https://*.example.org``), or any (``*``)."""
    return _normal(text) is not None


def normal_origin(text: str) -> str:
    """The origin as browsers send it: in lower case and ASCII, without the scheme's own port and without a slash at the
    end. A text that names none stays as it is."""
    return _normal(text) or text


def origin_matches(allowed: str, origin: str) -> bool:
    """Whether an origin that was sent is the one that is allowed. Both are in their normal form."""
    if allowed in (ANY_ORIGIN, origin):
        return True
    scheme, found, parent = allowed.partition(f"://{_ANY_SUBDOMAIN}")
    return bool(found) and origin.startswith(f"{scheme}://") and origin.endswith(f".{parent}")


def origins_regex(origins: set[str]) -> str | None:
    """The regular expression of the subdomains that are allowed among the origins; None if there are none."""
    parts = [origin.split(_ANY_SUBDOMAIN, 1) for origin in sorted(origins) if _ANY_SUBDOMAIN in origin]
    return "|".join(rf"{re.escape(scheme)}[a-z0-9._-]+\.{re.escape(parent)}" for scheme, parent in parts) or None


def _normal(text: str) -> str | None:
    lower = text.lower()
    if lower in (ANY_ORIGIN, *_OPAQUE):
        return lower
    found = _ORIGIN.fullmatch(lower)
    if found is None:
        return None
    scheme, subdomains, host, port = found.groups()
    try:
        host = _normal_host(host)
    except ValueError:
        return None
    own = port is None or _DEFAULT_PORTS.get(scheme) == port
    return f"{scheme}://{subdomains}{host}" + ("" if own else f":{int(port)}")


def _normal_host(host: str) -> str:
    """Raises ValueError for what is no host."""
    if host.startswith("["):
        return f"[{IPv6Address(host[1:-1])}]"
    if host.isascii():
        return host
    import idna  # its tables take long to load, and few hosts need them

    return idna.encode(host, uts46=True).decode()
