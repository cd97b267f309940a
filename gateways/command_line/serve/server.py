"""The HTTP server: uvicorn with our settings, and how it starts and ends."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from config import Settings, SettingsError
from gateways.application.application import Application
from gateways.command_line.serve.bounded_protocols import BoundedHttpProtocol, BoundedWebSocketProtocol
from gateways.command_line.serve.connection_bounds import ConnectionBounds
from gateways.http.forwarded import ForwardedAddress
from gateways.services import Services

__all__ = ["Server", "listen", "uvicorn_config"]

_BACKLOG = 4096
_ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_WEBSOCKET_MESSAGE_BYTES = 64 * 1024
_UNACKNOWLEDGED_MILLISECONDS = 60_000


class Server(uvicorn.Server):
    """Calls ``announce`` as soon as it serves, and ends the feeds before it waits for requests to end."""

    def __init__(self, services: Services, announce: Callable[[], None]) -> None:
        super().__init__(uvicorn_config(Application(services), services.settings))
        self._services = services
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._services.hub.close()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ends the server at a signal and does not raise the signal again.

        uvicorn's own method raises it again after the server has stopped. That would end the process before
        the engine has carried out the commands that wait.
        """
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in _ENDING_SIGNALS:
                loop.remove_signal_handler(number)


def uvicorn_config(application: Callable[..., object], settings: Settings) -> uvicorn.Config:
    """Returns the settings of uvicorn for the server and for the benchmark's baseline."""
    trusted_proxies = settings.server.trusted_proxies
    bounds = ConnectionBounds(settings.connections, trusted_proxies)
    if trusted_proxies:
        # The address is taken first, while the scope still names the proxy as the client.
        application = ForwardedAddress(_proxied(application, trusted_proxies), trusted_proxies)
    return uvicorn.Config(
        application,
        http=partial(BoundedHttpProtocol, bounds=bounds),  # type: ignore[arg-type] # it calls it as it does a class
        ws=partial(BoundedWebSocketProtocol, bounds=bounds),  # type: ignore[arg-type]
        ws_max_size=_WEBSOCKET_MESSAGE_BYTES,
        ws_per_message_deflate=False,
        lifespan="off",
        access_log=False,
        server_header=False,
        headers=[("X-Content-Type-Options", "nosniff")],
        proxy_headers=False,
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=5,
        backlog=_BACKLOG,
    )


def _proxied(application: Callable[..., Any], trusted_proxies: list[str]) -> Any:
    """uvicorn's types of ASGI are others than Starlette's."""
    return ProxyHeadersMiddleware(application, trusted_proxies)


def listen(host: str, port: int) -> socket.socket:
    """Opens the socket on which the server listens. Raises SettingsError when the address or port cannot be taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _drop_idle_readers(listening)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise SettingsError(
            f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port or server.port"
        ) from error
    listening.listen(_BACKLOG)
    return listening


def _drop_idle_readers(listening: socket.socket) -> None:
    """Lets the system drop connections whose peer acknowledges nothing for a minute.

    Connections inherit the option where the system has it. Without it a connection would stay open when the server has
    closed it but the peer never reads.
    """
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNACKNOWLEDGED_MILLISECONDS)
