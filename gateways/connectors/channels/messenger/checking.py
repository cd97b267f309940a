"""Asks Meta whether a page or an account is set up, and subscribes the app to its messages.

Source: Messenger Platform, "Webhooks: subscribe your app to a page"; Graph API, "App subscriptions".
"""

from typing import Any

from gateways.connectors.channels.connector import Finding, Line
from gateways.connectors.channels.graph.calling import SUCCESS, call_graph, field_of
from gateways.connectors.channels.graph.outcomes import fault_of
from gateways.connectors.channels.messenger.errors import judge_page
from schemas.configuration.connectors import InstagramSettings, MessengerSettings
from schemas.configuration.connectors.messenger import PageSettings

__all__ = ["check_page", "subscribe_page"]

_PAGE_FIELDS = ("messages", "messaging_postbacks", "message_deliveries", "message_reads", "message_reactions")
_INSTAGRAM_FIELDS = ("messages", "messaging_postbacks", "messaging_seen", "message_reactions")
_NO_PUBLIC_URL = "the server's public address is not set: Meta cannot be asked to post there"


async def check_page(line: Line[Any]) -> list[Finding]:
    """Whether the token is that of the page or account, to what the app is subscribed, and where Meta posts it."""
    owner = await _owner(line)
    if owner.status == "fault":
        return [owner]
    return [owner, await _subscription(line), await _webhook(line)]


async def subscribe_page(line: Line[Any]) -> list[Finding]:
    """Subscribes the app to the messages. With ``app_id`` it also gives the app the address of this channel, unless the
    app has another one."""
    query = {"subscribed_fields": ",".join(_fields(line.settings))}
    answer = await call_graph(line, "POST", "me/subscribed_apps", query=query)
    if answer.status not in SUCCESS:
        return [fault_of(answer, judge_page, "Meta does not subscribe the app")]
    return [Finding("ok", "the app is subscribed to the messages"), await _give_webhook(line)]


async def _owner(line: Line[Any]) -> Finding:
    settings = line.settings
    if isinstance(settings, InstagramSettings):
        path, name, wanted = settings.account_id, "username", settings.account_id
    else:
        path, name, wanted = "me", "name", getattr(settings, "page_id", "")
    answer = await call_graph(line, "GET", path, query={"fields": f"id,{name}"})
    if answer.status not in SUCCESS:
        return fault_of(answer, judge_page, "Meta does not show the page or account of the token")
    found = field_of(answer.json, "id")
    if path == "me" and found != wanted:
        return Finding("fault", f"the token is not that of the page {wanted}, but of {found}")
    return Finding("ok", f"the token is that of {field_of(answer.json, name)}")


async def _subscription(line: Line[Any]) -> Finding:
    answer = await call_graph(line, "GET", "me/subscribed_apps")
    if answer.status not in SUCCESS:
        return fault_of(answer, judge_page, "Meta does not say to what the app is subscribed")
    fields = field_of(answer.json, "data", 0, "subscribed_fields") or []
    missing = [field for field in _fields(line.settings) if field not in fields]
    if "messages" in missing:
        return Finding("fault", "the app is not subscribed to the messages")
    if missing:
        return Finding("warning", f"the app is not subscribed to {', '.join(missing)}")
    return Finding("ok", "the app is subscribed to the messages")


async def _webhook(line: Line[Any]) -> Finding:
    if line.public_url is None:
        return Finding("warning", _NO_PUBLIC_URL)
    settings = line.settings
    if not isinstance(settings, MessengerSettings) or settings.app_id is None:
        return Finding("warning", f"whether Meta posts to {line.public_url} is to be seen at the app's Webhooks alone")
    answer = await _of_app(line, "GET")
    if answer.status not in SUCCESS:
        return fault_of(answer, judge_page, "Meta does not say where it posts")
    address = _address(answer.json)
    if address == line.public_url:
        return Finding("ok", f"Meta posts to {address}")
    return Finding("fault", f"Meta posts to {address or 'nowhere'}, and not to {line.public_url}")


async def _give_webhook(line: Line[Any]) -> Finding:
    found = await _webhook(line)
    settings = line.settings
    if found.status == "ok" or line.public_url is None or settings.app_id is None:
        return found
    if not isinstance(settings, MessengerSettings):
        return Finding("warning", f"enter {line.public_url} and the verify token at the app's Webhooks for Instagram")
    if _address((await _of_app(line, "GET")).json):
        # Other pages of the same app may need that address.
        return Finding("fault", f"{found.words}; it is left as it is: change it at the app's Webhooks")
    answer = await _of_app(
        line,
        "POST",
        {
            "object": "page",
            "callback_url": line.public_url,
            "verify_token": line.secrets.named(settings.verify_token),
            "fields": ",".join(_PAGE_FIELDS),
        },
    )
    if answer.status not in SUCCESS:
        return fault_of(answer, judge_page, f"Meta does not take {line.public_url} as the app's webhook")
    return Finding("ok", f"Meta posts to {line.public_url}")


async def _of_app(line: Line[Any], method: str, json: Any = None) -> Any:
    """A call about the webhooks of the app, by the app's own token."""
    app_id = line.settings.app_id
    token = f"{app_id}|{line.secrets.named(line.settings.app_secret)}"
    return await call_graph(line, method, f"{app_id}/subscriptions", token=token, json=json)


def _address(subscriptions: Any) -> str | None:
    for subscription in field_of(subscriptions, "data") or []:
        if field_of(subscription, "object") == "page":
            address = field_of(subscription, "callback_url")
            return address if isinstance(address, str) else None
    return None


def _fields(settings: PageSettings) -> tuple[str, ...]:
    return _INSTAGRAM_FIELDS if isinstance(settings, InstagramSettings) else _PAGE_FIELDS
