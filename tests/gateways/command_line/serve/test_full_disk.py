"""A disk that fills up under a server, or is full when it starts: errors are in words, and writing goes on."""

import resource
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.gateways.centre import PATIENCE
from tests.gateways.command_line.commands import HYBRIDCHAT

_SERVE = [*HYBRIDCHAT, "serve", "--demo", "--port", "0", "--data-dir"]
_, _ANY_SIZE = resource.getrlimit(resource.RLIMIT_FSIZE)


def _write_nothing() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, _ANY_SIZE))


@contextmanager
def _full_disk(process: int) -> Iterator[None]:
    """Lets no file of the process grow, and none be written."""
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, _ANY_SIZE))
    yield
    resource.prlimit(process, resource.RLIMIT_FSIZE, (_ANY_SIZE, _ANY_SIZE))


class _Server:
    def __init__(self, process: "subprocess.Popen[str]", http: aiohttp.ClientSession) -> None:
        self.process = process
        self._http = http

    async def call(self, method: str, path: str, body: Any = None, token: str = "") -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self._http.request(method, path, json=body, headers=headers) as response:
            return response.status, await response.json() if response.content_length else None

    async def post(self, path: str, body: Any, token: str = "") -> tuple[int, Any]:
        return await self.call("POST", path, body, token)

    async def log_in(self, name: str) -> tuple[int, Any]:
        return await self.post("/agent/v1/login", {"username": name, "password": "demo"})

    async def until_ready(self, status: int) -> Any:
        deadline = PATIENCE * 20
        while deadline := deadline - 1:
            answered, body = await self.call("GET", "/readyz")
            if answered == status:
                return body
        pytest.fail(f"/readyz never answers {status}")


@pytest.fixture
def process(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen([*_SERVE, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


@pytest_asyncio.fixture
async def server(process: "subprocess.Popen[str]") -> AsyncIterator[_Server]:
    assert process.stdout is not None
    async with aiohttp.ClientSession(process.stdout.readline().split()[-1]) as http:
        yield _Server(process, http)


@pytest.mark.asyncio
async def test_everything_that_is_written_answers_503_until_there_is_room(server: _Server) -> None:
    _, started = await server.post("/customer/v1/conversations", {"channel": "web-direct"})
    _, alice = await server.log_in("alice")
    _, root = await server.log_in("root")
    message = {"content": {"type": "text", "text": "Hello"}}
    messages = f"/customer/v1/conversations/{started['conversation_id']}/messages"
    calls = [
        ("POST", messages, message, started["token"], "journal_unavailable"),
        ("POST", "/agent/v1/login", {"username": "bob", "password": "demo"}, "", "accounts_unavailable"),
        ("POST", "/agent/v1/refresh", {"refresh_token": alice["refresh_token"]}, "", "accounts_unavailable"),
        ("PUT", "/admin/v1/agents/bob/password", {"password": "battery staple"}, root["access_token"],
         "accounts_unavailable"),
    ]  # fmt: skip
    with _full_disk(server.process.pid):
        for method, path, body, token, code in calls:
            status, problem = await server.call(method, path, body, token)
            assert (status, problem["code"]) == (503, code)
        not_ready = await server.until_ready(503)
        assert not_ready["tasks"]["journal"]["status"] == "failing"
        assert "nothing can be written" in not_ready["tasks"]["journal"]["reason"]
        assert (await server.call("GET", messages.replace("/messages", ""), token=started["token"]))[0] == 200
    assert "tasks" not in await server.until_ready(200)
    for method, path, body, token, _ in calls:
        status, _ = await server.call(method, path, body, token)
        assert status in {200, 201, 204}


@pytest.mark.parametrize("begun", [False, True], ids=["a new directory", "a directory of an earlier start"])
def test_a_start_on_a_full_disk_is_refused_in_words(tmp_path: Path, begun: bool) -> None:
    if begun:
        with subprocess.Popen([*_SERVE, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.terminate()
    refused = subprocess.run(
        [*_SERVE, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        preexec_fn=_write_nothing,
    )
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert "disk" in refused.stderr.splitlines()[-1]
