"""Calls of Twilio's REST API."""

from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import quote, urlencode

from gateways.connectors.channels.calling import ProviderAnswer, call_provider
from gateways.connectors.channels.connector import Line
from schemas.configuration.connectors import TwilioSettings

__all__ = ["account_url", "authorization", "authorization_by_token", "get", "post_form", "post_json"]

Pairs = Iterable[tuple[str, str]]


def account_url(settings: TwilioSettings, path: str = "") -> str:
    return f"{settings.base_url.rstrip('/')}/2010-04-01/Accounts/{settings.account}{path}.json"


def authorization(line: Line[TwilioSettings]) -> dict[str, str]:
    """The header with the account's API key, which can be revoked alone, or else with its token. Raises
    SettingsError."""
    settings = line.settings
    if settings.api_key is not None and settings.api_key_secret is not None:
        return _basic(settings.api_key, line.secrets.named(settings.api_key_secret))
    return authorization_by_token(line)


def authorization_by_token(line: Line[TwilioSettings]) -> dict[str, str]:
    """The header with the account's token. Raises SettingsError."""
    return _basic(line.settings.account, line.secrets.named(line.settings.auth_token))


def _basic(user: str, password: str) -> dict[str, str]:
    # Rejected: aiohttp's BasicAuth, which its newer versions warn of.
    return {"Authorization": f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"}


async def get(line: Line[TwilioSettings], url: str, parameters: Pairs = ()) -> ProviderAnswer:
    query = urlencode(list(parameters), quote_via=quote)
    address = f"{url}?{query}" if query else url
    return await call_provider(line.http, "GET", address, headers=authorization(line))


async def post_form(line: Line[TwilioSettings], url: str, fields: Pairs) -> ProviderAnswer:
    headers = {"Content-Type": "application/x-www-form-urlencoded", **authorization(line)}
    return await call_provider(line.http, "POST", url, headers=headers, data=urlencode(list(fields)).encode())


async def post_json(line: Line[TwilioSettings], url: str, body: object) -> ProviderAnswer:
    return await call_provider(line.http, "POST", url, headers=authorization(line), json=body)
