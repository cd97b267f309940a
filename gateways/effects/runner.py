"""Runs the effects beside the server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gateways.services import Services

__all__ = ["run_effects"]


@asynccontextmanager
async def run_effects(services: Services) -> AsyncIterator[None]:
    yield
