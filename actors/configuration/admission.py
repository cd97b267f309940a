"""An agent's login, which goes through the configuration."""

from actors.configuration.news import agent_settings
from actors.configuration.state import Configuration
from actors.decider import Decision, Message, refuse
from schemas.commands import AdmitAgent, LogIn
from schemas.events import ConfigurationEvent
from schemas.records import agent_stream
from schemas.replies import Done, RefusalCode

__all__ = ["admit"]


def admit(state: Configuration, command: AdmitAgent) -> Decision[ConfigurationEvent]:
    """The login takes its turn among the changes, so that none can pass it unseen."""
    if command.agent_id not in state.tables.agents:
        return refuse(RefusalCode.NOT_FOUND, f"no agent {command.agent_id!r} is configured")
    if state.tables.agents[command.agent_id].disabled:
        return refuse(RefusalCode.AGENT_DISABLED, f"the agent {command.agent_id!r} is disabled")
    log_in = LogIn(
        at=command.at,
        agent_id=command.agent_id,
        settings=agent_settings(state.tables, command.agent_id),
        idle_logout_seconds=command.idle_logout_seconds,
        connection_grace_seconds=command.connection_grace_seconds,
    )
    return Decision([], [Message(agent_stream(command.agent_id), log_in)], Done(state.version))
