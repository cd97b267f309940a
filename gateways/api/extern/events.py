"""The feed of the whole journal, for other applications."""

from gateways.api.call import Call
from gateways.api.extern.personal import viewer_of
from gateways.api.journal_feed import journal_feed
from gateways.feeds import FeedAnswer
from gateways.inspection.feeds import JournalSource
from gateways.inspection.journal_filter import JournalFilter, Wanted
from gateways.services import Services

__all__ = ["events"]


async def events(call: Call) -> FeedAnswer:
    """Every recorded event, in order, or those that meet all the filters given. An event belongs to the channel of its
    conversation, to the queue in which the conversation is by then, and to the teams of the agents who have come into
    it by then; an event about an agent to the agent's team. Personal data comes as `•••` unless the key has the scope
    personal too."""
    viewer = viewer_of(call)
    wanted = Wanted(*(_listed(call, name) for name in ("type", "channel", "queue", "team")))
    chosen = JournalFilter(call.services.journal, wanted, lambda agent_id: _team_of(call.services, agent_id))
    return journal_feed(call, JournalSource(viewer, wanted=chosen.admits if any(wanted) else None), viewer)


def _listed(call: Call, name: str) -> frozenset[str]:
    return frozenset(filter(None, call.query.get(name, "").split(",")))


def _team_of(services: Services, agent_id: str) -> str | None:
    agent = services.configuration.agents.get(agent_id)
    return agent.team if agent is not None else None
