"""The requests of one address and of one token are limited, and so are failed logins."""

import asyncio
import hashlib
from pathlib import Path

import pytest

from gateways.identity.hashing import Hashing
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, Answer, Caller, Customer

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]


async def log_in(centre: Centre, password: str, name: str = "alice") -> Answer:
    return await Caller(centre).post("/agent/v1/login", {"username": name, "password": password})


def too_many(answer: Answer) -> None:
    answer.problem(429, "too_many_requests")
    assert answer.headers["Retry-After"] == "60"


async def test_requests_from_one_address_are_limited(tmp_path: Path) -> None:
    async with open_centre(tmp_path, limits={"address_per_minute": 3}) as centre:
        customer = await Customer.start(centre)
        for _ in range(2):
            assert (await customer.write("Hello")).status == 201
        position = centre.services.journal.last_position()
        too_many(await customer.write("one too many"))
        too_many(await Caller(centre).post("/customer/v1/conversations", {"channel": "web"}))
        too_many(await customer.knock(f"{customer.path}/events"))
        assert centre.services.journal.last_position() == position
        assert (await Caller(centre).get("/healthz")).status == 200


async def test_requests_with_an_invalid_token_count_for_their_address(tmp_path: Path) -> None:
    async with open_centre(tmp_path, limits={"address_per_minute": 3}) as centre:
        for _ in range(3):
            (await Caller(centre, "rubbish").get("/agent/v1/me")).problem(401, "token_invalid")
        too_many(await Caller(centre, "rubbish").get("/agent/v1/me"))


async def test_requests_with_one_token_are_limited(tmp_path: Path) -> None:
    async with open_centre(tmp_path, limits={"token_per_minute": 2}) as centre:
        busy, calm = [await Customer.start(centre) for _ in range(2)]
        for _ in range(2):
            assert (await busy.write("Hello")).status == 201
        too_many(await busy.write("one too many"))
        too_many(await busy.knock(f"{busy.path}/events"))
        assert (await calm.write("Hello")).status == 201


async def test_the_starts_of_customers_from_one_address_are_limited(tmp_path: Path) -> None:
    keys = {"sms": {"sha256": hashlib.sha256(b"sms-key").hexdigest(), "scopes": ["connector"]}}
    channels = {"sms": {"queue": "support", "kind": "connector"}}
    path = "/customer/v1/conversations"
    limits = {"starts_per_minute": 2}
    async with open_centre(tmp_path, limits=limits, api_keys=keys, channels=channels) as centre:
        customer = await Customer.start(centre)
        callback = {"channel": "callback", "name": "Ada", "phone": "+43 1 5880"}
        assert (await Caller(centre).post("/customer/v1/callbacks", callback)).status != 429
        too_many(await Caller(centre).post(path, {"channel": "web-direct"}))
        too_many(await Caller(centre).post("/customer/v1/callbacks", callback))
        assert (await customer.write("Hello")).status == 201
        for _ in range(3):
            assert (await Caller(centre, "sms-key").post(path, {"channel": "sms"})).status == 201


async def test_the_uploads_into_one_conversation_are_limited(tmp_path: Path) -> None:
    async with open_centre(tmp_path, limits={"uploads_per_hour": 2}) as centre:
        busy, calm = [await Customer.start(centre) for _ in range(2)]
        for _ in range(2):
            assert (await busy.upload(b"Hello", "a.txt", "text/plain")).status == 201
        too_many(await busy.upload(b"one too many", "a.txt", "text/plain"))
        assert (await calm.upload(b"Hello", "a.txt", "text/plain")).status == 201


async def test_requests_are_unlimited_without_a_setting(centre: Centre) -> None:
    customer = await Customer.start(centre)
    answers = await asyncio.gather(*(customer.state() for _ in range(300)))
    assert len(answers) == 300


class TestFailedLogins:
    async def test_failed_logins_are_limited(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, limits={"failed_logins_per_minute": 3}) as centre:
            for name in ("alice", "nobody", "sue"):
                (await log_in(centre, "wrong", name)).problem(401, "invalid_credentials")
            too_many(await log_in(centre, "wrong"))
            too_many(await log_in(centre, "demo"))
            assert centre.services.journal.last_position() == centre.opened_at

    async def test_failed_logins_are_limited_when_many_try_at_once(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, limits={"failed_logins_per_minute": 3}) as centre:
            answers = await asyncio.gather(*(log_in(centre, str(number)) for number in range(40)))
        tried = [answer for answer in answers if answer.status == 401]
        assert 3 <= len(tried) <= 4
        assert {answer.status for answer in answers} == {401, 429}

    async def test_successful_logins_do_not_count_as_failed(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, limits={"failed_logins_per_minute": 3}) as centre:
            for _ in range(10):
                await Agent.log_in(centre)

    async def test_a_colleague_who_fails_does_not_lock_out_the_office(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, limits={"failed_logins_per_minute": 3}) as centre:
            for _ in range(3):
                (await log_in(centre, "wrong", "bob")).problem(401, "invalid_credentials")
            too_many(await log_in(centre, "demo", "bob"))
            (await log_in(centre, "demo", "alice")).of(200)
            (await log_in(centre, "wrong", "sue")).problem(401, "invalid_credentials")

    async def test_changing_the_password_counts_as_well(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, limits={"failed_logins_per_minute": 3}) as centre:
            alice = await Agent.log_in(centre)
            body = {"current_password": "wrong", "password": "battery staple"}
            for _ in range(3):
                (await alice.put("/agent/v1/me/password", body)).problem(401, "invalid_credentials")
            too_many(await alice.put("/agent/v1/me/password", {**body, "current_password": "demo"}))

    async def test_more_logins_than_can_wait_are_refused_at_once(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path) as centre:
            hashing = centre.services.accounts.hashing = Hashing(threads=1, max_waiting=2)
            async with hashing.place():
                waiting = [asyncio.create_task(log_in(centre, "demo")) for _ in range(2)]
                await eventually(lambda: hashing.waiting == 2)
                refused = await log_in(centre, "demo")
                refused.problem(503, "overloaded")
                assert refused.headers["Retry-After"] == "1"
            assert [(await each).status for each in waiting] == [200, 200]
            assert hashing.waiting == 0
