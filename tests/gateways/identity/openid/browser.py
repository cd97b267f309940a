"""A person's browser, and the agent desktop that runs in it."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, quote, urlsplit

from yarl import URL

from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Answer, Caller
from tests.gateways.identity.openid.real_provider import PUBLIC_URL

__all__ = ["LOGIN", "Browser", "query_of"]

LOGIN = "/agent/v1/openid/login"
_FORM = re.compile(r'<form[^>]* action="([^"]+)"')
_FOUND = (302, 303)


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query, strict_parsing=True).items()}


class Browser:
    """A browser that goes to one address at a time, with the cookies of its host. Requests to the public address reach
    the contact centre, as through a proxy."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.verifier = secrets.token_urlsafe(48)
        self.cookies: dict[str, dict[str, str]] = {}
        self.set_cookies: list[str] = []

    @property
    def issuer(self) -> str:
        settings = self.centre.services.settings.openid
        assert settings is not None
        return settings.issuer

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")

    async def go(self, url: str, form: Mapping[str, str] | None = None) -> Answer:
        """The answer, whose redirect is not followed."""
        host = urlsplit(url).netloc
        cookies = self.cookies.setdefault(host, {})
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
        real = url.replace(PUBLIC_URL, self.centre.url, 1)
        async with self.centre.http.request(
            "GET" if form is None else "POST",
            URL(real, encoded=True),
            data=form,
            headers=headers,
            allow_redirects=False,
        ) as response:
            self._keep(cookies, response.headers.getall("Set-Cookie", []))
            return Answer(response.status, response.headers, await response.read())

    def _keep(self, cookies: dict[str, str], lines: list[str]) -> None:
        self.set_cookies += lines
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    cookies.pop(name, None)
                else:
                    cookies[name] = morsel.value

    async def begin(self, return_to: str = "/desk") -> str:
        """Begins a login, and returns the provider's address to which it leads."""
        query = f"return_to={quote(return_to, safe='')}&code_challenge={self.challenge}"
        answer = await self.go(f"{PUBLIC_URL}{LOGIN}?{query}")
        assert answer.status == 302, answer.content
        return answer.headers["Location"]

    async def log_in_at_provider(self, url: str, person: str) -> str:
        """Fills in the provider's forms, and returns the address to which the provider sends the browser back."""
        issuer = "/".join(url.split("/")[:3])
        forms = [{"prompt": "login", "login": person, "password": "any"}, {"prompt": "consent"}]
        while url.startswith(issuer):
            answer = await self.go(url)
            if answer.status not in _FOUND:
                (action,) = _FORM.findall(answer.content.decode())
                answer = await self.go(action, forms.pop(0))
            url = str(URL(url).join(URL(answer.headers["Location"], encoded=True)))
        return url

    async def come_back(self, person: str = "a-1", return_to: str = "/desk") -> str:
        """The address of the callback, once the person has logged in at the provider."""
        return await self.log_in_at_provider(await self.begin(return_to), person)

    async def log_in(self, person: str = "a-1", return_to: str = "/desk") -> str:
        """The address of the desktop to which the login has returned."""
        answer = await self.go(await self.come_back(person, return_to))
        assert answer.status == 302, answer.content
        return answer.headers["Location"]

    async def exchange(self, code: str, verifier: str | None = None) -> Answer:
        body = {"code": code, "code_verifier": verifier or self.verifier}
        return await Caller(self.centre).post("/agent/v1/openid/session", body)

    async def agent(self, person: str = "a-1") -> Agent:
        answer = await self.exchange(query_of(await self.log_in(person))["code"])
        return Agent(self.centre, answer.of(200))
