"""A document is fetched once for all callers."""

import asyncio
from types import SimpleNamespace

import pytest

from gateways.identity.openid.documents import Document

pytestmark = pytest.mark.asyncio


class Source:
    """Counts how often it is asked, and answers once ``may_answer`` is set."""

    def __init__(self) -> None:
        self.asked = 0
        self.may_answer = asyncio.Event()
        self.failure: Exception | None = None

    async def fetch(self) -> list[int]:
        self.asked += 1
        await self.may_answer.wait()
        if self.failure is not None:
            raise self.failure
        return [self.asked]


async def test_callers_who_ask_at_the_same_time_share_one_fetch() -> None:
    source = Source()
    document = Document(source.fetch)
    asking = [asyncio.ensure_future(document.get()) for _ in range(3)]
    source.may_answer.set()
    assert await asyncio.gather(*asking) == [[1], [1], [1]]


async def test_a_cancelled_caller_does_not_cancel_the_fetch_of_others() -> None:
    source = Source()
    document = Document(source.fetch)
    first, second = [asyncio.ensure_future(document.get()) for _ in range(2)]
    await asyncio.sleep(0)
    first.cancel()
    source.may_answer.set()
    assert await second == [1]
    assert first.cancelled()


async def test_a_failure_is_not_kept() -> None:
    source = Source()
    source.may_answer.set()
    source.failure = OSError("down")
    document = Document(source.fetch)
    with pytest.raises(OSError, match="down"):
        await document.get()
    source.failure = None
    assert await document.get() == [2]


async def test_a_refused_document_is_fetched_again_once_for_all_callers() -> None:
    source = Source()
    source.may_answer.set()
    document = Document(source.fetch)
    old = await document.get()
    assert await asyncio.gather(*(document.get(other_than=old) for _ in range(3))) == [[2], [2], [2]]
    assert await document.get() == [2]


async def test_an_old_document_is_fetched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr("gateways.identity.openid.documents.time", SimpleNamespace(monotonic=lambda: clock.now))
    source = Source()
    source.may_answer.set()
    document = Document(source.fetch)
    await document.get()
    clock.now = 3599.0
    assert await document.get() == [1]
    clock.now = 3600.0
    assert await document.get() == [2]
