"""Errors of the server become problems: overload, a failing journal, a stopped engine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from actors.engine import CommandFailedError, EngineStoppedError, NotDurableError, QueueFullError
from actors.journal import JournalUnavailableError, MemoryJournal
from gateways.application.problems import to_problem
from schemas.identifiers import new_id
from tests.actors.engine.journals import FragileJournal, GatedJournal
from tests.gateways.centre import PATIENCE, Centre, eventually, open_centre
from tests.gateways.clients import Answer, Caller, Customer

START = "/customer/v1/conversations"


@asynccontextmanager
async def centre_on(
    journal: MemoryJournal, data_dir: Path, queue_size: int = 10_000, **sections: Any
) -> AsyncIterator[Centre]:
    """A centre with this journal. It tries again at once when the journal fails."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gateways.application.opening.MemoryJournal", lambda: journal)
        if isinstance(journal, GatedJournal):
            journal.gate.set()
        patch.setattr("actors.engine.entity_system._RETRY_SECONDS", (0.0, 0.0, 0.0))
        memory = {"backend": "memory"}
        async with open_centre(data_dir, journal=memory, engine={"queue_size": queue_size}, **sections) as centre:
            yield centre


def unavailable(answer: Answer, code: str, retry_after: str) -> None:
    answer.problem(503, code)
    assert answer.headers["Retry-After"] == retry_after


async def first_answers(calls: list[asyncio.Task[Answer]], count: int) -> list[Answer]:
    """The first answers, as soon as there are ``count`` of them."""
    async with asyncio.timeout(PATIENCE):
        while len(done := [call for call in calls if call.done()]) < count:
            await asyncio.wait(set(calls) - set(done), return_when=asyncio.FIRST_COMPLETED)
    return [call.result() for call in done]


@pytest.mark.asyncio
@pytest.mark.usefixtures("quick_passwords")
class TestOverload:
    async def test_overload_is_reported_at_once(self, tmp_path: Path) -> None:
        journal = GatedJournal()
        async with centre_on(journal, tmp_path, queue_size=2) as centre:
            journal.close_gate()
            caller = Caller(centre)
            first = asyncio.create_task(caller.post(START, {"channel": "web"}))
            assert await asyncio.to_thread(journal.entered.wait, PATIENCE)
            crowd = [asyncio.create_task(caller.post(START, {"channel": "web"})) for _ in range(10)]
            for answer in await first_answers(crowd, 8):
                unavailable(answer, "overloaded", "1")
            assert (await caller.get("/healthz")).status == 200
            assert (await caller.get("/readyz")).status == 200
            journal.gate.set()
            assert (await first).status == 201
            assert sorted(answer.status for answer in await asyncio.gather(*crowd)) == [201] * 2 + [503] * 8
            assert (
                len(await centre.recorded("ConversationStarted", 3)) == journal.last_position() - centre.opened_at == 3
            )

    async def test_a_request_too_many_is_refused_before_anything_is_done_for_it(self, tmp_path: Path) -> None:
        journal = GatedJournal()
        async with centre_on(journal, tmp_path, connections={"max_waiting_requests": 2}) as centre:
            waiting_requests = centre.services.waiting_requests
            customer = await Customer.start(centre)
            async with customer.follow() as feed:
                await feed.next()
                journal.close_gate()
                crowd = [asyncio.create_task(customer.write("Hello")) for _ in range(2)]
                await eventually(lambda: waiting_requests.count == 2)
                unavailable(await customer.write("one too many"), "overloaded", "1")
                unavailable(await Caller(centre, "rubbish").get(customer.path), "overloaded", "1")
                unavailable(await customer.knock(f"{customer.path}/events"), "overloaded", "1")
                assert (await Caller(centre).get("/healthz")).status == 200
                journal.gate.set()
                assert [answer.status for answer in await asyncio.gather(*crowd)] == [201, 201]
            assert waiting_requests.count == 0
            assert (await customer.write("Hello again")).status == 201

    async def test_overload_ends_when_the_queue_empties(self, tmp_path: Path) -> None:
        journal = GatedJournal()
        async with centre_on(journal, tmp_path, queue_size=1) as centre:
            journal.close_gate()
            crowd = [asyncio.create_task(Caller(centre).post(START, {"channel": "web"})) for _ in range(5)]
            assert await asyncio.to_thread(journal.entered.wait, PATIENCE)
            journal.gate.set()
            await asyncio.gather(*crowd)
            for _ in range(20):
                assert (await Caller(centre).post(START, {"channel": "web"})).status == 201


@pytest.mark.asyncio
@pytest.mark.usefixtures("quick_passwords")
class TestFailingJournal:
    async def test_a_failed_write_is_reported_and_nothing_is_recorded(self, tmp_path: Path) -> None:
        journal = FragileJournal()
        async with centre_on(journal, tmp_path) as centre:
            customer = await Customer.start(centre)
            async with customer.follow(2) as feed:
                id_ = new_id()
                journal.faults += ["before"] * 8
                for _ in range(2):
                    unavailable(await customer.write("Hello", id_), "journal_unavailable", "2")
                assert (await customer.state())["version"] == 2
                answer = await customer.write("Hello", id_)
                assert answer.of(201)["version"] == 3
                assert not answer.replayed
                assert (await feed.next())["version"] == 3
            assert centre.types(customer.stream) == ["ConversationStarted", "AgentRequested", "MessagePosted"]

    async def test_a_failed_write_may_have_been_recorded(self, tmp_path: Path) -> None:
        """A repetition of the request with the same id succeeds, and the event is seen once."""
        journal = FragileJournal()
        async with centre_on(journal, tmp_path) as centre:
            customer = await Customer.start(centre)
            async with customer.follow(2) as feed:
                id_ = new_id()
                journal.faults += ["after", "before", "before", "before"]
                unavailable(await customer.write("Hello", id_), "journal_unavailable", "2")
                assert (await customer.write("Hello", id_)).of(201) == {"message_id": id_, "version": 3}
                await customer.write("More")
                assert [event["version"] for event in await feed.take(2)] == [3, 4]

    async def test_a_journal_that_recovers_in_time_is_not_reported(self, tmp_path: Path) -> None:
        journal = FragileJournal()
        async with centre_on(journal, tmp_path) as centre:
            customer = await Customer.start(centre)
            journal.faults += ["before", "after", "before"]
            answer = await customer.write("Hello")
            assert answer.of(201)["version"] == 3
            assert centre.types(customer.stream).count("MessagePosted") == 1

    async def test_an_unreadable_journal_is_reported(self, tmp_path: Path) -> None:
        journal = FragileJournal()
        async with centre_on(journal, tmp_path) as centre:
            customer = await Customer.start(centre)
            journal.unreadable = True
            for path in ("/events", "/transcript"):
                unavailable(await customer.get(customer.path + path), "journal_unavailable", "2")
            assert (await customer.write("Hello")).status == 201
            journal.unreadable = False
            assert len(await customer.events()) == 3


@pytest.mark.asyncio
@pytest.mark.usefixtures("quick_passwords")
class TestStoppedEngine:
    async def test_a_stopped_engine_is_reported(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        assert (await customer.get("/readyz")).of(200)["status"] == "ready"
        await centre.services.engine.stop()
        unavailable(await customer.write("Hello"), "stopping", "5")
        assert (await customer.get("/readyz")).of(503) == {"status": "not_ready"}
        assert (await customer.get("/healthz")).status == 200
        assert (await customer.state())["version"] == 2

    async def test_a_broken_engine_is_reported_to_waiting_requests(self, tmp_path: Path) -> None:
        journal = FragileJournal()
        async with centre_on(journal, tmp_path) as centre:
            journal.faults.append(ArithmeticError("nobody foresaw this"))
            unavailable(await Caller(centre).post(START, {"channel": "web"}), "stopping", "5")
            assert (await Caller(centre).get("/readyz")).status == 503
            (logged,) = centre.tracebacks
            assert "restart the server" in logged.getMessage()
            centre.tracebacks.clear()


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (QueueFullError("full"), 503, "overloaded"),
        (EngineStoppedError("stopped"), 503, "stopping"),
        (NotDurableError("disk"), 503, "journal_unavailable"),
        (JournalUnavailableError("disk"), 503, "journal_unavailable"),
        (CommandFailedError("failed"), 500, "command_failed"),
        (ZeroDivisionError("secret /path"), 500, "internal_error"),
    ],
)
def test_errors_become_problems_without_secrets(error: Exception, status: int, code: str) -> None:
    problem = to_problem(error)
    body = msgspec.json.decode(problem.body())
    assert (body["status"], body["code"]) == (status, code)
    assert ("Retry-After" in problem.headers) == (status == 503)
    assert "secret" not in str(body)


@pytest.mark.parametrize(
    ("message", "path", "problem"),
    [
        ("Expected `str`, got `int` - at `$.content.text`", "content.text", "Expected `str`, got `int`"),
        ("Expected `object`, got `array`", "", "Expected `object`, got `array`"),
        ("Object missing required field `text` - at `$.content`", "content.text", None),
        ("Object contains unknown field `x` - at `$.a[0]`", "a[0].x", None),
        ("Object contains unknown field `- at `$.b`", "- at ", None),
        ("Invalid enum value 'x - at `$.y`' - at `$.state`", "state", "Invalid enum value 'x - at `$.y`'"),
    ],
)
def test_a_validation_error_names_the_path(message: str, path: str, problem: str | None) -> None:
    (error,) = to_problem(msgspec.ValidationError(message)).errors
    assert error.path == path
    assert problem is None or error.message == problem
