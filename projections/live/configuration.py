"""The live view of the configuration."""

from actors.configuration import CONFIGURATION, agent_settings
from actors.entities import decider_of
from actors.router import WaitingLine
from actors.snapshots import Changes, SnapshotReader
from projections.live.changed import Changed
from schemas.agents import AgentSettings
from schemas.commands import ConfigurationCommand
from schemas.configuration import Agent, ApiKey, Bot, Calendar, Channel, Mrd, Queue, TableName, Tables, Team, Webhook
from schemas.events import Event, ItemConfigured, ItemRemoved
from schemas.queues import QueueSettings
from schemas.records import CENTRE, Record, entity_id_of
from schemas.replies import Refusal, Reply

__all__ = ["ConfigurationView"]


class ConfigurationView:
    """The current configuration, folded by the configuration's own code so that there is one truth.

    ``former_agents`` are agents who were removed and have not been added again. ``namesakes`` are agents who were added
    under the name of a removed one, with the position at which that happened: nothing before it is theirs.
    """

    def __init__(self) -> None:
        self._state = CONFIGURATION.initial(entity_id_of(CENTRE))
        self.former_agents: set[str] = set()
        self.namesakes: dict[str, int] = {}
        self._changed_agents = Changed()
        self._changed_namesakes = Changed()
        self._eligible: dict[str, frozenset[str]] = {}

    def apply(self, record: Record, event: Event) -> None:
        if record.stream != CENTRE:
            return
        self._eligible.clear()
        decider_of(record.stream).evolve(self._state, event)
        if isinstance(event, ItemConfigured):
            self._welcome_namesakes(self.former_agents.intersection(event.item.agents), record.position)
            self.former_agents.difference_update(event.item.agents)
            self._changed_agents.note(*event.item.agents)
        elif isinstance(event, ItemRemoved) and event.table == "agents":
            self.former_agents.add(event.name)
            self._changed_agents.note(event.name)

    def _welcome_namesakes(self, names: set[str], position: int) -> None:
        self.namesakes.update(dict.fromkeys(names, position))
        self._changed_namesakes.note(*names)

    def restore(self, reader: SnapshotReader) -> None:
        for found in reader.entities_of(CONFIGURATION):
            self._state = found.state
        self.former_agents = {agent_id for agent_id, _ in reader.view("former_agents")}
        self.namesakes = {agent_id: int(position) for agent_id, position in reader.view("namesakes")}

    def take_changes(self) -> Changes:
        return {
            "former_agents": self._changed_agents.take(lambda name: b"" if name in self.former_agents else None),
            "namesakes": self._changed_namesakes.take(lambda name: b"%d" % self.namesakes[name]),
        }

    @property
    def version(self) -> int:
        return self._state.version

    def reply_to(self, command: ConfigurationCommand) -> Reply | Refusal | None:
        """The configuration's answer to a command that is not carried out."""
        return CONFIGURATION.decide(self._state, command).reply

    def last_change(self, table: TableName, name: str) -> int:
        """The version of the last change of the item; 0 when nothing ever had this name."""
        return self._state.last_change(table, name)

    @property
    def tables(self) -> Tables:
        return self._state.tables

    @property
    def mrds(self) -> dict[str, Mrd]:
        return self.tables.mrds

    @property
    def queues(self) -> dict[str, Queue]:
        return self.tables.queues

    @property
    def calendars(self) -> dict[str, Calendar]:
        return self.tables.calendars

    @property
    def bots(self) -> dict[str, Bot]:
        return self.tables.bots

    @property
    def channels(self) -> dict[str, Channel]:
        return self.tables.channels

    @property
    def teams(self) -> dict[str, Team]:
        return self.tables.teams

    @property
    def agents(self) -> dict[str, Agent]:
        return self.tables.agents

    @property
    def api_keys(self) -> dict[str, ApiKey]:
        return self.tables.api_keys

    @property
    def webhooks(self) -> dict[str, Webhook]:
        return self.tables.webhooks

    def queue_settings(self, name: str) -> QueueSettings:
        """Raises KeyError for an unknown queue."""
        return self.queues[name].carried(name)

    def queue_settings_of(self, queue: str, mrd: str, channel: str) -> QueueSettings:
        """The settings of a conversation's queue. If it has been removed meanwhile, they are those of the channel's
        queue, or else of the removed queue with the defaults, so that every customer has a line to wait in."""
        if queue in self.queues:
            return self.queue_settings(queue)
        if channel in self.channels:
            return self.queue_settings(self.channels[channel].queue)
        return QueueSettings(name=queue, mrd=mrd)

    def eligible_agents(self, queue: str) -> frozenset[str]:
        """The agents who may ever be offered tasks of the queue: they work in its MRD, and one of its steps admits
        them. Raises KeyError for an unknown queue."""
        found = self._eligible.get(queue)
        if found is None:
            line = WaitingLine.of(queue, self.queues[queue])
            enabled = (agent_id for agent_id, agent in self.agents.items() if not agent.disabled)
            settings = {agent_id: self.agent_settings(agent_id) for agent_id in enabled}
            found = self._eligible[queue] = frozenset(
                agent_id
                for agent_id, agent in settings.items()
                if line.queue.mrd in agent.mrds and line.first_step(agent.attributes) < len(line.steps)
            )
        return found

    def agent_settings(self, agent_id: str) -> AgentSettings:
        """Raises KeyError for an unknown agent."""
        return agent_settings(self.tables, agent_id)
