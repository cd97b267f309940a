"""Webhooks of other applications. An application sees and changes those that it has made."""

import asyncio
import logging
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from actors.engine import Committed
from gateways.configuration.changing import configure_item, remove_item
from gateways.data_directory import DataFileError
from gateways.exceptions import RefusedError, refused_field
from gateways.identity.webhook_secrets import RotatedSecret
from gateways.services import Services
from schemas.application_events import ApplicationEvent
from schemas.configuration import Webhook
from schemas.events import ItemRemoved
from schemas.identifiers import new_id
from schemas.replies import RefusalCode

__all__ = [
    "MadeWebhook",
    "WebhookCaller",
    "WebhookWish",
    "change_webhook",
    "find_webhook",
    "forget_secrets",
    "make_webhook",
    "remove_webhook",
    "rotate_secret",
    "webhooks_of",
]

_logger = logging.getLogger(__name__)
_EFFECT = "webhooks"
_MAX_WEBHOOKS = 100


class WebhookCaller(NamedTuple):
    """The application that calls, by its API key. ``sees_all`` is for those that see the webhooks of others too."""

    key: str
    actor: str
    sees_all: bool
    sees_personal: bool


class WebhookWish(msgspec.Struct, frozen=True, kw_only=True):
    """What an application chooses of a webhook."""

    url: str
    events: list[ApplicationEvent] = []
    channels: list[str] = []
    queues: list[str] = []
    teams: list[str] = []
    personal: bool = False
    enabled: bool = True


class MadeWebhook(NamedTuple):
    """``secret`` is None when the webhook had been made before: nobody can read a secret again."""

    name: str
    webhook: Webhook
    secret: str | None


def webhooks_of(services: Services, caller: WebhookCaller) -> dict[str, Webhook]:
    """Those that the caller sees, in the order of their names."""
    found = sorted(services.configuration.webhooks.items())
    return {name: webhook for name, webhook in found if caller.sees_all or webhook.made_by == caller.key}


def find_webhook(services: Services, name: str, caller: WebhookCaller) -> Webhook:
    """Raises RefusedError when there is none, in the same words when it is of another application."""
    webhook = services.configuration.webhooks.get(name)
    if webhook is None or not (caller.sees_all or webhook.made_by == caller.key):
        raise RefusedError(RefusalCode.NOT_FOUND, "no such webhook")
    return webhook


async def make_webhook(services: Services, wish: WebhookWish, name: str | None, caller: WebhookCaller) -> MadeWebhook:
    """Raises RefusedError. The request that is repeated with its ``name`` makes nothing more."""
    _check_right(wish, caller)
    name, webhook = name or new_id(), Webhook(**msgspec.structs.asdict(wish), made_by=caller.key)
    async with services.webhook_secrets.changing:
        there = services.configuration.webhooks.get(name)
        if there == webhook:
            return MadeWebhook(name, webhook, None)
        if there is not None:
            raise RefusedError(RefusalCode.ID_CONFLICT, f"the id {name} was used before, for another webhook")
        _refuse_too_many(services, caller)
        # The secret comes first, so that no event is sent before it is there.
        secret = await asyncio.to_thread(services.webhook_secrets.make, name)
        try:
            await configure_item(services, name, webhook, caller.actor, only_new=True)
        except RefusedError as refused:
            await asyncio.to_thread(services.webhook_secrets.remove, name)
            raise refused.relative_to(f"webhooks.{name}.") from None
    return MadeWebhook(name, webhook, secret)


async def change_webhook(services: Services, name: str, wish: WebhookWish, caller: WebhookCaller) -> Webhook:
    """Replaces what the application has chosen. Enabling a webhook that was disabled forgets why. Raises
    RefusedError."""
    before = find_webhook(services, name, caller)
    _check_right(wish, caller)
    reason = None if wish.enabled else before.disabled_because
    webhook = replace(before, **msgspec.structs.asdict(wish), disabled_because=reason)
    try:
        await configure_item(services, name, webhook, caller.actor)
    except RefusedError as refused:
        raise refused.relative_to(f"webhooks.{name}.") from None
    return webhook


async def remove_webhook(services: Services, name: str, caller: WebhookCaller) -> None:
    """Raises RefusedError."""
    find_webhook(services, name, caller)
    await remove_item(services, "webhooks", name, caller.actor)


async def rotate_secret(services: Services, name: str, caller: WebhookCaller) -> RotatedSecret:
    """Raises RefusedError when there is no such webhook, or its secret stands in the settings."""
    async with services.webhook_secrets.changing:
        if find_webhook(services, name, caller).signing_secret is not None:
            detail = f"the secret of {name} stands in the settings; change it there"
            raise RefusedError(RefusalCode.CONFIGURATION_CONFLICT, detail)
        rotated = await asyncio.to_thread(services.webhook_secrets.rotate, name)
    if (runner := services.outbox.runners.get(_EFFECT)) is not None:
        # The webhook may have been stopped for want of a secret.
        runner.resume()
    return rotated


def forget_secrets(services: Services, committed: list[Committed]) -> None:
    """Removes the secrets of webhooks that were removed. What cannot be written now is made up for at the next
    start."""
    for _, event in committed:
        if isinstance(event, ItemRemoved) and event.table == "webhooks":
            try:
                services.webhook_secrets.remove(event.name)
            except DataFileError as error:
                _logger.warning("the secret of the webhook %s is not removed yet: %s", event.name, error)


def _check_right(wish: WebhookWish, caller: WebhookCaller) -> None:
    if wish.personal and not caller.sees_personal:
        detail = f"the API key {caller.key} lacks the scope personal, which a webhook with personal data in clear needs"
        raise RefusedError(RefusalCode.SCOPE_MISSING, detail)


def _refuse_too_many(services: Services, caller: WebhookCaller) -> None:
    made = sum(webhook.made_by == caller.key for webhook in services.configuration.webhooks.values())
    if made >= _MAX_WEBHOOKS:
        message = f"of the API key {caller.key} are {made} already; remove one first"
        raise refused_field(RefusalCode.CONFIGURATION_CONFLICT, "webhooks", message)
