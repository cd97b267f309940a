"""An effect that records its calls and ends each as the test says."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from actors.engine import Committed
from gateways.effects.running import EffectRunner
from gateways.outbox import Delivery, Outcome, Planned, TargetPolicy
from gateways.services import Services
from schemas.content import TextContent
from schemas.events import MessagePosted
from tests.gateways.centre import eventually

__all__ = ["DELIVERED", "HASTY", "RecordingEffect", "running"]

DELIVERED = Outcome(kind="delivered")
HASTY = TargetPolicy(at_once=8, pauses=(0.01,), give_up_after=600.0, keep_seconds=600.0)


class RecordingEffect:
    """Each customer's text goes to every target, in the conversation's lane. ``outcomes`` are by the text: those of the
    first tries, and then the text is delivered. ``taken`` holds the texts that were delivered, by target and lane. The
    calls of ``slow`` targets end when they are released."""

    name = "recording"

    def __init__(self, *targets: str, repeatable: bool = True, policy: TargetPolicy = HASTY) -> None:
        self.targets = dict.fromkeys(targets or ("there",), policy)
        self.repeatable = repeatable
        self.outcomes: defaultdict[str, list[Outcome | Exception]] = defaultdict(list)
        self.calls: list[tuple[str, str]] = []
        self.taken: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.aside: list[tuple[str, Outcome]] = []
        self.found: dict[str, Outcome] = {}
        self.is_down: Callable[[str], bool] = lambda target: False
        self.before_planning: Callable[[Committed], None] = lambda item: None
        self.slow = set(self.targets)
        self.release = asyncio.Event()
        self.release.set()
        self.at_once = 0
        self.most_at_once = 0

    def plan(self, item: Committed) -> Sequence[Planned]:
        if not isinstance(item.event, MessagePosted) or item.event.sender.type != "customer":
            return ()
        self.before_planning(item)
        return [Planned(target, item.record.stream) for target in self.targets]

    def policy(self, target: str) -> TargetPolicy | None:
        return self.targets.get(target)

    async def perform(self, delivery: Delivery, item: Committed | None) -> Outcome:
        text = _text(delivery, item)
        self.calls.append((delivery.target, text))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if delivery.target in self.slow:
                await self.release.wait()
        finally:
            self.at_once -= 1
        if self.is_down(delivery.target):
            return Outcome(kind="try_again", code="down")
        outcome = self.outcomes[text].pop(0) if self.outcomes[text] else DELIVERED
        if isinstance(outcome, Exception):
            raise outcome
        if outcome.kind == "delivered":
            self.taken[delivery.target, delivery.lane].append(text)
        return outcome

    async def look_up(self, delivery: Delivery, item: Committed | None) -> Outcome | None:
        return self.found.get(_text(delivery, item))

    async def set_aside(self, delivery: Delivery, item: Committed | None, outcome: Outcome) -> None:
        self.aside.append((_text(delivery, item), outcome))

    async def took(self, count: int) -> None:
        await eventually(lambda: sum(len(texts) for texts in self.taken.values()) >= count)

    async def called(self, count: int) -> None:
        await eventually(lambda: len(self.calls) >= count)


def _text(delivery: Delivery, item: Committed | None) -> str:
    if item is None:
        return (delivery.payload or b"").decode()
    assert isinstance(item.event, MessagePosted)
    assert isinstance(item.event.content, TextContent)
    return item.event.content.text


@asynccontextmanager
async def running(
    effect: RecordingEffect, services: Services, now: Callable[[], float] | None = None
) -> AsyncIterator[EffectRunner]:
    """The effect runs until the context is left, which is as if the server had stopped."""
    runner = EffectRunner(effect, services, now) if now is not None else EffectRunner(effect, services)
    task = asyncio.create_task(runner.run())
    await eventually(lambda: effect.name in services.outbox.runners)
    await eventually(lambda: services.outbox.cursor(effect.name) is not None)
    try:
        yield runner
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
