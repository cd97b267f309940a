"""A provider whose answers are invalid lets nobody in. It is a stand-in, because a real one does not misbehave."""

import asyncio
import logging
import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from joserfc.jwk import ECKey, OctKey

from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Answer, Caller
from tests.gateways.identity.openid.browser import LOGIN, Browser, query_of
from tests.gateways.identity.openid.misbehaving_provider import (
    DISCOVERY,
    MisbehavingProvider,
    rsa_key,
    serve_misbehaving_provider,
)
from tests.gateways.identity.openid.real_provider import PUBLIC_URL, SECRET
from tests.gateways.identity.openid.settings import EMAILS, openid_settings

pytestmark = pytest.mark.asyncio

NO_OBJECTS = [
    f"{urlsafe_b64encode(header).decode().rstrip('=')}.e30.e30"
    for header in (b"[1]", b'["alg"]', b'"alg"', b"1.5", b"null")
]
"""Tokens whose header is not an object."""
BEGIN = f"{LOGIN}?return_to=/&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest_asyncio.fixture
async def provider() -> AsyncIterator[MisbehavingProvider]:
    async with serve_misbehaving_provider() as serving:
        yield serving


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None, provider: MisbehavingProvider) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path, openid=openid_settings(provider.issuer), agents=EMAILS) as opened:
        yield opened


@pytest.fixture
def browser(centre: Centre) -> Browser:
    return Browser(centre)


async def finish(browser: Browser, provider: MisbehavingProvider) -> Answer:
    return await browser.go(await provider.come_back(browser))


async def refused(browser: Browser, provider: MisbehavingProvider) -> str:
    """The detail of the problem. Nobody was let in."""
    details = (await finish(browser, provider)).problem(502, "openid_provider_failed")
    assert browser.centre.services.journal.last_position() == browser.centre.opened_at
    return details.detail


async def test_valid_answers_let_alice_in(browser: Browser, provider: MisbehavingProvider) -> None:
    """Without this, the other tests would prove nothing."""
    answer = await finish(browser, provider)
    session = (await browser.exchange(query_of(answer.headers["Location"])["code"])).of(200)
    assert session["agent"]["agent_id"] == "alice"
    assert "/userinfo" not in provider.asked


class TestIdTokens:
    @pytest.mark.parametrize(
        ("claims", "detail"),
        [
            ({"iss": "https://evil.example"}, "iss"),
            ({"iss": None}, "iss"),
            ({"aud": "another"}, "aud"),
            ({"aud": "another", "azp": "centre"}, "aud"),
            ({"aud": ["another"]}, "aud"),
            ({"aud": None}, "aud"),
            ({"aud": ["centre", "another"]}, "azp"),
            ({"aud": ["centre", "another"], "azp": "another"}, "azp"),
            ({"azp": "another"}, "azp"),
            ({"exp": int(time.time()) - 3600}, "exp"),
            ({"exp": None}, "exp"),
            ({"exp": "tomorrow"}, "exp"),
            ({"iat": int(time.time()) + 3600}, "in the future"),
            ({"nbf": int(time.time()) + 3600}, "not yet valid"),
            ({"nonce": "of another login"}, "nonce"),
            ({"nonce": None}, "nonce"),
            ({"sub": None}, "sub"),
            ({"at_hash": "of another access token"}, "at_hash"),
        ],
    )
    async def test_an_id_token_must_have_valid_claims(
        self, browser: Browser, provider: MisbehavingProvider, claims: dict[str, Any], detail: str
    ) -> None:
        provider.claims = claims
        assert detail in await refused(browser, provider)

    async def test_an_id_token_may_have_several_audiences_if_this_client_is_the_authorized_party(
        self, browser: Browser, provider: MisbehavingProvider
    ) -> None:
        provider.claims = {"aud": ["another", "centre"], "azp": "centre"}
        assert (await finish(browser, provider)).status == 302

    async def test_an_id_token_must_be_signed_with_the_providers_key(
        self, browser: Browser, provider: MisbehavingProvider
    ) -> None:
        provider.signed_with = rsa_key("other")
        assert "bad_signature" in await refused(browser, provider)
        assert provider.asked.count("/keys") == 2, "the key may be new"

    async def test_an_id_token_must_be_signed_with_a_published_key(
        self, browser: Browser, provider: MisbehavingProvider
    ) -> None:
        provider.signed_with, provider.header = rsa_key("other"), {"alg": "RS256", "kid": "other"}
        assert "kid" in await refused(browser, provider)

    async def test_an_id_token_must_not_bring_its_own_key(
        self, browser: Browser, provider: MisbehavingProvider
    ) -> None:
        provider.signed_with = rsa_key("other")
        provider.header = {"alg": "RS256", "jwk": rsa_key("other").as_dict(private=False)}
        assert "bad_signature" in await refused(browser, provider)

    @pytest.mark.parametrize("algorithm", ["HS256", "none"])
    async def test_an_id_token_must_be_signed_with_a_private_key(
        self, browser: Browser, provider: MisbehavingProvider, algorithm: str
    ) -> None:
        """A token that is signed with the client's secret, or not signed at all, is refused."""
        provider.signed_with, provider.header = OctKey.import_key(SECRET), {"alg": algorithm, "kid": "known"}
        assert "algorithm" in (await refused(browser, provider)).lower()

    @pytest.mark.parametrize("token", ["", "x", "a.b.c", "ü.ü.ü", 7, None, {}, *NO_OBJECTS])
    async def test_an_id_token_must_be_a_token(
        self, browser: Browser, provider: MisbehavingProvider, token: object
    ) -> None:
        provider.token = {"id_token": token}
        await refused(browser, provider)

    async def test_an_id_token_needs_no_key_id_if_there_is_one_key(
        self, browser: Browser, provider: MisbehavingProvider
    ) -> None:
        provider.header = {"alg": "RS256"}
        assert (await finish(browser, provider)).status == 302

    async def test_an_id_token_may_be_signed_on_an_elliptic_curve(
        self, browser: Browser, provider: MisbehavingProvider
    ) -> None:
        key = ECKey.generate_key("P-256", {"kid": "curve"})
        provider.signed_with, provider.header = key, {"alg": "ES256", "kid": "curve"}
        provider.published = [{"kty": "new", "kid": "unheard of"}, {"kty": "RSA"}, key.as_dict(private=False)]
        assert (await finish(browser, provider)).status == 302


class TestUserinfo:
    async def test_userinfo_adds_the_claims_that_the_id_token_lacks(
        self, browser: Browser, provider: MisbehavingProvider
    ) -> None:
        provider.claims = {"email": None, "email_verified": None}
        provider.token = {"expires_in": 10}
        assert (await finish(browser, provider)).status == 302
        assert "/userinfo" in provider.asked

    async def test_userinfo_must_be_of_the_same_person(self, browser: Browser, provider: MisbehavingProvider) -> None:
        provider.claims, provider.userinfo = {"email": None}, {"sub": "somebody-else"}
        assert "somebody else" in await refused(browser, provider)

    @pytest.mark.parametrize("verified", [False, None, "true", 1])
    async def test_an_email_must_be_verified(
        self, browser: Browser, provider: MisbehavingProvider, verified: object
    ) -> None:
        provider.claims, provider.userinfo = {"email_verified": verified}, {"email_verified": verified}
        (await finish(browser, provider)).problem(403, "openid_email_unverified")

    @pytest.mark.parametrize(
        "email", ["", 7, ["alice@example.org"], "alice@example.org\u0000", "\u212alice@example.org"]
    )
    async def test_an_email_must_be_an_agents(
        self, browser: Browser, provider: MisbehavingProvider, email: object
    ) -> None:
        provider.claims = {"email": email}
        (await finish(browser, provider)).problem(403, "openid_agent_unknown")


class TestAnswers:
    @pytest.mark.parametrize("path", [DISCOVERY, "/keys", "/token", "/userinfo"])
    @pytest.mark.parametrize(
        ("body", "status", "code", "expected"),
        [
            ("<html>", 200, "openid_provider_failed", 502),
            ("[]", 200, "openid_provider_failed", 502),
            ('{"keys": 1}', 200, "openid_provider_failed", 502),
            ("", 404, "openid_provider_failed", 502),
            ("", 500, "openid_unavailable", 503),
            ("", 503, "openid_unavailable", 503),
            ("", 429, "openid_unavailable", 503),
        ],
    )
    async def test_malformed_answers_and_failures_let_nobody_in(
        self,
        browser: Browser,
        provider: MisbehavingProvider,
        path: str,
        body: str,
        status: int,
        code: str,
        expected: int,
    ) -> None:
        provider.claims = {"email": None}
        provider.answers[path] = web.Response(text=body, status=status)
        if path == DISCOVERY:
            answer = await Caller(browser.centre).get(BEGIN)
        else:
            answer = await finish(browser, provider)
        answer.problem(expected, code)

    @pytest.mark.parametrize("path", [DISCOVERY, "/keys", "/token", "/userinfo"])
    async def test_missing_answers_time_out(
        self, tmp_path: Path, quick_passwords: None, provider: MisbehavingProvider, path: str
    ) -> None:
        provider.claims = {"email": None}
        settings = openid_settings(provider.issuer, timeout_seconds=1.0)
        async with open_centre(tmp_path, openid=settings, agents=EMAILS) as centre:
            browser = Browser(centre)
            address = f"{PUBLIC_URL}{BEGIN}" if path == DISCOVERY else await provider.come_back(browser)
            provider.silent.add(path)
            answer = await browser.go(address)
        answer.problem(503, "openid_unavailable")
        assert answer.headers["Retry-After"] == "5"

    async def test_missing_answers_do_not_delay_other_requests(
        self, browser: Browser, provider: MisbehavingProvider
    ) -> None:
        provider.silent.add(DISCOVERY)
        waiting = asyncio.ensure_future(Caller(browser.centre).get(BEGIN))
        await eventually(lambda: DISCOVERY in provider.asked)
        assert (await Caller(browser.centre).get("/agent/v1/login-options")).status == 200
        provider.over.set()
        assert (await waiting).status == 302

    async def test_failed_answers_are_not_kept(self, browser: Browser, provider: MisbehavingProvider) -> None:
        provider.answers[DISCOVERY] = web.Response(status=500)
        (await Caller(browser.centre).get(BEGIN)).problem(503, "openid_unavailable")
        del provider.answers[DISCOVERY]
        assert (await finish(browser, provider)).status == 302

    async def test_valid_documents_are_kept(self, browser: Browser, provider: MisbehavingProvider) -> None:
        for _ in range(2):
            assert (await finish(browser, provider)).status == 302
        assert [provider.asked.count(path) for path in (DISCOVERY, "/keys", "/token")] == [1, 1, 2]

    @pytest.mark.parametrize(
        "metadata",
        [
            {"issuer": "https://evil.example"},
            {"issuer": None},
            {"token_endpoint": "http://evil.example/token"},
            {"authorization_endpoint": "javascript:alert(1)"},
            {"jwks_uri": None},
        ],
    )
    async def test_an_invalid_discovery_document_is_refused(
        self, browser: Browser, provider: MisbehavingProvider, metadata: dict[str, Any]
    ) -> None:
        provider.metadata = metadata
        (await Caller(browser.centre).get(BEGIN)).problem(502, "openid_provider_failed")

    @pytest.mark.parametrize(
        ("error", "status", "code"),
        [("invalid_grant", 400, "openid_code_refused"), ("invalid_client", 502, "openid_provider_failed")],
    )
    async def test_a_refusal_by_the_token_endpoint_is_reported(
        self, browser: Browser, provider: MisbehavingProvider, error: str, status: int, code: str
    ) -> None:
        provider.answers["/token"] = web.json_response({"error": error, "error_description": "no"}, status=400)
        (await finish(browser, provider)).problem(status, code)

    async def test_an_error_of_the_login_is_reported(
        self, browser: Browser, caplog: pytest.LogCaptureFixture, provider: MisbehavingProvider
    ) -> None:
        caplog.set_level(logging.WARNING)
        address = (await provider.come_back(browser)).replace("?code=", "?error=server_error%0Afake&x=")
        (await browser.go(address)).problem(502, "openid_provider_failed")
        assert r"'server_error\nfake'" in caplog.text

    async def test_an_unavailable_provider_is_reported(self, browser: Browser, provider: MisbehavingProvider) -> None:
        address = (await provider.come_back(browser)).replace("?code=", "?error=temporarily_unavailable&x=")
        (await browser.go(address)).problem(503, "openid_unavailable")
