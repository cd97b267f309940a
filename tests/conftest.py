"""Settings that hold for every test."""

import gc
import os
import shutil
import signal
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.gateways.proxies.nginx import nginx_program
from tests.postgresql import PostgresqlServer

_NEEDS = {
    "postgresql_server": "postgresql",
    "own_postgresql_server": "postgresql",
    "provider": "node",
    "drawn": "node",
    "node_js": "node",
    "nginx": "nginx",
    "chromium": "browser",
}
"""The marker for each fixture that needs a program which not every machine has."""
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a directory of its own there
_ROOM = 4 * 1024**3
_BROWSER_TESTS = f"{Path(__file__).parent / 'browser'}{os.sep}"

pytest.register_assert_rewrite(
    "tests.actors.scenario",
    "tests.gateways.connectors.channels.conformance",
    "tests.simulation.invariants",
    "tests.simulation.witness",
    "tests.simulation.world",
)

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many workers as there are cores, because many tests wait for a server or another process."""
    return 2 * (os.cpu_count() or 1)


def pytest_configure() -> None:
    """A shell starts its background jobs with SIGINT ignored, and the servers under test would inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    _keep_files_in_memory()


def _keep_files_in_memory() -> None:
    """Where there is room, the files of the tests are in memory: a journal on a disk waits at every commit, and
    no test cuts the power."""
    if _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_IN_MEMORY))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Modules and collected tests live until the end, so the garbage collector neither runs while they are made nor
    looks at them afterwards."""
    gc.disable()
    collected = yield
    gc.freeze()
    gc.enable()
    return collected


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Marks the tests that need a browser, nginx, Node.js or PostgreSQL."""
    for item in items:
        for marker in _needs(item):
            item.add_marker(marker)


def _needs(item: pytest.Item) -> set[str]:
    assert isinstance(item, pytest.Function)
    needed = {marker for fixture, marker in _NEEDS.items() if fixture in item.fixturenames}
    if str(item.path).startswith(_BROWSER_TESTS):
        needed.add("browser")
    if hasattr(item, "callspec") and "postgresql" in item.callspec.params.values():
        needed.add("postgresql")
    return needed


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """One server for all tests of a process; each test creates its own database in it."""
    server = PostgresqlServer()
    yield server
    server.stop()


@pytest.fixture
def own_postgresql_server() -> Iterator[PostgresqlServer]:
    """A server that a test may break down, because no other test uses it."""
    server = PostgresqlServer()
    yield server
    server.stop()


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    """CHROMIUM names a browser that starts here, for programs that open one themselves."""
    from tests.browser.chromium import find_chromium

    program, environment = find_chromium()
    for name, value in {**environment, "CHROMIUM": str(program)}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def nginx() -> Path:
    program = nginx_program()
    assert program is not None, "these tests need nginx: apt-get install nginx-light, or set NGINX= to its path"
    return program
