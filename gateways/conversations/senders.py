"""The senders of messages, and the authors of changes, in a conversation."""

from gateways.exceptions import RefusedError
from gateways.services import Services
from projections import ConversationView
from schemas.actors import agent_actor, application_actor
from schemas.content import Sender
from schemas.replies import RefusalCode

__all__ = ["actor_of", "agent_sender", "customer_sender"]


def agent_sender(services: Services, agent_id: str) -> Sender:
    """Raises RefusedError when no such agent is configured."""
    agent = services.configuration.agents.get(agent_id)
    if agent is None:
        raise RefusedError(RefusalCode.NOT_FOUND, f"no agent {agent_id[:64]!r} is configured")
    return Sender("agent", agent_id, agent.name)


def actor_of(sender: Sender) -> str:
    """The name of an agent or an application as recorded events hold it."""
    return application_actor(sender.id or "") if sender.type == "application" else agent_actor(sender.id or "")


def customer_sender(view: ConversationView) -> Sender:
    return Sender("customer", view.customer.id, view.customer.name)
