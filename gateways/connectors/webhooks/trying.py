"""Sending an example to a webhook, to see whether its receiver takes it. Nothing is recorded."""

import time
from typing import NamedTuple

import msgspec

from gateways.connectors.webhooks.calling import receivers
from gateways.connectors.webhooks.exceptions import NoAnswerError, NoSecretError
from gateways.connectors.webhooks.signing import signed
from gateways.inspection.cloud_events import cloud_event
from gateways.services import Services
from schemas.configuration import Webhook
from schemas.identifiers import new_id
from schemas.instants import format_instant
from schemas.records import Record

__all__ = ["Attempt", "try_webhook"]

_TYPE = "WebhookTested"
_MAX_CHARACTERS = 1024


class Attempt(NamedTuple):
    """``failure`` says why the receiver would not be taken to have the event."""

    seconds: float
    status: int | None = None
    answer: str | None = None
    failure: str | None = None


async def try_webhook(services: Services, name: str, webhook: Webhook, actor: str) -> Attempt:
    """Sends the example once, also to a webhook that is disabled."""
    event_id, began = new_id(), time.monotonic()
    body = _example(services, name, event_id, actor)
    try:
        headers = signed(services, name, webhook, event_id, body)
        async with receivers(services.settings) as called:
            answer = await called.call(webhook.url, headers, body)
    except (NoSecretError, NoAnswerError) as error:
        return Attempt(_since(began), failure=str(error))
    text = answer.beginning[:_MAX_CHARACTERS].decode(errors="replace")
    return Attempt(_since(began), answer.status, text, answer.fault)


def _example(services: Services, name: str, event_id: str, actor: str) -> bytes:
    """An event of a type of its own, so that no receiver takes it for something that has happened."""
    record = Record(
        stream=f"webhook-{name}",
        version=1,
        event_id=event_id,
        type=_TYPE,
        at=format_instant(services.clock()),
        schema_version=1,
        correlation_id=event_id,
        causation_id=event_id,
        actor=actor,
        data=b"",
        position=max(services.hub.position, 1),
    )
    return msgspec.json.encode(cloud_event(record, msgspec.json.encode({"webhook": name})))


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)
