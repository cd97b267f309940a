"""The effect that asks a bot again, where the first try failed on this server's side and somebody wants another."""

from collections.abc import Sequence

from actors.engine import Committed
from gateways.connectors.bots.bot_effect import BOT_TARGET, BotEffect
from gateways.outbox import Delivery, Outcome, Planned, TargetPolicy
from gateways.services import Services

__all__ = ["RetriedBots"]

_POLICY = TargetPolicy(at_once=8, pauses=(1.0,), give_up_after=0.0, keep_seconds=24 * 3600.0)


class RetriedBots:
    """Plans nothing: the first try of each event is made by the consumer, without a way over the outbox, because a
    customer waits for the bot. The ids of a bot's messages derive from the event, so that nothing is posted twice."""

    repeatable = True

    def __init__(self, services: Services, bots: BotEffect) -> None:
        self._services = services
        self._bots = bots
        self.name = bots.name

    def plan(self, item: Committed) -> Sequence[Planned]:
        return ()

    def policy(self, target: str) -> TargetPolicy | None:
        return _POLICY if target.removeprefix(BOT_TARGET) in self._services.configuration.bots else None

    async def perform(self, delivery: Delivery, item: Committed | None) -> Outcome:
        if item is None:
            raise ValueError("a bot is asked about events alone")
        await self._bots.perform(item)
        return Outcome(kind="delivered")

    async def look_up(self, delivery: Delivery, item: Committed | None) -> Outcome | None:
        return None

    async def set_aside(self, delivery: Delivery, item: Committed | None, outcome: Outcome) -> None:
        """The log has said what happened."""
