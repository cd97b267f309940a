"""Agents log in at a real OpenID provider."""

import logging
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest

from gateways.identity.openid.logins import OpenIdLogins
from gateways.services.asking import ask
from schemas.commands import RemoveItem
from schemas.records import CENTRE, Record
from schemas.replies import ConfigurationReply
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Caller
from tests.gateways.identity.openid.browser import LOGIN, Browser, query_of
from tests.gateways.identity.openid.real_provider import PUBLIC_URL, REDIRECT_URL, SECRET, RealProvider, run_provider
from tests.gateways.identity.openid.settings import DESKTOP, EMAILS, openid_settings

pytestmark = pytest.mark.asyncio

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def logins(centre: Centre) -> list[Record]:
    return [record for record in centre.services.journal.read_all(0, 10_000) if record.type == "AgentLoggedIn"]


class TestLoggingIn:
    async def test_opens_a_session_as_a_password_does(self, centre: Centre, browser: Browser) -> None:
        address = await browser.log_in(return_to="/desk?tab=2#inbox")
        assert address.startswith(f"{PUBLIC_URL}/desk?tab=2&code=")
        assert address.endswith("#inbox")

        session = (await browser.exchange(query_of(address)["code"])).of(200)

        assert session["agent"] == {"agent_id": "alice", "name": "Alice", "role": "agent"}
        assert session["expires_in"] == 900
        alice = Agent(centre, session)
        assert (await alice.me())["state"] == "logged_out"
        assert (await alice.go("ready"))["state"] == "ready"
        again = await alice.post("/agent/v1/refresh", {"refresh_token": alice.refresh_token})
        assert again.of(200)["agent"] == session["agent"]
        await alice.log_out()
        (await alice.get("/agent/v1/me")).problem(401, "session_ended")

    async def test_leaves_an_agent_ready_who_is_logged_in_with_a_password(
        self, centre: Centre, browser: Browser
    ) -> None:
        await Agent.ready(centre)
        alice = await browser.agent()
        assert (await alice.me())["state"] == "ready"
        assert centre.types("agent-alice").count("AgentLoggedIn") == 1

    async def test_sends_state_nonce_and_proof_key_to_the_provider(self, browser: Browser) -> None:
        first, second = [query_of(await browser.begin()) for _ in range(2)]
        assert first["response_type"] == "code"
        assert first["client_id"] == "centre"
        assert first["redirect_uri"] == REDIRECT_URL
        assert first["scope"] == "openid email profile"
        assert first["code_challenge_method"] == "S256"
        assert all(first[name] != second[name] for name in ("state", "nonce", "code_challenge"))
        assert first["code_challenge"] != browser.challenge

    async def test_binds_the_login_to_the_browser_with_a_safe_cookie(self, browser: Browser) -> None:
        await browser.begin()
        (cookie,) = browser.set_cookies
        name, *attributes = cookie.split("; ")
        assert name.startswith("__Host-openid-")
        assert attributes == ["Path=/", "Max-Age=600", "HttpOnly", "SameSite=Lax", "Secure"]

    async def test_leaves_no_cookie_behind(self, browser: Browser) -> None:
        await browser.log_in()
        assert browser.cookies["chat.example.org"] == {}

    async def test_answers_must_not_be_cached(self, browser: Browser) -> None:
        answer = await browser.go(await browser.come_back())
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"

    async def test_works_in_two_tabs_at_once(self, browser: Browser) -> None:
        first, second = await browser.come_back(), await browser.come_back()
        for address in (second, first):
            code = query_of((await browser.go(address)).headers["Location"])["code"]
            (await browser.exchange(code)).of(200)

    async def test_may_find_the_agent_by_name(
        self, tmp_path: Path, provider: RealProvider, quick_passwords: None
    ) -> None:
        settings = openid_settings(provider.issuer, claim="preferred_username")
        async with open_centre(tmp_path, openid=settings) as centre:
            assert (await Browser(centre).agent("b-2")).id == "bob"

    async def test_may_find_the_agent_by_a_name_that_is_an_address(
        self, tmp_path: Path, provider: RealProvider, quick_passwords: None
    ) -> None:
        settings = openid_settings(provider.issuer, claim="preferred_username")
        async with open_centre(tmp_path, openid=settings, agents=EMAILS) as centre:
            assert (await Browser(centre).agent("c-5")).id == "carol"

    async def test_may_authenticate_the_client_in_a_header(
        self, tmp_path: Path, provider: RealProvider, quick_passwords: None
    ) -> None:
        client = {"client_id": "centre-basic", "client_secret": "plain-secret"}
        settings = openid_settings(provider.issuer, **client, client_authentication="client_secret_basic")
        async with open_centre(tmp_path, openid=settings, agents=EMAILS) as centre:
            assert (await Browser(centre).agent()).id == "alice"

    async def test_follows_the_provider_to_its_new_key(self, provider: RealProvider, browser: Browser) -> None:
        await browser.agent()
        provider.rotate_keys()
        assert (await browser.agent()).id == "alice"

    async def test_keeps_its_secrets_out_of_the_log_and_the_journal(
        self, centre: Centre, browser: Browser, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        address = await browser.come_back()
        code = query_of((await browser.go(address)).headers["Location"])["code"]
        session = (await browser.exchange(code)).of(200)
        written = caplog.text + str(centre.services.journal.read_all())
        assert "/token" in written, "the client's log is there"
        secrets = (SECRET, quote(SECRET, safe=""), query_of(address)["code"], code, session["refresh_token"])
        assert [secret for secret in secrets if secret in written] == []


class TestRefusedLogins:
    @pytest.mark.parametrize(
        ("person", "code", "detail"),
        [
            ("m-3", "openid_agent_unknown", "no agent here has the email"),
            ("b-2", "openid_email_unverified", "not verified"),
            ("n-4", "openid_agent_unknown", "does not tell your email"),
        ],
    )
    async def test_a_refused_login_states_its_reason(
        self, centre: Centre, browser: Browser, person: str, code: str, detail: str
    ) -> None:
        details = (await browser.go(await browser.come_back(person))).problem(403, code)
        assert detail in details.detail
        assert not logins(centre)

    async def test_an_email_of_two_agents_is_refused(
        self, tmp_path: Path, provider: RealProvider, quick_passwords: None
    ) -> None:
        agents = {"alice": {"email": "alice@example.org"}, "carol": {"email": "ALICE@example.org"}}
        async with open_centre(tmp_path, openid=openid_settings(provider.issuer), agents=agents) as centre:
            browser = Browser(centre)
            (await browser.go(await browser.come_back())).problem(403, "openid_agent_unknown")

    async def test_a_person_who_declines_at_the_provider_is_refused(self, browser: Browser) -> None:
        login = await browser.begin()
        form = await browser.go(login)
        page = form.headers["Location"]
        issuer = "/".join(login.split("/")[:3])
        aborted = await browser.go(f"{issuer}{page}/abort" if page.startswith("/") else f"{page}/abort")
        back = await browser.go(aborted.headers["Location"])
        assert query_of(back.headers["Location"])["error"] == "access_denied"
        (await browser.go(back.headers["Location"])).problem(403, "openid_denied")

    async def test_an_agent_who_was_removed_during_the_login_is_refused(
        self, tmp_path: Path, centre: Centre, browser: Browser
    ) -> None:
        code = query_of(await browser.log_in())["code"]
        command = RemoveItem(at=centre.services.clock(), table="agents", name="alice")
        await ask(centre.services, CENTRE, command, "agent:root", ConfigurationReply)
        (await browser.exchange(code)).problem(401, "openid_code_invalid")
        assert not logins(centre)


class TestReplays:
    async def test_the_callback_works_once(self, browser: Browser) -> None:
        address = await browser.come_back()
        cookies = dict(browser.cookies["chat.example.org"])
        assert (await browser.go(address)).status == 302
        browser.cookies["chat.example.org"] = cookies
        (await browser.go(address)).problem(400, "openid_state_invalid")

    async def test_the_providers_code_works_once(self, browser: Browser) -> None:
        first, second = await browser.come_back(), await browser.come_back()
        assert (await browser.go(first)).status == 302
        replayed = second.replace(query_of(second)["code"], query_of(first)["code"])
        (await browser.go(replayed)).problem(400, "openid_code_refused")

    async def test_the_code_of_another_login_is_refused(self, centre: Centre, browser: Browser) -> None:
        """A thief cannot use a stolen code in a login of their own, because it was issued for another verifier."""
        stolen = query_of(await browser.come_back())["code"]
        thief = Browser(centre)
        own = await thief.come_back("m-3")
        (await thief.go(own.replace(query_of(own)["code"], stolen))).problem(400, "openid_code_refused")

    async def test_the_code_for_the_page_works_once(self, browser: Browser) -> None:
        code = query_of(await browser.log_in())["code"]
        (await browser.exchange(code)).of(200)
        (await browser.exchange(code)).problem(401, "openid_code_invalid")

    async def test_the_code_for_the_page_is_spent_by_a_wrong_verifier(self, centre: Centre, browser: Browser) -> None:
        code = query_of(await browser.log_in())["code"]
        (await browser.exchange(code, "x" * 43)).problem(401, "openid_code_invalid")
        (await browser.exchange(code)).problem(401, "openid_code_invalid")
        assert not logins(centre)

    async def test_another_browser_cannot_finish_the_login(self, centre: Centre, browser: Browser) -> None:
        address = await browser.come_back()
        (await Browser(centre).go(address)).problem(400, "openid_state_invalid")

    async def test_a_pending_login_expires(self, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        address = await browser.come_back()
        _later(monkeypatch, OpenIdLogins.pending_seconds)
        (await browser.go(address)).problem(400, "openid_state_invalid")

    async def test_the_code_for_the_page_expires(self, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        code = query_of(await browser.log_in())["code"]
        _later(monkeypatch, 60)
        (await browser.exchange(code)).problem(401, "openid_code_invalid")


def _later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = time.monotonic() + seconds
    monkeypatch.setattr("gateways.identity.openid.one_time.time", SimpleNamespace(monotonic=lambda: now))


class TestHostileInput:
    @pytest.mark.parametrize(
        "return_to",
        [
            "",
            "desk",
            "https://evil.example",
            "https://evil.example/",
            f"{PUBLIC_URL}",
            f"{PUBLIC_URL}.evil.example/",
            f"{PUBLIC_URL}@evil.example/",
            f"{PUBLIC_URL}:8443/",
            f"{PUBLIC_URL}\\@evil.example/",
            f"{DESKTOP}.evil.example/",
            "http://chat.example.org/desk",
            "HTTPS://CHAT.EXAMPLE.ORG/desk",
            "javascript:alert(1)//",
            "data:text/html,x",
            "\\\\evil.example/",
            " /desk",
            "/desk\r\nSet-Cookie: a=b",
            "/d\u00e9sk",
            "/desk\x00",
            "/" + "x" * 2048,
        ],
    )
    async def test_a_return_address_elsewhere_is_refused(self, centre: Centre, return_to: str) -> None:
        query = f"return_to={quote(return_to, safe='')}&code_challenge={CHALLENGE}"
        details = (await Caller(centre).get(f"{LOGIN}?{query}")).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["return_to"]

    @pytest.mark.parametrize(
        ("return_to", "origin"),
        [("//evil.example/", PUBLIC_URL), ("/\\evil.example", PUBLIC_URL), (f"{DESKTOP}/desk", DESKTOP)],
    )
    async def test_an_allowed_return_address_stays_on_its_origin(
        self, browser: Browser, return_to: str, origin: str
    ) -> None:
        assert (await browser.log_in(return_to=return_to)).startswith(f"{origin}/")

    @pytest.mark.parametrize("challenge", ["", "short", CHALLENGE + "A", CHALLENGE[:-1] + "=", "plain" * 9])
    async def test_a_challenge_must_be_a_digest(self, centre: Centre, challenge: str) -> None:
        answer = await Caller(centre).get(f"{LOGIN}?return_to=/&code_challenge={quote(challenge)}")
        assert answer.problem(422, "invalid_input").errors[0].path == "code_challenge"

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "state=",
            "state=unknown&code=x",
            "code=x",
            "error=access_denied",
            "state=%00&code=x",
            "state=" + "x" * 9000,
        ],
    )
    async def test_a_callback_without_a_login_is_refused(self, centre: Centre, query: str) -> None:
        answer = await Caller(centre).get(f"{REDIRECT_URL.removeprefix(PUBLIC_URL)}?{query}")
        if "state=" in query:
            answer.problem(400, "openid_state_invalid")
        else:
            assert [error.path for error in answer.problem(422, "invalid_input").errors] == ["state"]

    async def test_a_callback_must_bring_a_code(self, browser: Browser) -> None:
        state = query_of(await browser.begin())["state"]
        issuer = quote(browser.issuer, safe="")
        details = (await browser.go(f"{REDIRECT_URL}?state={state}&iss={issuer}")).problem(422, "invalid_input")
        assert details.errors[0].path == "code"

    @pytest.mark.parametrize("issuer", ["", "&iss=https%3A%2F%2Fevil.example"])
    async def test_a_callback_must_come_from_the_provider(self, browser: Browser, issuer: str) -> None:
        """As in RFC 9207, this provider announces that its callbacks name their issuer."""
        address = await browser.come_back()
        mixed_up = address.partition("&iss=")[0] + issuer
        (await browser.go(mixed_up)).problem(502, "openid_provider_failed")

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            ({}, "code"),
            ({"code": "x"}, "code_verifier"),
            ({"code": "x", "code_verifier": "short"}, "code_verifier"),
            ({"code": "x" * 257, "code_verifier": "x" * 43}, "code"),
            ({"code": 1, "code_verifier": "x" * 43}, "code"),
            ({"code": "x", "code_verifier": "x" * 43, "agent": "root"}, "agent"),
        ],
    )
    async def test_an_exchange_needs_a_code_and_a_verifier(
        self, centre: Centre, body: dict[str, Any], path: str
    ) -> None:
        answer = await Caller(centre).post("/agent/v1/openid/session", body)
        assert answer.problem(422, "invalid_input").errors[0].path == path

    async def test_an_unknown_code_is_refused(self, browser: Browser) -> None:
        (await browser.exchange("x")).problem(401, "openid_code_invalid")


class TestWithoutTheProvider:
    async def test_a_login_cannot_begin(self, tmp_path: Path, quick_passwords: None) -> None:
        async with open_centre(tmp_path, openid=openid_settings("http://127.0.0.1:9")) as centre:
            query = f"return_to=/&code_challenge={CHALLENGE}"
            answer = await Caller(centre).get(f"{LOGIN}?{query}")
            answer.problem(503, "openid_unavailable")
            assert answer.headers["Retry-After"] == "5"

    async def test_a_login_cannot_be_finished(self, tmp_path: Path, quick_passwords: None) -> None:
        with run_provider() as provider:
            settings = openid_settings(provider.issuer)
            async with open_centre(tmp_path, openid=settings, agents=EMAILS) as centre:
                browser = Browser(centre)
                address = await browser.come_back()
                provider.stop()
                answer = await browser.go(address)
                answer.problem(503, "openid_unavailable")
                assert answer.headers["Retry-After"] == "5"
                await Agent.log_in(centre)


class TestLoginOptions:
    async def test_login_options_name_the_provider(self, centre: Centre) -> None:
        assert (await Caller(centre).get("/agent/v1/login-options")).of(200) == {
            "password": True,
            "openid": {"label": "Log in with OpenID", "url": f"{PUBLIC_URL}{LOGIN}"},
        }

    async def test_login_options_are_readable_by_a_desktop_of_another_origin(
        self, tmp_path: Path, provider: RealProvider, quick_passwords: None
    ) -> None:
        closed: dict[str, Any] = {name: {"allowed_origins": []} for name in ("web", "web-direct", "callback")}
        async with open_centre(tmp_path, openid=openid_settings(provider.issuer), channels=closed) as centre:
            for origin, allowed in ((DESKTOP, DESKTOP), ("https://evil.example", None)):
                answer = await Caller(centre).call("GET", "/agent/v1/login-options", headers={"Origin": origin})
                assert answer.of(200)
                assert answer.headers.get("Access-Control-Allow-Origin") == allowed


async def test_without_openid_only_passwords_work(tmp_path: Path, quick_passwords: None) -> None:
    async with open_centre(tmp_path) as centre:
        caller = Caller(centre)
        options = (await caller.get("/agent/v1/login-options")).of(200)
        assert options == {"password": True, "openid": None}
        (await caller.get(f"{LOGIN}?return_to=/&code_challenge={CHALLENGE}")).problem(404, "openid_off")
        (await caller.get("/agent/v1/openid/callback?state=x")).problem(404, "openid_off")
        body = {"code": "x", "code_verifier": "x" * 43}
        (await caller.post("/agent/v1/openid/session", body)).problem(404, "openid_off")
