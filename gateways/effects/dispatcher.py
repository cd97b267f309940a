"""The dispatcher: makes the deliveries of one effect that are due, and records what became of them."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress

from actors.engine import Committed, EngineStoppedError
from actors.journal import Journal, JournalUnavailableError
from actors.journal.places import record_at
from gateways.data_directory import DataFileUnavailableError
from gateways.effects.delivering import DeliveringEffect
from gateways.effects.target import Target
from gateways.outbox import Call, Claimed, Delivery, Outbox, Outcome, TargetPolicy
from gateways.services import Services
from schemas.events import REGISTRY
from schemas.exceptions import SchemaError

__all__ = ["Dispatcher"]

_logger = logging.getLogger(__name__)
_DEPTH = 20
"""The deliveries of a lane that are claimed at once, where they may be repeated."""
_REMEMBERED = 2_000
_WORTH_READING_TOGETHER = 2
_RETRY_SECONDS = 1.0
_DRAIN_SECONDS = 10.0
_MAX_SLEEP = 60.0
_KEEP_SECONDS = 7 * 86400.0
"""For the deliveries of a target that is gone."""
_UNPLANNED = TargetPolicy(at_once=1, pauses=(60.0,), give_up_after=0.0, keep_seconds=0.0)
"""For events that could not be planned: the effect itself is their target."""
_ENDED_IN_CALL = Outcome(kind="unknown", detail="the server ended while the call was being made")


class Dispatcher:
    """Memory holds the calls that run and a little about each target; all that waits is in the outbox.

    A delivery that may not be repeated counts as being called before its call is made. One that is found so after a
    crash has an unknown outcome, unless the effect can look it up.
    """

    def __init__(
        self, effect: DeliveringEffect, services: Services, outbox: Outbox, now: Callable[[], float] = time.time
    ) -> None:
        self._effect = effect
        self._journal = services.journal
        self._supervision = services.supervision
        self._outbox = outbox
        self._now = now
        self._targets: dict[str, Target] = {}
        self._recent: OrderedDict[int, Committed] = OrderedDict()
        self._ended: list[Call] = []
        self._lanes: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._stepped = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None

    def remember(self, item: Committed) -> None:
        """Keeps a recent event at hand."""
        self._recent[item.record.position] = item
        if len(self._recent) > _REMEMBERED:
            self._recent.popitem(last=False)

    def notify(self, targets: Iterable[str]) -> None:
        """Something waits for these targets."""
        for name in targets:
            target = self._target(name)
            if target is not None:
                target.is_due(self._now())
        self._wake.set()

    def resume(self) -> None:
        """The configuration has changed: targets that were stopped may work now, others are asked of differently, and
        some may be gone."""
        for target in list(self._targets.values()):
            policy = self._policy(target.name)
            if policy is None:
                self._forget(target.name)
                continue
            target.policy = policy
            if target.stopped is not None:
                self._outbox.resume(target.name)
                self._supervision.clear(_impediment(target.name))
                target.stopped = None
            target.is_due(self._now())
        self._wake.set()

    @asynccontextmanager
    async def holding(self, name: str) -> AsyncIterator[None]:
        """While the context is entered, no delivery to the target is made. Those that are under way end before."""
        target = self._target(name)
        if target is None:
            yield
            return
        target.held = True
        try:
            while target.in_flight or any(call.delivery.target == name for call in self._ended):
                self._stepped.clear()
                await self._stepped.wait()
            yield
        finally:
            target.held = False
            self.notify([name])

    async def run(self) -> None:
        """Runs until it is cancelled. Calls that run then have a while to end."""
        await self._recover()
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                await self._step()
        finally:
            if self._timer is not None:
                self._timer.cancel()
            await self._drain()

    async def _recover(self) -> None:
        name, repeatable = self._effect.name, self._effect.repeatable
        for delivery in await asyncio.to_thread(self._outbox.recover, name, repeatable=repeatable):
            outcome = await self._look_up(delivery)
            self._ended.append(Call(delivery, outcome, self._now(), self._now()))
        await asyncio.to_thread(self._outbox.retry_parked, name)
        stopped = await asyncio.to_thread(self._outbox.stopped, name)
        for target in stopped:
            await asyncio.to_thread(self._outbox.resume, target)
        self.notify(await asyncio.to_thread(self._outbox.targets, name))

    async def _look_up(self, delivery: Delivery) -> Outcome:
        """What became of a call that was being made when the server ended."""
        item: Committed | None = None
        try:
            item = await self._item(delivery)
            found = await self._effect.look_up(delivery, item)
        except EngineStoppedError:
            raise
        except Exception:
            _logger.exception("what became of delivery %d to %s cannot be looked up", delivery.id, delivery.target)
            found = None
        outcome = found or _ENDED_IN_CALL
        if outcome.kind == "unknown":
            await self._set_aside(delivery, item, outcome)
        return outcome

    async def _step(self) -> None:
        now, ended = self._now(), self._ended
        self._ended = []
        depth = _DEPTH if self._effect.repeatable else 1
        wanted = {target.name: (room, depth) for target in self._targets.values() if (room := target.room(now))}
        for name in wanted:
            # What is planned from now on may be missing in the answer, and makes the target due again.
            self._targets[name].next_due = None
        try:
            claimed = await self._claim(ended, wanted, now)
        except DataFileUnavailableError as error:
            self._ended = ended + self._ended
            self.notify(wanted)
            _logger.warning("deliveries of %s cannot be recorded yet: %s", self._effect.name, error)
            await asyncio.sleep(_RETRY_SECONDS)
            return
        for name, found in claimed.items():
            target = self._targets.get(name)
            if target is not None:
                self._begin_lanes(target, found)
        self._stepped.set()
        self._sleep_until_due()

    async def _claim(self, ended: list[Call], wanted: dict[str, tuple[int, int]], now: float) -> dict[str, Claimed]:
        """Lanes that are claimed when the dispatcher is cancelled are given back: no call of them is made."""
        marks = not self._effect.repeatable
        claiming = asyncio.ensure_future(asyncio.to_thread(self._outbox.step, ended, wanted, now, marks=marks))
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            await asyncio.wait([claiming])
            if claiming.exception() is None:
                self._outbox.give_back([each for found in claiming.result().values() for each in found.lanes])
            raise

    def _begin_lanes(self, target: Target, found: Claimed) -> None:
        if found.next_due is not None:
            target.is_due(found.next_due)
        if target.held:
            self._outbox.give_back(found.lanes)
            return
        for lane in found.lanes:
            self._begin(target, lane)

    def _begin(self, target: Target, lane: list[Delivery]) -> None:
        target.in_flight += 1
        task = asyncio.create_task(self._work(target, lane))
        self._lanes.add(task)
        task.add_done_callback(self._lanes.discard)

    def _sleep_until_due(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        now = self._now()
        waiting = [target.next_action for target in self._targets.values() if target.in_flight == 0 or target.room(now)]
        delay = min((max(at - now, 0.0) for at in waiting), default=_MAX_SLEEP)
        self._timer = asyncio.get_running_loop().call_later(min(delay, _MAX_SLEEP), self._wake.set)

    async def _work(self, target: Target, lane: list[Delivery]) -> None:
        """Makes the deliveries of a lane in order, until one has to wait."""
        try:
            await self._read_ahead(lane)
            for number, delivery in enumerate(lane, start=1):
                outcome, parked = await self._perform(target, delivery)
                call = self._judge(target, delivery, outcome, parked=parked)
                waits = outcome.unfinished or call.due is not None
                if waits or target.held or number == len(lane):
                    self._end(target, call if waits else call._replace(due=self._now()))
                    return
                self._ended.append(call)
        except EngineStoppedError:
            return
        finally:
            target.in_flight -= 1
            self._wake.set()

    def _end(self, target: Target, call: Call) -> None:
        self._ended.append(call)
        if call.due is not None:
            target.is_due(call.due)

    def _judge(self, target: Target, delivery: Delivery, outcome: Outcome, *, parked: bool) -> Call:
        """What the outcome means for the lane. It goes on at once, unless ``due`` says otherwise."""
        now = self._now()
        target.note(outcome, now)
        if outcome.kind == "configuration_fault":
            self._stop(target, outcome)
            return Call(delivery, outcome, now, now)
        if outcome.unfinished:
            return Call(delivery, outcome, now, now)
        if outcome.kind != "try_again" or parked:
            return Call(delivery, outcome, now, None, parked)
        pause = max(target.pause_after(delivery.tries + 1), outcome.retry_after or 0.0)
        return Call(delivery, outcome, now, now + pause)

    async def _perform(self, target: Target, delivery: Delivery) -> tuple[Outcome, bool]:
        """The outcome, and whether the delivery is set aside."""
        item: Committed | None = None
        try:
            item = await self._item(delivery)
            outcome = await self._make(delivery, item)
        except EngineStoppedError:
            raise
        except Exception as error:
            _logger.exception("delivery %d to %s failed", delivery.id, delivery.target)
            outcome = Outcome(kind="server_fault", detail=f"{type(error).__name__}; the log says more")
        given_up = outcome.kind == "try_again" and self._is_given_up(target, delivery)
        if given_up or outcome.kind in ("unknown", "server_fault"):
            await self._set_aside(delivery, item, outcome)
            return outcome, True
        return outcome, False

    async def _make(self, delivery: Delivery, item: Committed | None) -> Outcome:
        if delivery.target != self._effect.name or item is None:
            return await self._effect.perform(delivery, item)
        planned = [(delivery.position, each) for each in self._effect.plan(item)]
        await asyncio.to_thread(self._outbox.plan_late, self._effect.name, planned, self._now())
        self.notify({each.target for _, each in planned})
        return Outcome(kind="delivered")

    def _is_given_up(self, target: Target, delivery: Delivery) -> bool:
        since = delivery.first_try_at
        return since is not None and self._now() - since >= target.policy.give_up_after

    async def _set_aside(self, delivery: Delivery, item: Committed | None, outcome: Outcome) -> None:
        try:
            await self._effect.set_aside(delivery, item, outcome)
        except EngineStoppedError:
            raise
        except Exception:
            _logger.exception("what became of delivery %d to %s is not recorded", delivery.id, delivery.target)

    async def _item(self, delivery: Delivery) -> Committed | None:
        if delivery.payload is not None:
            return None
        recent = self._recent.get(delivery.position)
        if recent is not None:
            return recent
        record = await asyncio.to_thread(record_at, self._journal, delivery.position)
        if record is None:
            raise LookupError(f"the journal has no event at position {delivery.position}")
        return Committed(record, REGISTRY.decode(record))

    async def _read_ahead(self, lane: list[Delivery]) -> None:
        """Keeps the events of a lane at hand, read together. What cannot be read now is read in its turn."""
        wanted = [each.position for each in lane if each.payload is None and each.position not in self._recent]
        if len(wanted) < _WORTH_READING_TOGETHER:
            return
        try:
            for item in await asyncio.to_thread(_readable_items, self._journal, wanted):
                self.remember(item)
        except JournalUnavailableError as error:
            _logger.info("events of deliveries of %s cannot be read ahead: %s", self._effect.name, error)

    def _target(self, name: str) -> Target | None:
        """The target; None when it is gone, and what waited for it is dropped."""
        target = self._targets.get(name)
        if target is not None:
            return target
        policy = self._policy(name)
        if policy is None:
            self._forget(name)
            return None
        return self._targets.setdefault(name, Target(name, policy))

    def _policy(self, name: str) -> TargetPolicy | None:
        return _UNPLANNED if name == self._effect.name else self._effect.policy(name)

    def _forget(self, name: str) -> None:
        self._targets.pop(name, None)
        self._outbox.forget_target(name)
        self._supervision.clear(_impediment(name))

    def _stop(self, target: Target, outcome: Outcome) -> None:
        if target.stopped is None:
            target.stopped = outcome.detail or "no call can succeed"
            _logger.error("%s is stopped: %s", target.name, target.stopped)
            self._supervision.impair(_impediment(target.name), target.stopped)
            self._outbox.stop(self._effect.name, target.name, target.stopped, self._now())

    async def prune(self) -> None:
        """Removes deliveries that ended long ago, also those of targets that get none any more."""
        for name in await asyncio.to_thread(self._outbox.targets_ever, self._effect.name):
            policy = self._policy(name)
            before = self._now() - (_KEEP_SECONDS if policy is None else policy.keep_seconds)
            while await asyncio.to_thread(self._outbox.prune, name, before):
                pass

    async def _drain(self) -> None:
        if self._lanes:
            await asyncio.wait(self._lanes, timeout=_DRAIN_SECONDS)
        for lane in self._lanes:
            lane.cancel()
        await asyncio.gather(*self._lanes, return_exceptions=True)
        if self._ended:
            await asyncio.to_thread(self._outbox.step, self._ended, {}, self._now(), marks=False)


def _readable_items(journal: Journal, positions: Iterable[int]) -> list[Committed]:
    items = []
    for position in positions:
        record = record_at(journal, position)
        if record is not None:
            with suppress(SchemaError):
                items.append(Committed(record, REGISTRY.decode(record)))
    return items


def _impediment(target: str) -> str:
    return f"deliveries to {target}"
