"""Agents' presence: an agent counts as connected while a feed is open, and every feed ends with the login."""

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
from gateways.feeds.hub import AGENT_OWNER, Hub, feed_owner
from gateways.identity.accounts import Accounts
from schemas.commands import Connect, Disconnect
from schemas.events import AgentLoggedOut
from schemas.identifiers import command_id, new_id
from schemas.records import entity_id_of

__all__ = ["Presence"]

_RETRY_SECONDS = 1.0

_logger = logging.getLogger(__name__)


class Presence:
    """Tells each agent that the first feed opened and that the last one closed.

    A feed that closes and opens again at once may go unnoticed. An agent that only reads pages of JSON does not count
    as present.
    """

    def __init__(self, engine: Engine, hub: Hub, accounts: Accounts) -> None:
        self._engine = engine
        self._hub = hub
        self._accounts = accounts
        self._reporting: dict[str, asyncio.Task[None]] = {}

    def notice(self, owner: str) -> None:
        """Looks for open feeds of the owner. It is called when one has opened or closed, and after a start."""
        if owner.startswith(AGENT_OWNER) and owner not in self._reporting:
            self._reporting[owner] = asyncio.ensure_future(self._report(owner))

    def end_logins(self, committed: list[Committed]) -> None:
        """Ends the sessions and feeds of each agent who has been logged out, whoever did it."""
        for record, event in committed:
            if isinstance(event, AgentLoggedOut):
                agent_id = entity_id_of(record.stream)
                self._accounts.end_sessions(agent_id)
                self._hub.close_owner(feed_owner(agent_id))

    async def close(self) -> None:
        """Leaves every agent connected or disconnected as it is."""
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
                except (QueueFullError, CommandFailedError, NotDurableError) as error:
                    _logger.warning("the feeds of %s are not reported yet: %s", owner, error)
                    await asyncio.sleep(_RETRY_SECONDS)
        except EngineStoppedError:
            pass  # the next start looks for open feeds
        finally:
            del self._reporting[owner]

    async def _send(self, owner: str, listens: bool) -> None:
        command = Connect(at=self._engine.clock()) if listens else Disconnect(at=self._engine.clock())
        stream = f"agent-{owner.removeprefix(AGENT_OWNER)}"
        await self._engine.ask(Request(stream, command, command_id(new_id()), owner))
