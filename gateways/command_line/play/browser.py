"""A browser without a window. Only this module and those that open pages in it need Playwright."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

__all__ = ["open_browser"]


@asynccontextmanager
async def open_browser(*flags: str) -> AsyncIterator[Browser]:
    """Opens the Chromium that CHROMIUM names, or the machine's, or else Playwright's own."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    program = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, args=[*flags, *as_root], handle_sigint=False
        )
        try:
            yield browser
        finally:
            await browser.close()
