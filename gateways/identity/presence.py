"""Agents' presence: their open feeds hold the lease on it, and what is open ends with the login."""

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

    One that closes and opens again at once may go unnoticed. Who reads pages of JSON is not held to be there.
    """

    def __init__(self, engine: Engine, hub: Hub, accounts: Accounts) -> None:
        self._engine = engine
        self._hub = hub
        self._accounts = accounts
        self._telling: dict[str, asyncio.Task[None]] = {}

    def notice(self, owner: str) -> None:
        """A feed of the owner has opened or closed, or is to be looked for."""
        if owner.startswith(AGENT_OWNER) and owner not in self._telling:
            self._telling[owner] = asyncio.ensure_future(self._tell(owner))

    def end_logins(self, committed: list[Committed]) -> None:
        """Who has been logged out, by whomever, has no session and no feed any more."""
        for record, event in committed:
            if isinstance(event, AgentLoggedOut):
                agent_id = entity_id_of(record.stream)
                self._accounts.end_sessions(agent_id)
                self._hub.close_owner(feed_owner(agent_id))

    async def close(self) -> None:
        """Leaves the leases as they stand."""
        for task in self._telling.values():
            task.cancel()
        await asyncio.gather(*self._telling.values(), return_exceptions=True)

    async def _tell(self, owner: str) -> None:
        told = None
        try:
            while (listens := self._hub.listens(owner)) is not told:
                try:
                    await self._put(owner, listens)
                    told = listens
                except (QueueFullError, CommandFailedError, NotDurableError) as error:
                    _logger.warning("%s is not told yet about its feeds: %s", owner, error)
                    await asyncio.sleep(_RETRY_SECONDS)
        except EngineStoppedError:
            pass  # the next start looks who is there
        finally:
            del self._telling[owner]

    async def _put(self, owner: str, listens: bool) -> None:
        command = Connect(at=self._engine.clock()) if listens else Disconnect(at=self._engine.clock())
        stream = f"agent-{owner.removeprefix(AGENT_OWNER)}"
        await self._engine.ask(Request(stream, command, command_id(new_id()), owner))
