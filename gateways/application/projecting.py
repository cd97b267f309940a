"""Runs the projections beside the server, in a process of their own if the journal is a file."""

import asyncio
import contextlib
import logging
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from actors.journal import Journal
from gateways.data_directory import DataDirectory
from gateways.read_models import ProjectionsDatabase
from gateways.services import Services
from projections.all import PROJECTIONS
from projections.process import Assignment, snapshot_journal
from projections.runner import DatabaseUnavailableError
from projections.runner.damaged_file import set_aside_if_damaged
from projections.runner.log_once import LogOnce
from projections.runner.runner import Runner

__all__ = ["run_projections"]

_END_SECONDS = 10.0
_RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)

_logger = logging.getLogger(__name__)


@asynccontextmanager
async def run_projections(services: Services) -> AsyncIterator[None]:
    """Runs them until the context is left. The snapshots of a journal that is a file are always kept, whatever runs its
    projections."""
    runner, directory = services.settings.reporting.runner, services.data_directory
    if runner == "thread" or directory is None:
        async with _threads(services.journal, directory, services.projections):
            yield
    else:
        database = services.projections.url if runner == "process" else None
        async with _process(Assignment(str(directory.journal), str(directory.snapshots), database)):
            yield


@asynccontextmanager
async def _threads(
    journal: Journal, directory: DataDirectory | None, database: ProjectionsDatabase
) -> AsyncIterator[None]:
    stopped = threading.Event()
    running = [asyncio.create_task(asyncio.to_thread(_project, journal, database, stopped))]
    if directory is not None:
        snapshotting = asyncio.to_thread(snapshot_journal, directory.journal, directory.snapshots, stopped)
        running.append(asyncio.create_task(snapshotting))
    try:
        yield
    finally:
        stopped.set()
        await asyncio.gather(*running)


def _project(journal: Journal, database: ProjectionsDatabase, stopped: threading.Event) -> None:
    log_once = LogOnce("projecting")
    while not stopped.is_set():
        set_aside_if_damaged(database.url)
        try:
            Runner(journal, database.open(), PROJECTIONS, stopped).run()
        except DatabaseUnavailableError as error:
            log_once.warn(str(error))
        except Exception:
            _logger.exception("projecting has failed and starts again")
        stopped.wait(_RETRY_SECONDS[0])


@asynccontextmanager
async def _process(assignment: Assignment) -> AsyncIterator[None]:
    running = asyncio.create_task(_keep_running(assignment))
    try:
        yield
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def _keep_running(assignment: Assignment) -> None:
    """Starts the process again, after a while, whenever it ends by itself."""
    tries = 0
    while True:
        begun = asyncio.get_running_loop().time()
        try:
            _logger.error("projecting has ended with %s and starts again", await _run(assignment))
        except OSError:
            _logger.exception("projecting cannot start and is tried again")
        lasted = asyncio.get_running_loop().time() - begun
        tries = 0 if lasted > _RETRY_SECONDS[-1] else min(tries + 1, len(_RETRY_SECONDS) - 1)
        await asyncio.sleep(_RETRY_SECONDS[tries])


async def _run(assignment: Assignment) -> int | None:
    """Runs the process until it ends. A signal from the keyboard does not reach it. ``nice`` starts it: not even
    its imports may take the engine's core. Rejected: a session of its own, because Linux shares a core equally between
    sessions, whatever their ``nice`` value."""
    command = ("nice", "-n", "10", sys.executable, "-m", "projections.process")
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE, preexec_fn=os.setpgrp)
    try:
        assert process.stdin is not None  # noqa: S101 - a pipe was asked for
        process.stdin.write(msgspec.json.encode(assignment) + b"\n")
        await process.wait()
    finally:
        await _end(process)
    return process.returncode


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ends the process by closing its standard input. It first finishes the page on which it works."""
    if process.stdin is not None:
        process.stdin.close()
    if process.returncode is not None:
        return
    try:
        async with asyncio.timeout(_END_SECONDS):
            await asyncio.shield(process.wait())
    except TimeoutError:
        process.kill()
        await process.wait()
