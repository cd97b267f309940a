"""The HTTP client for calls to outside systems, which all of them share."""

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import aiohttp

__all__ = ["ProviderHttp"]


class ProviderHttp:
    """Makes the client when it is first needed: importing it takes long, and no start shall wait for it."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def session(self) -> "aiohttp.ClientSession":
        if self._session is None:
            await asyncio.to_thread(import_module, "aiohttp")
            import aiohttp  # imported on a thread above

            if self._session is None:
                self._session = aiohttp.ClientSession(
                    connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar()
                )
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
