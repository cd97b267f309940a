"""Deliveries are made once in effect and in order within a lane, whatever fails in between."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from gateways.effects.dispatcher import Dispatcher
from gateways.effects.running import EffectRunner
from gateways.effects.uninterrupted import cancelled
from gateways.outbox import Call, Delivery, Outcome, Planned
from gateways.outbox.listing import TargetFigures, find_delivery, list_deliveries, target_figures
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Customer
from tests.gateways.effects.recording_effect import DELIVERED, HASTY, RecordingEffect, running

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

AGAIN = Outcome(kind="try_again", code="503")
LOST = Outcome(kind="unknown", detail="no answer came")


@pytest_asyncio.fixture
async def centre(tmp_path: Path) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path) as opened:
        yield opened


async def converse(centre: Centre, *texts: str) -> Customer:
    customer = await Customer.start(centre, "web-direct", text=texts[0])
    for text in texts[1:]:
        await customer.write(text)
    return customer


def states(centre: Centre) -> list[str]:
    return [delivery.state for delivery in reversed(list_deliveries(centre.services.outbox))]


def busy(centre: Centre) -> list[TargetFigures]:
    """The targets for which something waits."""
    return [figures for figures in target_figures(centre.services.outbox, 0.0) if figures.waiting]


class TestLanes:
    async def test_each_lane_keeps_its_order_and_goes_to_every_target(self, centre: Centre) -> None:
        effect = RecordingEffect("here", "there")
        async with running(effect, centre.services):
            customers = await asyncio.gather(*(converse(centre, *(f"{n}.{m}" for m in range(5))) for n in range(8)))
            await effect.took(80)
        for number, customer in enumerate(customers):
            for target in ("here", "there"):
                assert effect.taken[target, customer.stream] == [f"{number}.{turn}" for turn in range(5)]
        assert set(states(centre)) == {"delivered"}

    async def test_what_waits_to_be_tried_again_holds_its_own_lane_up_and_no_other(self, centre: Centre) -> None:
        effect = RecordingEffect(policy=replace(HASTY, pauses=(3600.0,)))
        effect.outcomes["bad"] = [AGAIN]
        async with running(effect, centre.services):
            stuck = await converse(centre, "bad", "after it")
            free = await converse(centre, "one", "two")
            await effect.took(2)
        assert effect.taken["there", free.stream] == ["one", "two"]
        assert effect.taken["there", stuck.stream] == []
        assert effect.calls.count(("there", "bad")) == 1

    async def test_a_target_gets_no_more_calls_at_once_than_it_may(self, centre: Centre) -> None:
        effect = RecordingEffect(policy=replace(HASTY, at_once=3))
        effect.release.clear()
        async with running(effect, centre.services):
            await asyncio.gather(*(converse(centre, str(number)) for number in range(9)))
            await effect.called(3)
            await eventually(lambda: effect.at_once == 3)
            effect.release.set()
            await effect.took(9)
        assert effect.most_at_once == 3


class TestOutcomes:
    async def test_a_failed_try_is_repeated_until_it_succeeds(self, centre: Centre) -> None:
        effect = RecordingEffect()
        effect.outcomes["one"] = [AGAIN, AGAIN]
        async with running(effect, centre.services):
            customer = await converse(centre, "one", "two")
            await effect.took(2)
        assert effect.taken["there", customer.stream] == ["one", "two"]
        first = list_deliveries(centre.services.outbox)[-1]
        assert (first.state, first.tries, first.outcome) == ("delivered", 3, "delivered")

    @pytest.mark.parametrize("kind", ["message_refused", "recipient_refused"])
    async def test_what_is_refused_is_recorded_and_the_lane_goes_on(self, centre: Centre, kind: str) -> None:
        effect = RecordingEffect()
        effect.outcomes["one"] = [Outcome(kind=kind, code="63016", detail="outside the window")]  # type: ignore[arg-type]
        async with running(effect, centre.services):
            customer = await converse(centre, "one", "two")
            await effect.took(1)
        assert effect.taken["there", customer.stream] == ["two"]
        refused = list_deliveries(centre.services.outbox, states=("refused",))
        assert [(each.outcome, each.code, each.detail) for each in refused] == [(kind, "63016", "outside the window")]

    async def test_an_unknown_outcome_is_parked_and_not_repeated_in_silence(self, centre: Centre) -> None:
        effect = RecordingEffect(repeatable=False)
        effect.outcomes["one"] = [LOST]
        async with running(effect, centre.services) as runner:
            await converse(centre, "one", "two")
            await effect.took(1)
            assert effect.calls == [("there", "one"), ("there", "two")]
            assert effect.aside == [("one", LOST)]
            (parked,) = list_deliveries(centre.services.outbox, states=("parked",))
            assert centre.services.outbox.retry(parked.id)
            runner.notify([parked.target])
            await effect.took(2)
        assert effect.calls[-1] == ("there", "one")

    async def test_an_exception_parks_the_delivery_with_its_reason(
        self, centre: Centre, caplog: pytest.LogCaptureFixture
    ) -> None:
        effect = RecordingEffect()
        effect.outcomes["one"] = [ValueError("unforeseen")]
        async with running(effect, centre.services):
            await converse(centre, "one", "two")
            await effect.took(1)
        (parked,) = list_deliveries(centre.services.outbox, states=("parked",))
        assert (parked.outcome, parked.detail) == ("server_fault", "ValueError; the log says more")
        assert "unforeseen" in caplog.text
        caplog.clear()
        centre.tracebacks.clear()

    async def test_what_fails_for_too_long_is_parked(self, centre: Centre) -> None:
        effect = RecordingEffect(policy=replace(HASTY, at_once=1, give_up_after=0.0))
        effect.outcomes["one"] = [AGAIN, AGAIN, AGAIN]
        async with running(effect, centre.services):
            await converse(centre, "one", "two")
            await effect.took(1)
        (parked,) = list_deliveries(centre.services.outbox, states=("parked",))
        assert (parked.tries, parked.code) == (2, "503")
        assert effect.aside == [("one", AGAIN)]

    async def test_the_parts_of_a_message_are_calls_of_their_own(self, centre: Centre) -> None:
        effect = RecordingEffect(repeatable=False)
        part = Outcome(kind="delivered", provider_id="a", unfinished=True)
        effect.outcomes["one"] = [part, Outcome(kind="delivered", provider_id="b", unfinished=True)]
        async with running(effect, centre.services):
            customer = await converse(centre, "one", "two")
            await effect.took(4)
        assert effect.taken["there", customer.stream] == ["one", "one", "one", "two"]
        outbox = centre.services.outbox
        found = outbox.delivery_with("there", "a")
        assert found is not None
        assert (found.done, found.state) == (3, "delivered")
        assert outbox.delivery_with("there", "b") == found
        assert outbox.delivery_with("there", "c") is None


class TestTargets:
    async def test_a_target_at_which_no_call_can_succeed_is_stopped_and_burns_no_tries(self, centre: Centre) -> None:
        effect = RecordingEffect("broken", "sound")
        fault = Outcome(kind="configuration_fault", code="401", detail="the token was revoked")
        effect.outcomes["one"] = [fault, DELIVERED]
        async with running(effect, centre.services) as runner:
            await converse(centre, "one", "two", "three")
            await effect.took(3)
            await eventually(lambda: list_deliveries(centre.services.outbox, states=("calling",)) == [])
            await eventually(
                lambda: sorted(each.waiting for each in target_figures(centre.services.outbox, 0.0)) == [0, 3]
            )
            (stopped,) = [each for each in target_figures(centre.services.outbox, 0.0) if each.waiting]
            assert (stopped.state, stopped.stopped) == ("stopped", "the token was revoked")
            assert centre.services.supervision.impediments[f"deliveries to {stopped.target}"].status == "impaired"
            assert {each.tries for each in list_deliveries(centre.services.outbox, stopped.target)} == {0}
            runner.resume()
            await effect.took(6)
            assert centre.services.supervision.impediments == {}

    async def test_what_waits_for_a_target_that_is_gone_is_dropped(self, centre: Centre) -> None:
        effect = RecordingEffect("here", "there")
        effect.is_down = lambda target: target == "there"
        async with running(effect, centre.services) as runner:
            await converse(centre, "one", "two")
            await effect.took(2)
            del effect.targets["there"]
            runner.resume()
            await eventually(lambda: {each.target for each in list_deliveries(centre.services.outbox)} == {"here"})

    async def test_a_target_that_is_down_is_asked_by_one_call_at_a_time(self, centre: Centre) -> None:
        clock = [1000.0]
        effect = RecordingEffect("down", "up")
        effect.is_down = lambda target: target == "down"
        async with running(effect, centre.services, lambda: clock[0]) as runner:
            await asyncio.gather(*(converse(centre, str(number)) for number in range(30)))
            await effect.took(30)
            first = sum(target == "down" for target, _ in effect.calls)
            assert first <= HASTY.at_once
            for _ in range(20):
                before = len(effect.calls)
                clock[0] += 120.0
                runner.notify(["down"])
                await effect.called(before + 1)
                await eventually(lambda: effect.at_once == 0)
            assert len(effect.calls) - first - 30 == 20
            effect.is_down = lambda target: False
            clock[0] += 120.0
            runner.notify(["down"])
            await effect.took(60)

    async def test_a_target_that_does_not_answer_holds_up_none_of_a_hundred_others(self, centre: Centre) -> None:
        effect = RecordingEffect("slow", *(f"fast-{number}" for number in range(100)))
        effect.slow = {"slow"}
        effect.release.clear()
        async with running(effect, centre.services):
            customers = [await converse(centre, f"{number}.0", f"{number}.1") for number in range(3)]
            await effect.took(600)
            assert effect.at_once == 3
            assert {target for target, _ in effect.taken} == set(effect.targets) - {"slow"}
            effect.release.set()
            await effect.took(606)
        assert [effect.taken["slow", customer.stream] for customer in customers] == [
            [f"{number}.0", f"{number}.1"] for number in range(3)
        ]


class TestRestarts:
    async def test_what_waits_outlives_the_server(self, centre: Centre) -> None:
        effect = RecordingEffect()
        effect.is_down = lambda target: True
        async with running(effect, centre.services):
            customer = await converse(centre, "one", "two", "three")
            await effect.called(1)
        again = RecordingEffect()
        async with running(again, centre.services):
            await again.took(3)
        assert again.taken["there", customer.stream] == ["one", "two", "three"]

    async def test_what_happens_while_nothing_runs_is_delivered_afterwards(self, centre: Centre) -> None:
        async with running(RecordingEffect(), centre.services):
            pass
        customer = await converse(centre, "one", "two")
        effect = RecordingEffect()
        async with running(effect, centre.services):
            await effect.took(2)
        assert effect.taken["there", customer.stream] == ["one", "two"]

    async def test_an_effect_that_is_new_begins_with_the_present(self, centre: Centre) -> None:
        await converse(centre, "of old")
        effect = RecordingEffect()
        async with running(effect, centre.services):
            await converse(centre, "new")
            await effect.took(1)
        assert effect.calls == [("there", "new")]

    @pytest.mark.parametrize("found", [None, DELIVERED])
    async def test_a_call_that_the_server_did_not_outlive_is_not_repeated(
        self, centre: Centre, found: Outcome | None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("gateways.effects.dispatcher._DRAIN_SECONDS", 0.0)
        effect = RecordingEffect(repeatable=False)
        effect.release.clear()
        async with running(effect, centre.services):
            await converse(centre, "one", "two")
            await effect.called(1)
        again = RecordingEffect(repeatable=False)
        if found is not None:
            again.found["one"] = found
        async with running(again, centre.services):
            await again.took(1)
        assert again.calls == [("there", "two")]
        assert states(centre) == ["parked" if found is None else "delivered", "delivered"]
        assert [text for text, _ in again.aside] == (["one"] if found is None else [])

    async def test_a_call_that_may_be_repeated_is_repeated(
        self, centre: Centre, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("gateways.effects.dispatcher._DRAIN_SECONDS", 0.0)
        effect = RecordingEffect()
        effect.release.clear()
        async with running(effect, centre.services):
            await converse(centre, "one")
            await effect.called(1)
        again = RecordingEffect()
        async with running(again, centre.services):
            await again.took(1)

    async def test_calls_that_run_when_the_server_stops_may_end(self, centre: Centre) -> None:
        effect = RecordingEffect(repeatable=False)
        effect.release.clear()
        async with running(effect, centre.services):
            await converse(centre, "one")
            await effect.called(1)
            asyncio.get_running_loop().call_later(0.05, effect.release.set)
        assert states(centre) == ["delivered"]


class TestRewinding:
    async def test_a_target_gets_again_what_comes_after_a_position_and_the_others_do_not(self, centre: Centre) -> None:
        effect = RecordingEffect("here", "there")
        async with running(effect, centre.services) as runner:
            customer = await converse(centre, "one")
            await effect.took(2)
            position = centre.services.hub.position
            for text in ("two", "three"):
                await customer.write(text)
            await effect.took(6)
            await runner.rewind("there", position)
            await customer.write("four")
            await effect.took(10)
        assert effect.taken["here", customer.stream] == ["one", "two", "three", "four"]
        assert effect.taken["there", customer.stream] == ["one", "two", "three", "two", "three", "four"]

    async def test_a_rewind_waits_for_the_call_that_is_made_and_for_no_more(self, centre: Centre) -> None:
        effect = RecordingEffect("there")
        async with running(effect, centre.services) as runner:
            effect.release.clear()
            customer = await converse(centre, "one", "two", "three")
            await effect.called(1)
            rewinding = asyncio.create_task(runner.rewind("there", centre.opened_at))
            await customer.write("four")
            assert not rewinding.done()
            effect.release.set()
            await rewinding
            await effect.took(5)
            await eventually(lambda: set(states(centre)) == {"delivered"})
        taken = effect.taken["there", customer.stream]
        assert taken[-4:] == ["one", "two", "three", "four"]
        assert taken[:-4] == ["one"]

    async def test_a_rewind_goes_on_after_a_restart(self, centre: Centre) -> None:
        effect = RecordingEffect()
        async with running(effect, centre.services):
            customer = await converse(centre, "one", "two")
            await effect.took(2)
        centre.services.outbox.rewind(effect.name, "there", centre.opened_at)
        again = RecordingEffect()
        async with running(again, centre.services):
            await again.took(2)
            await eventually(lambda: centre.services.outbox.replaying(effect.name) == {})
        assert again.taken["there", customer.stream] == ["one", "two"]

    async def test_a_rewind_while_the_effect_is_beginning_is_not_forgotten(
        self, centre: Centre, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with running(RecordingEffect("there"), centre.services):
            customer = await converse(centre, "one")
            await eventually(lambda: states(centre) == ["delivered"])
        effect, outbox, loop = RecordingEffect("there"), centre.services.outbox, asyncio.get_running_loop()
        runner, rewinding = EffectRunner(effect, centre.services), list[asyncio.Task[None]]()
        read = outbox.replaying

        def begin() -> None:
            rewinding.append(loop.create_task(runner.rewind("there", centre.opened_at)))

        def replaying(name: str) -> dict[str, int]:
            found = read(name)
            loop.call_soon_threadsafe(begin)
            return found

        with monkeypatch.context() as patched:
            patched.setattr(outbox, "replaying", replaying)
            running_again = asyncio.create_task(runner.run())
            await effect.took(1)
        await asyncio.gather(*rewinding)
        await cancelled(running_again)
        assert effect.taken["there", customer.stream] == ["one"]


class TestPlanning:
    async def test_an_event_that_cannot_be_planned_is_parked_and_planned_when_it_is_retried(
        self, centre: Centre
    ) -> None:
        effect = RecordingEffect()

        def fail(item: object) -> None:
            raise KeyError("unforeseen")

        effect.before_planning = fail
        async with running(effect, centre.services) as runner:
            await converse(centre, "one")
            await eventually(lambda: states(centre) == ["parked"])
            effect.before_planning = lambda item: None
            (parked,) = list_deliveries(centre.services.outbox)
            assert parked.target == effect.name
            centre.services.outbox.retry(parked.id)
            runner.notify([parked.target])
            await effect.took(1)
        centre.tracebacks.clear()

    async def test_too_much_at_once_is_read_from_the_journal_later(
        self, centre: Centre, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("gateways.effects.planner._MAX_UNWRITTEN", 5)
        monkeypatch.setattr("gateways.effects.planner._BATCH", 10)
        effect = RecordingEffect()
        async with running(effect, centre.services):
            customers = await asyncio.gather(*(converse(centre, *(f"{n}.{m}" for m in range(5))) for n in range(20)))
            await effect.took(100)
        for number, customer in enumerate(customers):
            assert effect.taken["there", customer.stream] == [f"{number}.{turn}" for turn in range(5)]


class TestListing:
    async def test_deliveries_are_found_dropped_and_pruned(self, centre: Centre) -> None:
        outbox = centre.services.outbox
        effect = RecordingEffect()
        effect.is_down = lambda target: True
        async with running(effect, centre.services):
            await converse(centre, "one", "two", "three")
            await effect.called(3)
        third, second, first = list_deliveries(outbox)
        assert list_deliveries(outbox, "nobody") == []
        assert list_deliveries(outbox, before=second.id) == [first]
        assert list_deliveries(outbox, limit=1) == [third]
        assert find_delivery(outbox, 10**9) is None
        assert outbox.drop(second.id)
        assert not outbox.drop(second.id)
        assert not outbox.retry(third.id)
        again = RecordingEffect()
        async with running(again, centre.services):
            await again.took(2)
        found = find_delivery(outbox, third.id)
        assert isinstance(found, Delivery)
        assert found.state == "delivered"
        assert outbox.prune("there", before=9e9) == 2
        assert list_deliveries(outbox) == []

    async def test_what_ended_long_ago_is_removed_also_at_targets_that_get_nothing_any_more(
        self, centre: Centre
    ) -> None:
        outbox, effect = centre.services.outbox, RecordingEffect("idle", "gone")
        async with running(effect, centre.services):
            await converse(centre, "one")
            await effect.took(2)
        again = RecordingEffect("idle")
        await Dispatcher(again, centre.services, outbox, lambda: time.time() + 700.0).prune()
        assert [each.target for each in list_deliveries(outbox)] == ["gone"]
        await Dispatcher(again, centre.services, outbox, lambda: time.time() + 8 * 86400.0).prune()
        assert list_deliveries(outbox) == []

    async def test_what_a_provider_calls_a_delivery_is_forgotten_with_it(self, centre: Centre) -> None:
        outbox = centre.services.outbox
        outbox.plan_late("recording", [(5, Planned("there", "lane")), (6, Planned("there", "lane"))], 1.0)
        second, first = list_deliveries(outbox)
        taken = [Outcome(kind="delivered", provider_id=name, unfinished=True) for name in ("a", "b")]
        calls = [Call(each, outcome, 2.0, 2.0) for each, outcome in zip((first, second), taken, strict=True)]
        outbox.step(calls, {}, 2.0, marks=False)
        outbox.drop(first.id)
        outbox.rewind("recording", "there", 5)
        with outbox.file.transaction() as connection:
            assert connection.execute("SELECT count(*) FROM provider_ids").fetchone() == (0,)
