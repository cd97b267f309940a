"""The OpenID provider: the address at which people log in, and the claims about a person who has."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar

import httpx2
import msgspec
from authlib.integrations.httpx_client import AsyncOAuth2Client, OAuthError
from authlib.oidc.discovery import get_well_known_url
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from config import OpenIdSettings
from config.settings import SECURE_HOST
from gateways.identity.openid.documents import Document
from gateways.identity.openid.exceptions import CodeRefusedError, ProviderFailedError, ProviderUnavailableError
from gateways.identity.openid.id_token import check_id_token, key_set

__all__ = ["Metadata", "Provider"]

T = TypeVar("T")
_Endpoint = Annotated[str, msgspec.Meta(pattern=rf"^{SECURE_HOST}([/?][^\s#]*)?(?!\n)$")]

_TOO_MANY_REQUESTS = 429


class Metadata(msgspec.Struct, frozen=True):
    """The part of the discovery document that a login needs."""

    issuer: str
    authorization_endpoint: _Endpoint
    token_endpoint: _Endpoint
    jwks_uri: _Endpoint
    userinfo_endpoint: _Endpoint | None = None
    authorization_response_iss_parameter_supported: bool = False


class _Keys(msgspec.Struct, frozen=True):
    keys: list[dict[str, Any]]  # JSON Web Keys as joserfc takes them


class _Token(msgspec.Struct, frozen=True):
    id_token: str
    access_token: str


class Provider:
    """The client of one provider. Each call takes ``timeout_seconds`` at most."""

    def __init__(self, settings: OpenIdSettings) -> None:
        self._settings = settings
        self._wanted = {"email", "email_verified"} if settings.claim == "email" else {settings.claim}
        self._tls = httpx2.create_ssl_context()
        self._metadata = Document(self._discover)
        self._keys = Document(self._fetch_keys)

    async def authorization_url(self, state: str, nonce: str, code_verifier: str) -> str:
        """The address to which a browser goes to log in. Raises ProviderError."""
        metadata = await self._metadata.get()
        url, _ = self._client().create_authorization_url(
            metadata.authorization_endpoint, state=state, nonce=nonce, code_verifier=code_verifier
        )
        return str(url)

    async def check_issuer(self, issuer: str | None) -> None:
        """Checks, as in RFC 9207, that an answer that a browser brings is this provider's. Raises ProviderError."""
        metadata = await self._metadata.get()
        demanded = metadata.authorization_response_iss_parameter_supported
        if issuer != self._settings.issuer and (demanded or issuer is not None):
            raise ProviderFailedError(f"the answer is not from {self._settings.issuer}")

    async def identify(self, code: str, nonce: str, code_verifier: str) -> Mapping[str, object]:
        """The claims about the person who logged in. They come from the ID token and, if it lacks the claim that finds
        the agent, from the userinfo endpoint too. Raises ProviderError."""
        metadata = await self._metadata.get()
        with _provider_errors():
            async with asyncio.timeout(self._settings.timeout_seconds), self._client() as client:
                answer = await client.fetch_token(
                    metadata.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    redirect_uri=self._settings.redirect_url,
                    code_verifier=code_verifier,
                )
                claims = await self._check(msgspec.convert(dict(answer), _Token), nonce)
                if metadata.userinfo_endpoint is None or self._wanted <= claims.keys():
                    return claims
                return _joined(claims, _decode(await client.get(metadata.userinfo_endpoint), dict[str, object]))

    async def _check(self, token: _Token, nonce: str) -> dict[str, object]:
        """Checks the token, with newly fetched keys if the known ones did not sign it: the provider may have begun to
        use another key."""
        keys = await self._keys.get()
        try:
            return check_id_token(token.id_token, keys, self._settings, nonce, token.access_token)
        except (InvalidKeyIdError, BadSignatureError):
            keys = await self._keys.get(other_than=keys)
            return check_id_token(token.id_token, keys, self._settings, nonce, token.access_token)

    async def _discover(self) -> Metadata:
        metadata = await self._fetch(get_well_known_url(self._settings.issuer, external=True), Metadata)
        if metadata.issuer != self._settings.issuer:
            raise ProviderFailedError(f"the provider calls itself {metadata.issuer!r}, not {self._settings.issuer!r}")
        return metadata

    async def _fetch_keys(self) -> KeySet:
        metadata = await self._metadata.get()
        return key_set((await self._fetch(metadata.jwks_uri, _Keys)).keys)

    async def _fetch(self, url: str, type_: type[T]) -> T:
        with _provider_errors():
            async with asyncio.timeout(self._settings.timeout_seconds), self._client() as client:
                return _decode(await client.request("GET", url, withhold_token=True), type_)

    def _client(self) -> AsyncOAuth2Client:
        """A new client for each use, because a client remembers the tokens that it got."""
        settings = self._settings
        return AsyncOAuth2Client(
            settings.client_id,
            settings.client_secret,
            token_endpoint_auth_method=settings.client_authentication,
            scope=" ".join(settings.scopes),
            redirect_uri=settings.redirect_url,
            code_challenge_method="S256",
            leeway=0,  # tokens are used at once, so a short life is enough
            verify=self._tls,
            timeout=settings.timeout_seconds,
        )


def _decode(response: httpx2.Response, type_: type[T]) -> T:
    response.raise_for_status()
    return msgspec.json.decode(response.content, type=type_)


def _joined(claims: dict[str, object], userinfo: dict[str, object]) -> dict[str, object]:
    if userinfo.get("sub") != claims["sub"]:
        raise ProviderFailedError("the userinfo endpoint describes somebody else than the ID token")
    return {**userinfo, **claims}


@contextmanager
def _provider_errors() -> Iterator[None]:
    """Turns the libraries' errors into ProviderError."""
    try:
        yield
    except (TimeoutError, httpx2.TransportError) as error:
        raise ProviderUnavailableError(f"it does not answer: {type(error).__name__}") from error
    except httpx2.HTTPStatusError as error:
        status = error.response.status_code
        if error.response.is_server_error or status == _TOO_MANY_REQUESTS:
            raise ProviderUnavailableError(f"it answers with status {status}") from error
        raise ProviderFailedError(f"it answers with status {status}") from error
    except OAuthError as error:
        if error.error == "invalid_grant":
            raise CodeRefusedError("it refused the code") from error
        raise ProviderFailedError(f"its token endpoint answers {str(error.error)[:64]!r}") from error
    except JoseError as error:
        raise ProviderFailedError(f"its ID token does not hold: {error}") from error
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise ProviderFailedError("its answer is malformed") from error
