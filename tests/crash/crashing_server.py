"""A server that is killed and started again on the same data and port."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

__all__ = ["CrashingServer"]

_PATIENCE_SECONDS = 60.0


class CrashingServer:
    """The demo server in a process of its own; ``kill`` gives it no chance to tidy up."""

    def __init__(self, data_dir: Path, log: Path, config: Path | None = None) -> None:
        """The settings of ``config`` are added to the demo's."""
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._data_dir = data_dir
        self._log = log
        self._config = [] if config is None else ["--config", str(config)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gateways.command_line", "serve", "--demo", "--port", str(self.port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--data-dir", str(self._data_dir), *self._config], stdout=log, stderr=subprocess.STDOUT
            )

    def wait_until_serving(self) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.02)
        raise TimeoutError(f"the server does not serve: {self._log.read_text()}")

    @property
    def output(self) -> str:
        """All that the server has printed."""
        return self._log.read_text()

    def wait_for_output(self, words: str) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while words not in self.output:
            if time.monotonic() > deadline:
                raise TimeoutError(f"the server does not print {words!r}: {self.output}")
            time.sleep(0.02)

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> int:
        """Asks the server to end and returns its exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(timeout=60)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
