"""A contact centre served over a real socket, on the test's own event loop."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import uvicorn

from actors.engine import Committed
from config import Settings, load_settings
from config.demo import DEMO_PASSWORD, demo_settings
from gateways.application.application import Application
from gateways.application.effects import run_effects
from gateways.application.opening import open_services
from gateways.application.projecting import run_projections
from gateways.command_line.serve.server import uvicorn_config
from gateways.services import Services
from projections.all import PROJECTIONS
from projections.runner.status import is_caught_up

__all__ = ["NO_BOT", "PATIENCE", "Centre", "centre_settings", "eventually", "open_centre", "projected"]

NO_BOT = "http://127.0.0.1:9"
"""The discard port, on which no server listens."""
PATIENCE = 60.0
"""The seconds after which a test no longer waits for something: many, because the projections' process is nice."""

_MAX_PAUSE = 0.02
_SMALL_BUFFER = 8 * 1024


@dataclass
class Centre:
    """A running contact centre. ``tracebacks`` holds the log entries with a traceback; there must be none at the
    end. ``opened_at`` is the journal's position when the centre was configured and nothing else had happened."""

    services: Services
    url: str
    http: aiohttp.ClientSession
    server: uvicorn.Server
    opened_at: int
    tracebacks: list[logging.LogRecord] = field(default_factory=list)
    committed: list[Committed] = field(default_factory=list)
    _grown: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def calls(self) -> set[asyncio.Task[None]]:
        """The calls that the server is answering now."""
        return self.server.server_state.tasks

    def witness(self, committed: list[Committed]) -> None:
        self.committed += committed
        self._grown.set()

    async def recorded(self, type_: str, count: int = 1) -> list[Committed]:
        """The first so many events of this type. Waits until they are recorded."""
        return await self.until(lambda: [item for item in self.committed if item.record.type == type_], count)

    async def until(self, found: Callable[[], list[Committed]], count: int) -> list[Committed]:
        async with asyncio.timeout(PATIENCE):
            while len(found()) < count:
                self._grown.clear()
                await self._grown.wait()
        return found()[:count]

    async def followed(self, stream: str, count: int = 1) -> None:
        """Waits until so many feeds are beyond the history of the stream: signals before that do not reach them."""
        await eventually(lambda: self.services.hub.follower_count(stream) >= count)

    def types(self, stream: str) -> list[str]:
        return [record.type for record in self.services.journal.read_stream(stream)]


async def projected(services: Services) -> None:
    """Waits until every projection has processed all events that are committed by now."""
    names, position = {projection.name for projection in PROJECTIONS}, services.hub.position
    await eventually(lambda: is_caught_up(services.projections.open(), names, position))


async def eventually(condition: Callable[[], object]) -> None:
    """Polls until the condition holds, for conditions that no event announces: less often, the longer it takes."""
    pause = 0.001
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(pause)
            pause = min(1.5 * pause, _MAX_PAUSE)


class _Tracebacks(logging.Handler):
    def __init__(self, into: list[logging.LogRecord]) -> None:
        super().__init__()
        self._into = into

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[0] is not None:
            self._into.append(record)


def centre_settings(data_dir: Path, bot_url: str = NO_BOT, **sections: Any) -> Settings:
    """The demo's settings with some changed. Logins last as long as outside the demo. Without ``reporting``, nothing is
    projected."""
    overrides = {"server": {"data_dir": str(data_dir)}, "reporting": {"runner": "none"}, **sections}
    return load_settings(base={**demo_settings(bot_url), "authentication": {}}, environment={}, overrides=overrides)


@asynccontextmanager
async def open_centre(
    data_dir: Path, bot_url: str = NO_BOT, *, restored: bool = False, **sections: Any
) -> AsyncIterator[Centre]:
    """Serves until the context is left. Then nothing of the server may still run, and nothing may have failed
    unforeseen."""
    settings = centre_settings(data_dir, bot_url, **sections)
    tracebacks: list[logging.LogRecord] = []
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(open_services(settings, restored=restored))
        _set_passwords(services)
        await stack.enter_async_context(run_effects(services))
        if settings.reporting.runner != "none":
            await stack.enter_async_context(run_projections(services))
        server, url = await stack.enter_async_context(_served(services, tracebacks))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        centre = Centre(services, url, http, server, services.hub.position, tracebacks)
        services.engine.observe(centre.witness)
        yield centre
    assert [record.getMessage() for record in tracebacks] == []


@asynccontextmanager
async def _served(services: Services, tracebacks: list[logging.LogRecord]) -> AsyncIterator[tuple[uvicorn.Server, str]]:
    """Serves as ``uvicorn.Server.serve`` does, but without its signals and its pauses."""
    server = uvicorn.Server(uvicorn_config(Application(services), services.settings))
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    listening = socket.create_server(("127.0.0.1", 0))
    # Connections inherit it: what a client does not read soon comes back to the server.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SMALL_BUFFER)
    handler = _Tracebacks(tracebacks)
    loggers = [logging.getLogger()]
    for logger in loggers:
        logger.addHandler(handler)
    await server.startup(sockets=[listening])
    await server.on_tick(0)
    try:
        yield server, f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        await _stop(server, services)
        for logger in loggers:
            logger.removeHandler(handler)


async def _stop(server: uvicorn.Server, services: Services) -> None:
    """Stops the server; the clients have disconnected before."""
    for listener in server.servers:
        listener.close()
    for connection in list(server.server_state.connections):
        connection.shutdown()
    if server.server_state.tasks:
        _, running = await asyncio.wait(server.server_state.tasks, timeout=PATIENCE)
        assert not running, "every call ends when its client has gone"
    assert services.hub.listener_count == 0, "no feed is left open"


def _set_passwords(services: Services) -> None:
    missing = set(services.configuration.agents) - services.accounts.with_password()
    if missing:
        services.accounts.set_passwords(dict.fromkeys(sorted(missing), DEMO_PASSWORD))
