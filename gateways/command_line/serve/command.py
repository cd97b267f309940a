"""``hybridchat serve``: the server."""

import asyncio
import contextlib
import gc
import ipaddress
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec
import uvicorn
import uvloop

from actors.configuration import CENTRE
from actors.journal import JournalError
from config import ConfigurationError, load_settings
from config.demo import DEMO_BOT, DEMO_PASSWORD, demo_settings
from gateways.application.application import Application
from gateways.application.effects import run_effects
from gateways.application.first_configuration import tell_differences
from gateways.application.projecting import run_projections
from gateways.attachments.unposted import clean_up_unposted
from gateways.command_line.open_files import allow_many_open_files
from gateways.services.asking import ask
from gateways.services.services import Services, open_services
from schemas.commands import ConfigureItem
from schemas.exceptions import SchemaError
from schemas.replies import ConfigurationReply

__all__ = ["serve", "uvicorn_config"]

_BACKLOG = 2048
_OWNER_ONLY = 0o077
_ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_COLLECT_RARELY = (50_000, 20, 100)
_WEBSOCKET_MESSAGE_BYTES = 64 * 1024
_UNTAKEN_MILLISECONDS = 60_000


@click.command()
@click.option("--demo", is_flag=True, help="Serve the demo contact centre, on loopback only.")
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes any free one.")
@click.option("--data-dir", type=click.Path(file_okay=False), help="Where the journal and the accounts are kept.")
@click.option(
    "--config",
    "config_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A TOML file of settings; HYBRIDCHAT__SECTION__KEY variables override it.",
)
def serve(demo: bool, host: str | None, port: int | None, data_dir: str | None, config_file: Path | None) -> None:
    """Serve the APIs."""
    os.umask(_OWNER_ONLY)
    allow_many_open_files()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    server = {"host": host, "port": port, "data_dir": data_dir}
    given = {name: value for name, value in server.items() if value is not None}
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(demo, given, config_file))
    except (ConfigurationError, JournalError, SchemaError) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        pass


async def _serve(demo: bool, server: Mapping[str, Any], config_file: Path | None) -> None:
    async with contextlib.AsyncExitStack() as stack:
        gc.disable()
        stack.callback(gc.enable)
        base: dict[str, Any] = {}
        if demo:
            from gateways.command_line.serve.greeter import serve_greeter

            base = demo_settings(await stack.enter_async_context(serve_greeter()))
        settings = load_settings(config_file, base=base, overrides={"server": server})
        if demo:
            _require_loopback(settings.server.host)
        listening = _listen(settings.server.host, settings.server.port)
        stack.callback(listening.close)
        services = await stack.enter_async_context(open_services(settings))
        if demo:
            await _set_up_demo(services)
        tell_differences(services.configuration, settings.tables)
        await stack.enter_async_context(run_effects(services))
        await stack.enter_async_context(clean_up_unposted(services))
        await stack.enter_async_context(run_projections(services))
        _collect_rarely()
        await _run(services, listening, demo)


def _collect_rarely() -> None:
    """What a start brings into memory stays for long, so the collector need not go through it ever again."""
    gc.freeze()
    gc.set_threshold(*_COLLECT_RARELY)
    gc.enable()


async def _run(services: Services, listening: socket.socket, demo: bool) -> None:
    host, port = listening.getsockname()[:2]
    server = _Server(services, f"http://{_in_url(host)}:{port}", demo)
    await server.serve(sockets=[listening])


class _Server(uvicorn.Server):
    """Says where it serves as soon as it does, and ends the feeds before it waits for requests to end."""

    def __init__(self, services: Services, url: str, demo: bool) -> None:
        super().__init__(uvicorn_config(Application(services), services.settings.server.trusted_proxies))
        self._services = services
        self._url = url
        self._demo = demo

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        _announce(self._url, self._demo)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._services.hub.close()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """uvicorn's own raises the signal again once it has stopped, and would end the process before the engine
        has carried out what waits."""
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in _ENDING_SIGNALS:
                loop.remove_signal_handler(number)


def uvicorn_config(application: Any, trusted_proxies: Sequence[str] = ()) -> uvicorn.Config:
    """The settings under which the server, and the benchmark's baseline, run."""
    return uvicorn.Config(
        application,
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=_WEBSOCKET_MESSAGE_BYTES,
        ws_per_message_deflate=False,
        lifespan="off",
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        log_level="warning",
        timeout_graceful_shutdown=5,
        backlog=_BACKLOG,
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _drop_who_takes_nothing(listening)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise ConfigurationError(
            f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port or server.port"
        ) from error
    listening.listen(_BACKLOG)
    return listening


def _drop_who_takes_nothing(listening: socket.socket) -> None:
    """Connections inherit it where the system has it: else one that is closed but never read from would stay."""
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNTAKEN_MILLISECONDS)


def _require_loopback(host: str) -> None:
    with contextlib.suppress(ValueError):
        if host == "localhost" or ipaddress.ip_address(host).is_loopback:
            return
    raise ConfigurationError(
        f"--demo has well-known passwords and listens on loopback only, not on {host}; use --host 127.0.0.1"
    )


async def _set_up_demo(services: Services) -> None:
    """Tells where the bot is this time, and sets passwords once: hashing takes a while, and the accounts are kept."""
    configured, demo = services.configuration, services.settings.tables
    bot, url = configured.bots.get(DEMO_BOT), demo.bots[DEMO_BOT].url
    if bot is not None and bot.url != url:
        here = msgspec.structs.replace(bot, url=url)
        command = ConfigureItem(at=services.clock(), name=DEMO_BOT, item=here)
        await ask(services, CENTRE, command, "system", ConfigurationReply)
    missing = configured.agents.keys() & demo.agents.keys() - services.accounts.with_password()
    if missing:
        await asyncio.to_thread(services.accounts.set_known_password, missing, DEMO_PASSWORD)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _announce(url: str, demo: bool) -> None:
    click.echo(f"Hybrid Chat serves {url}")
    click.echo(f"  API description   {url}/docs")
    click.echo(f"  Inspect           {url}/inspect")
    if demo:
        click.echo("  Agents            alice, bob, carol; supervisor sue; administrator root; password demo")
        click.echo("  Try it            start a conversation as a customer:")
        click.echo(f'    curl -s {url}/customer/v1/conversations -d \'{{"channel":"web","text":"Hello"}}\'')
        click.echo(f"  Play dialogues    {_program()} play tests/dialogues.jsonl --url {url}")
    click.echo("Stop with Ctrl-C.")


def _program() -> str:
    """As the one who reads it has called it."""
    return sys.argv[0] if Path(sys.argv[0]).name == "hybridchat" else "hybridchat"
