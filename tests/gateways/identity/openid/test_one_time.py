"""Values are taken once, and in time."""

from types import SimpleNamespace

import pytest

from gateways.identity.openid.one_time import OneTime


class TestOneTime:
    def test_gives_each_back_once(self) -> None:
        kept: OneTime[str] = OneTime(60)
        first, second = kept.keep("first"), kept.keep("second")
        assert (kept.take(second), kept.take(first), kept.take(first)) == ("second", "first", None)
        assert kept.take("") is None

    def test_forgets_in_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = SimpleNamespace(now=0.0)
        monkeypatch.setattr("gateways.identity.openid.one_time.time", SimpleNamespace(monotonic=lambda: clock.now))
        kept: OneTime[str] = OneTime(60)
        soon, late = kept.keep("soon"), kept.keep("late")
        clock.now = 59.9
        assert kept.take(soon) == "soon"
        clock.now = 60.0
        assert kept.take(late) is None

    def test_the_oldest_give_way(self) -> None:
        kept: OneTime[int] = OneTime(60, capacity=2)
        keys = [kept.keep(number) for number in range(3)]
        assert [kept.take(key) for key in keys] == [None, 1, 2]

    def test_the_unwanted_are_discarded(self) -> None:
        kept: OneTime[str] = OneTime(60)
        wanted, unwanted = kept.keep("wanted"), kept.keep("unwanted")
        kept.discard(lambda value: value == "unwanted")
        assert (kept.take(wanted), kept.take(unwanted)) == ("wanted", None)
