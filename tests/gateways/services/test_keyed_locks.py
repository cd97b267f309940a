"""Taking turns."""

import asyncio

import pytest

from gateways.services.keyed_locks import KeyedLocks

pytestmark = pytest.mark.asyncio


async def test_of_those_who_want_the_same_one_at_a_time() -> None:
    turns = KeyedLocks()
    within: list[str] = []
    most: list[int] = []

    async def take(thing: str) -> None:
        async with turns.of("start", thing):
            within.append(thing)
            most.append(len(within))
            await asyncio.sleep(0)
            within.remove(thing)

    await asyncio.gather(*(take("a") for _ in range(5)))
    assert max(most) == 1
    await asyncio.gather(take("a"), take("b"))
    assert max(most) == 2


async def test_nothing_is_kept_of_turns_that_are_over() -> None:
    turns = KeyedLocks()
    for number in range(100):
        async with turns.of("start", str(number)):
            assert len(turns) == 1
    assert len(turns) == 0
