"""A server that serves the pages."""

import asyncio
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio
import uvicorn

from config import load_settings
from gateways.application.application import Application
from gateways.application.opening import open_services
from gateways.command_line.serve.server import uvicorn_config

SETTINGS = load_settings(environment={}, base={"journal": {"backend": "memory"}})


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    """A client of a server on loopback, in which nothing is changed."""
    async with open_services(SETTINGS) as services:
        server = uvicorn.Server(uvicorn_config(Application(services), SETTINGS))
        with socket.create_server(("127.0.0.1", 0)) as listening:
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            port = listening.getsockname()[1]
            async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
                yield session
            server.should_exit = True
            await serving
