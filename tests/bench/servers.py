"""Servers in processes of their own, all on the same core; the client uses the other one."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

__all__ = ["ServedProcess", "baseline", "hybrid_chat", "run_on_server_core", "serving", "use_client_cores"]

_CORES = sorted(os.sched_getaffinity(0))
"""The cores that may be used. They are read before the client keeps to its own, which its children inherit."""
_TIMES = slice(11, 13)
"""The places after a process's name of the ticks that it has used by itself and in the kernel."""


class ServedProcess(NamedTuple):
    pid: int
    host: str
    port: int

    def resident_bytes(self) -> int:
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def cpu_seconds(self) -> float:
        """The processor time that the server has used, with the processes that it runs beside itself."""
        started = [line.rpartition(")") for line in _process_lines()]
        own = [fields for name, _, fields in started if self.pid in (int(name.split()[0]), int(fields.split()[1]))]
        ticks = sum(int(ticks) for fields in own for ticks in fields.split()[_TIMES])
        return ticks / os.sysconf("SC_CLK_TCK")


def use_client_cores() -> None:
    """Leaves the servers' core, which is the first one, to them if the machine has another one."""
    os.sched_setaffinity(0, _CORES[1:] or _CORES)


def _process_lines() -> Iterator[str]:
    """The line of ``/proc/PID/stat`` of every process: its id, its name in brackets, then its state, its parent and
    more."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            yield file.read_text()


@contextmanager
def hybrid_chat(data_dir: Path, config_file: Path | None = None) -> Iterator[ServedProcess]:
    """Starts the demo, with the settings of ``config_file`` added."""
    config = [] if config_file is None else ["--config", str(config_file)]
    with serving(["--demo", "--data-dir", str(data_dir), *config]) as process:
        yield process


@contextmanager
def serving(options: list[str], everywhere: bool = False) -> Iterator[ServedProcess]:
    """Starts a server with these options. With ``everywhere`` it may use all cores, for measurements in which the
    client has next to nothing to do."""
    command = [sys.executable, "-m", "gateways.command_line", "serve", "--port", "0", *options]
    with _served(command, _all_cores if everywhere else _server_core) as process:
        yield process


@contextmanager
def baseline() -> Iterator[ServedProcess]:
    with _served([sys.executable, "-m", "tests.bench.baseline"], _server_core) as process:
        yield process


def run_on_server_core(module: str, *arguments: str) -> str:
    """Runs a program on the servers' core until it ends, and returns what it has written."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, preexec_fn=_server_core).stdout


@contextmanager
def _served(command: list[str], pin_to_cores: Callable[[], None]) -> Iterator[ServedProcess]:
    """Waits for the line that ends with the address."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=pin_to_cores)
    try:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().split()[-1])
        yield ServedProcess(process.pid, address.hostname or "", address.port or 0)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _all_cores() -> None:
    os.sched_setaffinity(0, _CORES)


def _server_core() -> None:
    os.sched_setaffinity(0, _CORES[:1])
