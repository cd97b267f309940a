"""The bodies that have not come in whole take a bounded part of the memory."""

from pathlib import Path

import pytest

from gateways.http.problems import Problem
from gateways.http.unfinished_bodies import UnfinishedBodies
from tests.gateways.centre import eventually, open_centre
from tests.gateways.clients import Caller
from tests.gateways.raw_connection import open_connection

POST = b"POST /customer/v1/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000\r\n\r\n"


@pytest.mark.asyncio
async def test_one_unfinished_body_too_many_is_refused(tmp_path: Path, quick_passwords: None) -> None:
    async with open_centre(tmp_path, connections={"max_unfinished_body_bytes": 50_000}) as centre:
        bodies = centre.services.unfinished_bodies
        async with open_connection(centre) as first, open_connection(centre) as second:
            await first.send(POST, b" " * 29_000)
            await eventually(lambda: bodies.held == 29_000)
            await second.send(POST, b" " * 29_000)
            status, headers, _ = await second.answer()
            assert (status, headers["retry-after"]) == (503, "1")
            assert (await Caller(centre).post("/customer/v1/conversations", {"channel": "web-direct"})).status == 201
        await eventually(lambda: bodies.held == 0)


def test_what_was_one_too_many_is_given_back_too() -> None:
    bodies = UnfinishedBodies(10)
    bodies.hold(8)
    with pytest.raises(Problem):
        bodies.hold(8)
    bodies.release(16)
    assert bodies.held == 0
