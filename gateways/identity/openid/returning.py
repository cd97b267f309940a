"""The page to which a login returns. It must be of the server's own origin, or of an origin that is configured."""

import re

from config import OpenIdSettings

__all__ = ["returning_to", "with_code"]

_MAX_CHARACTERS = 2048
_ALLOWED = re.compile(r"[!-~]*")


def returning_to(settings: OpenIdSettings, wanted: str) -> str:
    """The whole address of the page. Raises ValueError, whose message says what is wrong with the address."""
    if len(wanted) > _MAX_CHARACTERS or _ALLOWED.fullmatch(wanted) is None:
        raise ValueError(f"must be an address of at most {_MAX_CHARACTERS} characters, all else percent-encoded")
    address = settings.origin + wanted if wanted.startswith("/") else wanted
    # The address is compared as text up to the slash that ends the origin, because browsers and libraries do not parse
    # all addresses alike.
    if not any(address.startswith(f"{origin}/") for origin in (settings.origin, *settings.allowed_origins)):
        raise ValueError("must be a path of this server, or of an origin in openid.allowed_origins")
    return address


def with_code(address: str, code: str) -> str:
    """The address with the code in its query. The code must be URL-safe."""
    page, hash_sign, fragment = address.partition("#")
    return f"{page}{'&' if '?' in page else '?'}code={code}{hash_sign}{fragment}"
