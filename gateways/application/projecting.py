"""Runs the projections beside the server, in a process of their own if the journal is a file."""

import asyncio
import logging
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

import msgspec

from gateways.data_directory import DataDirectory
from gateways.services import Services
from gateways.supervision import TaskEndedError
from projections.all import PROJECTIONS
from projections.process import Assignment, WorkReport, snapshot_journal
from projections.runner import DatabaseUnavailableError
from projections.runner.damaged_file import set_aside_if_damaged
from projections.runner.log_once import LogOnce, Report
from projections.runner.runner import Runner

__all__ = ["run_projections"]

_END_SECONDS = 10.0
_PROCESS = "process of the projections"
_RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)

_logger = logging.getLogger(__name__)


@asynccontextmanager
async def run_projections(services: Services) -> AsyncIterator[None]:
    """Runs them until the context is left. The snapshots of a journal that is a file are always kept, whatever runs its
    projections."""
    runner, directory = services.settings.reporting.runner, services.data_directory
    if runner == "thread" or directory is None:
        async with _threads(services, directory):
            yield
    else:
        database = services.projections.url if runner == "process" else None
        assignment = Assignment(str(directory.journal), str(directory.snapshots), database, services.settings.log)
        work = partial(_run, assignment, partial(_note, services))
        async with services.supervision.supervised(_PROCESS, work, _RETRY_SECONDS):
            yield


@asynccontextmanager
async def _threads(services: Services, directory: DataDirectory | None) -> AsyncIterator[None]:
    stopped, report = threading.Event(), partial(_note, services)
    running = [asyncio.create_task(asyncio.to_thread(_project, services, stopped, report))]
    if directory is not None:
        snapshotting = asyncio.to_thread(snapshot_journal, directory.journal, directory.snapshots, stopped, report)
        running.append(asyncio.create_task(snapshotting))
    try:
        yield
    finally:
        stopped.set()
        await asyncio.gather(*running)


def _note(services: Services, work: str, reason: str | None) -> None:
    """The reason may name a file or a database, and stands in the log."""
    if reason is None:
        services.supervision.clear(work)
    else:
        services.supervision.impair(work, "it waits; the log says for what")


def _project(services: Services, stopped: threading.Event, report: Report) -> None:
    database, log_once = services.projections, LogOnce("projecting", report)
    while not stopped.is_set():
        try:
            set_aside_if_damaged(database.url)
            Runner(services.journal, database.open(), PROJECTIONS, stopped, log_once).run()
        except DatabaseUnavailableError as error:
            log_once.warn(str(error))
        except Exception as error:
            _logger.exception("projecting has failed and starts again")
            log_once.warn(type(error).__name__)
        stopped.wait(_RETRY_SECONDS[0])


async def _run(assignment: Assignment, report: Report) -> None:
    """Runs the process, which only ends by a failure. A signal from the keyboard does not reach it. ``nice`` starts it:
    not even its imports may take the engine's core. Rejected: a session of its own, because Linux shares a core equally
    between sessions, whatever their ``nice`` value. Raises TaskEndedError or OSError."""
    command = ("nice", "-n", "10", sys.executable, "-m", "projections.process")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, preexec_fn=os.setpgrp)
    reported: set[str] = set()
    try:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - pipes were asked for
        with suppress(RuntimeError, OSError):  # it has ended already
            process.stdin.write(msgspec.json.encode(assignment) + b"\n")
        async for line in process.stdout:
            received = msgspec.json.decode(line, type=WorkReport)
            reported.add(received.work)
            report(received.work, received.reason)
    finally:
        await _end(process)
        for work in reported:
            report(work, None)
    raise TaskEndedError(f"it has ended with {process.returncode}")


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ends the process. It first finishes the page on which it works; one that has not begun yet ends at once."""
    if process.stdin is not None:
        process.stdin.close()
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(_END_SECONDS):
            await asyncio.shield(process.wait())
    except TimeoutError:
        process.kill()
        await process.wait()
