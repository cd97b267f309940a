"""A real server in a process of its own, for tests that play through it or administer it."""

import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.gateways.command_line.commands import HYBRIDCHAT

__all__ = ["SAMPLE", "RealServer", "serving"]

SAMPLE = Path(__file__).parents[3] / "dialogues.jsonl"


class RealServer:
    """``hybridchat serve --demo`` in a process of its own, which projects too: to start another one for that would
    double the work."""

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self._data_dir = data_dir
        self._environment = {"HYBRIDCHAT__REPORTING__RUNNER": "thread", **environment}
        self._port = "0"
        self.start()

    def start(self) -> None:
        """Starts the server, on the same port as before if there was one, and returns when it serves."""
        command = [*HYBRIDCHAT, "serve", "--demo", "--port", self._port]
        self.process = subprocess.Popen(
            [*command, "--data-dir", str(self._data_dir)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **self._environment},
        )
        assert self.process.stdout is not None
        announced = self.process.stdout.readline()
        if not announced:
            self.kill()
            raise RuntimeError("the server did not start")
        self.url = announced.split()[-1]
        self._port = self.url.rpartition(":")[2]

    def kill(self) -> None:
        with self.process:
            self.process.kill()

    def log_in(self, agent: str) -> str:
        """Returns the agent's access token."""
        return str(
            self.request("POST", "/agent/v1/login", body={"username": agent, "password": "demo"})["access_token"]
        )

    def me(self, agent: str) -> dict[str, Any]:
        return self.request("GET", "/agent/v1/me", self.log_in(agent))

    def request(self, method: str, path: str, token: str = "", body: object = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)  # noqa: S310 - its own address
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            answered: dict[str, Any] = json.loads(answer.read() or b"{}")
            return answered


@contextmanager
def serving(data_dir: Path, **environment: str) -> Iterator[RealServer]:
    server = RealServer(data_dir, **environment)
    try:
        yield server
    finally:
        server.kill()
