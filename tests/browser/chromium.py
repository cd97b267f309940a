"""Chromium, as the tests of the pages start it."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

__all__ = ["open_chromium"]

_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
_AS_ROOT = ["--no-sandbox"]


@asynccontextmanager
async def open_chromium() -> AsyncIterator[Browser]:
    """That of the machine, or the one that CHROMIUM names."""
    found = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    assert found is not None, "no Chromium is here; `make chromium` says what to do"
    flags = _QUIET + (_AS_ROOT if os.getuid() == 0 else [])
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=flags)
        try:
            yield browser
        finally:
            await browser.close()
