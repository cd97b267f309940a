"""Agents' presence: the first live feed begins the shift, and the agent counts as connected while a feed is open."""

import asyncio
import logging

from actors.engine import (
    CommandFailedError,
    Committed,
    Engine,
    EngineStoppedError,
    NotDurableError,
    QueueFullError,
    Request,
)
from config import PresenceSettings
from gateways.data_directory import DataFileError
from gateways.feeds.hub import AGENT_OWNER, Ending, Hub, feed_owner
from gateways.identity.accounts import Accounts
from gateways.supervision import Supervision
from schemas.commands import AdmitAgent, Command, Connect, Disconnect
from schemas.events import AgentLoggedOut
from schemas.identifiers import command_id, new_id
from schemas.records import CENTRE, agent_stream, entity_id_of
from schemas.replies import Refusal, Reply

__all__ = ["Presence"]

_NAME = "presence"
_RETRY_SECONDS = 1.0
_CONNECTION_LOST = "connection_lost"

_logger = logging.getLogger(__name__)


class Presence:
    """Tells each agent that the first feed opened and that the last one closed. An open feed also begins the shift.

    A feed that closes and opens again at once may go unnoticed. An agent that only reads pages of JSON does not count
    as present.
    """

    def __init__(
        self, engine: Engine, hub: Hub, accounts: Accounts, supervision: Supervision, settings: PresenceSettings
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._hub = hub
        self._accounts = accounts
        self._supervision = supervision
        self._failing: set[str] = set()
        self._writing_ends: asyncio.Task[None] | None = None
        self._reporting: dict[str, asyncio.Task[None]] = {}

    def notice(self, owner: str) -> None:
        """Looks for open feeds of the owner. It is called when one has opened or closed, and after a start."""
        if owner.startswith(AGENT_OWNER) and owner not in self._reporting:
            self._reporting[owner] = asyncio.ensure_future(self._report(owner))

    def admission(self, agent_id: str) -> AdmitAgent:
        """The command that begins a shift of the agent."""
        return AdmitAgent(
            at=self._engine.clock(),
            agent_id=agent_id,
            idle_logout_seconds=self._settings.idle_logout_seconds,
            connection_grace_seconds=self._settings.connection_grace_seconds,
        )

    async def caught_up(self, agent_id: str) -> None:
        """Waits until a feed that the agent has just opened has begun the shift, so that the agent can act at once."""
        reporting = self._reporting.get(feed_owner(agent_id))
        if reporting is not None:
            await asyncio.wait({reporting}, timeout=_RETRY_SECONDS)

    def end_logins(self, committed: list[Committed]) -> None:
        """Ends the sessions and feeds of each agent who has been logged out, whoever did it. An agent whose connection
        was lost keeps the sessions, by which a desktop comes back and other pages go on."""
        for record, event in committed:
            if isinstance(event, AgentLoggedOut) and event.reason != _CONNECTION_LOST:
                agent_id = entity_id_of(record.stream)
                self._end_sessions(agent_id)
                self._hub.close_owner(feed_owner(agent_id), Ending.SESSION_ENDED)

    def _end_sessions(self, agent_id: str) -> None:
        """Ends them at once, and writes that as soon as it can be written."""
        try:
            self._accounts.sessions.end_all(agent_id)
        except DataFileError as error:
            _logger.warning("the end of the sessions of %s is not written yet: %s", agent_id, error)
            if self._writing_ends is None or self._writing_ends.done():
                self._writing_ends = asyncio.ensure_future(self._write_ends())

    async def _write_ends(self) -> None:
        while True:
            await asyncio.sleep(_RETRY_SECONDS)
            try:
                self._accounts.sessions.write_ends()
            except DataFileError as error:
                _logger.debug("the end of sessions is not written yet: %s", error)
            else:
                return

    async def close(self) -> None:
        """Leaves every agent connected or disconnected as it is."""
        if self._writing_ends is not None:
            self._writing_ends.cancel()
            await asyncio.gather(self._writing_ends, return_exceptions=True)
        for task in self._reporting.values():
            task.cancel()
        await asyncio.gather(*self._reporting.values(), return_exceptions=True)

    async def _report(self, owner: str) -> None:
        reported = None
        try:
            while (listens := self._hub.listens(owner)) is not reported:
                try:
                    await self._send(owner, listens)
                    reported = listens
                    self._succeed(owner)
                except EngineStoppedError:
                    raise
                except (QueueFullError, CommandFailedError, NotDurableError) as error:
                    _logger.warning("the feeds of %s are not reported yet: %s", owner, error)
                    await asyncio.sleep(_RETRY_SECONDS)
                except Exception as error:
                    _logger.exception("the feeds of %s cannot be reported and are tried again", owner)
                    self._fail(owner, error)
                    await asyncio.sleep(_RETRY_SECONDS)
        except EngineStoppedError:
            pass  # the next start looks for open feeds
        finally:
            self._succeed(owner)
            del self._reporting[owner]

    def _fail(self, owner: str, error: Exception) -> None:
        self._failing.add(owner)
        self._supervision.fail(_NAME, f"{type(error).__name__} for {len(self._failing)} agents; the log says more")

    def _succeed(self, owner: str) -> None:
        if owner in self._failing:
            self._failing.remove(owner)
            if not self._failing:
                self._supervision.clear(_NAME)

    async def _send(self, owner: str, listens: bool) -> None:
        agent_id = owner.removeprefix(AGENT_OWNER)
        if not listens:
            await self._ask(agent_stream(agent_id), Disconnect(at=self._engine.clock()), owner)
        elif not isinstance(await self._ask(CENTRE, self.admission(agent_id), owner), Refusal):
            await self._ask(agent_stream(agent_id), Connect(at=self._engine.clock()), owner)

    async def _ask(self, to: str, command: Command, owner: str) -> Reply | Refusal | None:
        return await self._engine.ask(Request(to, command, command_id(new_id()), owner))
