"""Tasks that need the same key run one at a time."""

import asyncio

import pytest

from gateways.services.keyed_locks import KeyedLocks

pytestmark = pytest.mark.asyncio


async def test_a_lock_excludes_tasks_of_the_same_key_only() -> None:
    locks = KeyedLocks()
    running: list[str] = []
    counts: list[int] = []

    async def run(key: str) -> None:
        async with locks.of("start", key):
            running.append(key)
            counts.append(len(running))
            await asyncio.sleep(0)
            running.remove(key)

    await asyncio.gather(*(run("a") for _ in range(5)))
    assert max(counts) == 1
    await asyncio.gather(run("a"), run("b"))
    assert max(counts) == 2


async def test_released_locks_are_not_kept() -> None:
    locks = KeyedLocks()
    for number in range(100):
        async with locks.of("start", str(number)):
            assert len(locks) == 1
    assert len(locks) == 0
