"""The agents of a run."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence

from gateways.client.agent_session import Credentials
from gateways.client.client import Client
from gateways.command_line.play.agent import Agent, Desk, Spawn
from gateways.command_line.play.desk_agent import DeskAgent, DeskTab
from gateways.command_line.play.exceptions import PlayError
from schemas.api.agent import Me

__all__ = ["Crew", "free_places"]

_LOGINS_AT_ONCE = 4


class Crew:
    """All agents of a run: they start and stop work together. ``clear`` is passed to each Agent."""

    def __init__(
        self, client: Client, credentials: Sequence[Credentials], desk: Desk, spawn: Spawn, *, clear: bool
    ) -> None:
        self.agents = {each.username: Agent(client, each, desk, spawn, clear=clear) for each in credentials}
        self._client = client
        self._credentials = credentials
        self._desk = desk
        self._spawn = spawn
        self._clear = clear

    def sit_down(self, tabs: Sequence[DeskTab]) -> None:
        """Gives each of the first agents a desk to work at. It must be called before they work."""
        for each, tab in zip(self._credentials, tabs, strict=False):
            agent = DeskAgent(self._client, each, self._desk, self._spawn, tab, clear=self._clear)
            self.agents[each.username] = agent

    async def work(self, note: Callable[[str], None]) -> int:
        """Logs all agents in, makes them ready and returns how many conversations they can hold together.

        Raises PlayError on wrong credentials, and when no agent has a place left.
        """
        agents = list(self.agents.values())
        desks = await self._log_in(agents)
        if self._clear:
            desks = await asyncio.gather(*(agent.clear(me) for agent, me in zip(agents, desks, strict=True)))
        _note_what_is_held(desks, note)
        places = sum(free_places(me) for me in desks)
        if not places:
            raise PlayError("the agents have no place left for a conversation; end those they hold with --clear")
        await asyncio.gather(*(agent.work(me) for agent, me in zip(agents, desks, strict=True)))
        return places

    async def _log_in(self, agents: Sequence[Agent]) -> list[Me]:
        """Logs in a few agents at a time.

        The server needs some time for each password, so that many logins at once would take longer than a call may.
        """
        places = asyncio.Semaphore(_LOGINS_AT_ONCE)

        async def log_in(agent: Agent) -> Me:
            async with places:
                return await agent.log_in()

        return await asyncio.gather(*(log_in(agent) for agent in agents))

    async def rest(self) -> None:
        await asyncio.gather(*(agent.rest() for agent in self.agents.values()))


def free_places(me: Me) -> int:
    """Returns the free places in the MRD in which the agent can hold most. Offers take no place: they are declined."""
    held = Counter(task.mrd for task in me.tasks if task.state != "reserved")
    places = [(mrd.max_tasks, mrd.max_tasks - held[mrd.mrd]) for mrd in me.mrds]
    return max(places, default=(0, 0))[1]


def _note_what_is_held(desks: Sequence[Me], note: Callable[[str], None]) -> None:
    for me in desks:
        held = sum(task.state != "reserved" for task in me.tasks)
        if held:
            conversations = "a conversation" if held == 1 else f"{held} conversations"
            note(f"{me.agent.agent_id} keeps {conversations} from before this run; --clear would end such")
