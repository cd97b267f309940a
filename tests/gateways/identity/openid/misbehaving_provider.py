"""A stand-in for an OpenID provider that misbehaves, because a real one does not. It has no login page: a test brings
the answer that a browser would bring."""

import asyncio
import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from aiohttp import web
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.jws import JWSRegistry

from tests.gateways.identity.openid.browser import Browser, query_of
from tests.gateways.identity.openid.real_provider import REDIRECT_URL

__all__ = ["DISCOVERY", "MisbehavingProvider", "rsa_key", "serve_misbehaving_provider"]

DISCOVERY = "/.well-known/openid-configuration"


@cache
def rsa_key(kid: str) -> RSAKey:
    """A key of this name, made by the first test that needs it: it takes long, and most processes need none."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


class MisbehavingProvider:
    """Identifies everybody as Alice with valid answers, except for what a test changes. None removes a claim or a
    field."""

    def __init__(self) -> None:
        self.issuer = ""
        self.metadata: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.token: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "known"}
        self.signed_with: RSAKey | ECKey | OctKey = rsa_key("known")
        self.published: list[dict[str, Any]] = [rsa_key("known").as_dict(private=False)]
        self.answers: dict[str, web.Response] = {}
        """The answers that replace the usual ones, by path."""
        self.silent: set[str] = set()
        """The paths that are not answered."""
        self.asked: list[str] = []
        self.over = asyncio.Event()
        self.nonce = ""
        self._pages = {
            DISCOVERY: self._openid_configuration,
            "/keys": self._keys,
            "/token": self._token,
            "/userinfo": self._userinfo,
        }

    async def come_back(self, browser: Browser) -> str:
        """The address to which a login leads the browser."""
        query = query_of(await browser.begin())
        self.nonce = query["nonce"]
        return f"{REDIRECT_URL}?code={secrets.token_urlsafe()}&state={query['state']}"

    async def answer(self, request: web.Request) -> web.Response:
        path = request.path
        self.asked.append(path)
        if path in self.silent:
            await self.over.wait()
        return self.answers.get(path) or web.json_response(self._pages[path]())

    def _openid_configuration(self) -> dict[str, Any]:
        metadata = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?policy=1",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
        }
        return _changed(metadata, self.metadata)

    def _keys(self) -> dict[str, Any]:
        return {"keys": self.published}

    def _token(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "a-1",
            "aud": "centre",
            "iat": now,
            "exp": now + 60,
            "nonce": self.nonce,
            "email": "alice@example.org",
            "email_verified": True,
        }
        id_token = _encode(self.header, _changed(claims, self.claims), self.signed_with)
        return _changed({"access_token": "a", "token_type": "Bearer", "id_token": id_token}, self.token)

    def _userinfo(self) -> dict[str, Any]:
        return _changed({"sub": "a-1", "email": "alice@example.org", "email_verified": True}, self.userinfo)


def _encode(header: dict[str, Any], claims: dict[str, Any], key: RSAKey | ECKey | OctKey) -> str:
    if header["alg"] != "none":
        registry = _LongHeaders(algorithms=[header["alg"]], strict_check_header=False)
        return jwt.encode(header, claims, key, registry=registry)
    return (
        ".".join(urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, claims)) + "."
    )


class _LongHeaders(JWSRegistry):
    max_header_length = 4096


def _changed(values: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


@asynccontextmanager
async def serve_misbehaving_provider() -> AsyncIterator[MisbehavingProvider]:
    provider = MisbehavingProvider()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", provider.answer)
    runner = web.AppRunner(application, shutdown_timeout=0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        provider.issuer = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield provider
    finally:
        provider.over.set()
        await runner.cleanup()
