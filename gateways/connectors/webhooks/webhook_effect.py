"""The effect that sends events to webhooks."""

import logging
from collections.abc import Sequence

from msgspec.structs import replace

from actors.engine import Committed, NotDurableError, QueueFullError
from gateways.configuration.changing import configure_item
from gateways.connectors.webhooks.bodies import event_body
from gateways.connectors.webhooks.calling import ReceiverAnswer, Receivers
from gateways.connectors.webhooks.choosing import (
    EFFECT,
    TARGET_PREFIX,
    is_wanted,
    lane_of,
    scopes_of,
    webhook_target,
    webhooks_for,
)
from gateways.connectors.webhooks.exceptions import NoAnswerError, NoSecretError
from gateways.connectors.webhooks.signing import signed
from gateways.exceptions import RefusedError
from gateways.outbox import Delivery, Outcome, Planned, TargetPolicy
from gateways.services import Services
from schemas.actors import SYSTEM
from schemas.configuration import Webhook

__all__ = ["WebhookEffect"]

_logger = logging.getLogger(__name__)
_GONE = 410
_DAY = 24 * 3600.0
_POLICY = TargetPolicy(
    at_once=10,
    pauses=(5.0, 300.0, 1800.0, 2 * 3600.0, 5 * 3600.0, 10 * 3600.0, 14 * 3600.0, 20 * 3600.0, _DAY),
    give_up_after=3 * _DAY,
    keep_seconds=7 * _DAY,
)
"""The tries that Standard Webhooks proposes, over three days."""


class WebhookEffect:
    """Sends each event to the webhooks that it is for, signed as Standard Webhooks has it. A conversation's events come
    in order; receivers know a repetition by the event's id."""

    name = EFFECT
    repeatable = True

    def __init__(self, services: Services, receivers: Receivers) -> None:
        self._services = services
        self._receivers = receivers

    def plan(self, item: Committed) -> Sequence[Planned]:
        return [Planned(webhook_target(name), lane_of(item)) for name in webhooks_for(self._services, item)]

    def policy(self, target: str) -> TargetPolicy | None:
        webhook = self._webhook(target.removeprefix(TARGET_PREFIX))
        return _POLICY if webhook is not None and is_wanted(self._services, webhook) else None

    async def perform(self, delivery: Delivery, item: Committed | None) -> Outcome:
        name = delivery.target.removeprefix(TARGET_PREFIX)
        webhook, version = self._webhook(name), self._services.configuration.last_change("webhooks", name)
        if webhook is None or not is_wanted(self._services, webhook):
            return Outcome(kind="recipient_refused", detail="the webhook was removed or disabled, or its key was")
        if item is None:
            raise ValueError("a webhook is sent events alone")
        personal = webhook.personal and not scopes_of(self._services, webhook).isdisjoint({"personal", "admin"})
        body = event_body(item.record, item.event, personal=personal)
        try:
            headers = signed(self._services, name, webhook, item.record.event_id, body)
            answer = await self._receivers.call(webhook.url, headers, body)
        except NoSecretError as error:
            return Outcome(kind="configuration_fault", detail=str(error))
        except NoAnswerError as error:
            return Outcome(kind="try_again", detail=str(error))
        if answer.status == _GONE and await self._disable(name, webhook, version):
            return Outcome(kind="recipient_refused", code=str(_GONE), detail=answer.fault)
        return _outcome(answer)

    async def look_up(self, delivery: Delivery, item: Committed | None) -> Outcome | None:
        return None

    async def set_aside(self, delivery: Delivery, item: Committed | None, outcome: Outcome) -> None:
        _logger.error("the event at position %d is not taken by %s", delivery.position, delivery.target)

    def _webhook(self, name: str) -> Webhook | None:
        return self._services.configuration.webhooks.get(name)

    async def _disable(self, name: str, webhook: Webhook, version: int) -> bool:
        """Disables a webhook whose receiver is gone. Returns False if it is not disabled: it has been changed since the
        call, for then the answer was another receiver's, or nothing can be recorded now."""
        disabled = replace(webhook, enabled=False, disabled_because="the receiver answered 410 Gone")
        try:
            await configure_item(self._services, name, disabled, SYSTEM, based_on=version)
        except (RefusedError, QueueFullError, NotDurableError):
            return False
        _logger.warning("the webhook %s is disabled: its receiver answered 410 Gone", name)
        return True


def _outcome(answer: ReceiverAnswer) -> Outcome:
    if answer.fault is None:
        return Outcome(kind="delivered", code=str(answer.status))
    return Outcome(kind="try_again", code=str(answer.status), detail=answer.fault, retry_after=answer.retry_after)
