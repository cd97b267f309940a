"""Starts Chromium for the tests of the pages. Run as a program, this module checks that Chromium starts here."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright, expect

from tests.gateways.centre import PATIENCE

__all__ = ["find_chromium", "open_chromium"]

expect.set_options(timeout=PATIENCE * 1000)

_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
_AS_ROOT = ["--no-sandbox"]
_DRIVEN = [
    "--headless",
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--hide-scrollbars",
    "--mute-audio",
    "--password-store=basic",
    "--use-mock-keychain",
]
"""What Playwright needs of the browser, without what it changes in it."""
_PACKAGED = Path(sys.prefix) / "chromium"
"""The folder into which `make chromium` unpacks the locked browser on a machine without one."""


@asynccontextmanager
async def open_chromium(*, as_users_have_it: bool = False) -> AsyncIterator[Browser]:
    """Opens the browser that CHROMIUM names, or the machine's, or else the locked package's.

    Playwright changes what users have: what a frame keeps is not kept for each site, and no page for going back.
    """
    program, environment = find_chromium()
    flags = _QUIET + (_AS_ROOT if os.getuid() == 0 else []) + (_DRIVEN if as_users_have_it else [])
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program,
            args=flags,
            env={**os.environ, **environment},
            ignore_default_args=as_users_have_it or None,
        )
        try:
            yield browser
        finally:
            await browser.close()


def find_chromium() -> tuple[str | Path, dict[str, str]]:
    """The program, and the environment that it needs."""
    if installed := shutil.which(os.environ.get("CHROMIUM", "chromium")):
        return installed, {}
    program = _PACKAGED / "chromium"
    assert program.exists(), "no Chromium is here: run `make chromium`"
    return program, {
        "LD_LIBRARY_PATH": str(_PACKAGED / "al2023" / "lib"),
        "FONTCONFIG_FILE": str(_PACKAGED / "fonts.conf"),
    }


async def _start_once() -> None:
    async with open_chromium() as browser:
        await (await browser.new_page()).set_content("<p>It draws.</p>")


if __name__ == "__main__":
    asyncio.run(_start_once())
