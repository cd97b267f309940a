"""The agent: what was asked for, the tasks held, and the one writer of the agent's capacity."""

from actors.agent.agent import AGENT
from actors.agent.state import Agent, HeldTask, Membership, mrd_state

__all__ = ["AGENT", "Agent", "HeldTask", "Membership", "mrd_state"]
