"""Background tasks begin again after a failure, and what does not work is known."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from gateways.supervision import Impediment, Supervision
from tests.gateways.centre import eventually

pytestmark = pytest.mark.asyncio

AT_ONCE = (0.0, 0.0)
NEVER_AGAIN = (3600.0,)


def failing(*errors: BaseException | None) -> tuple[Callable[[], Awaitable[None]], list[int]]:
    """Work that fails with one error after the other, ends by itself for None, and then goes on; and the number of each
    of its beginnings."""
    begun: list[int] = []

    async def work() -> None:
        begun.append(len(begun) + 1)
        if len(begun) > len(errors):
            await asyncio.Event().wait()
        error = errors[len(begun) - 1]
        if error is not None:
            raise error

    return work, begun


def beginnings(caplog: pytest.LogCaptureFixture) -> list[list[str]]:
    """The words of each line in the log by which a task begins again."""
    lines = [entry.getMessage() for entry in caplog.records if entry.levelno == logging.ERROR]
    return [line.split() for line in lines if "begins again" in line]


async def test_a_task_that_works_has_no_impediment() -> None:
    supervision = Supervision()
    work, begun = failing()
    async with supervision.supervised("effects", work):
        await eventually(lambda: begun)
        assert (supervision.impediments, supervision.failing) == ({}, False)


@pytest.mark.parametrize("error", [ZeroDivisionError("secret"), ExceptionGroup("", [ZeroDivisionError("secret")])])
async def test_a_task_that_fails_is_failing_until_it_runs_again(error: Exception) -> None:
    supervision = Supervision()
    work, begun = failing(error)
    async with supervision.supervised("effects", work, NEVER_AGAIN):
        await eventually(lambda: supervision.failing)
        assert supervision.impediments == {"effects": Impediment("failing", "ZeroDivisionError; the log says more")}
    assert begun == [1]
    assert supervision.impediments == {}, "a task that was ended on purpose is no failure"


@pytest.mark.parametrize("error", [OSError("disk"), None])
async def test_a_task_that_stops_begins_again(error: Exception | None, caplog: pytest.LogCaptureFixture) -> None:
    supervision = Supervision()
    work, begun = failing(*[error] * 5)
    async with supervision.supervised("effects", work, AT_ONCE):
        await eventually(lambda: begun == [1, 2, 3, 4, 5, 6])
        await eventually(lambda: not supervision.failing)
    assert len(beginnings(caplog)) == 5


async def test_the_pauses_become_longer(caplog: pytest.LogCaptureFixture) -> None:
    supervision = Supervision()
    work, begun = failing(OSError(), OSError(), OSError())
    async with supervision.supervised("effects", work, (0.0, 0.001, 0.002, 60.0)):
        await eventually(lambda: len(begun) == 4)
    assert [words[4] for words in beginnings(caplog)] == ["0", "0.001", "0.002"]


async def test_an_impaired_task_leaves_the_server_ready() -> None:
    supervision = Supervision()
    supervision.impair("projecting", "the database does not answer")
    assert not supervision.failing
    assert supervision.impediments["projecting"].status == "impaired"
    supervision.clear("projecting")
    supervision.clear("projecting")
    assert supervision.impediments == {}
