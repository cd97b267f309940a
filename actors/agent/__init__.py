"""The agent: what was asked for, the tasks held, and the one writer of the agent's capacity.

state.py (what is known of an agent, and how events change it), agent.py (the decider, and what follows from each
decision), presence.py (logging in and out, being there, states asked for), offers.py (offers and the tasks that come of
them).
"""

from actors.agent.agent import AGENT
from actors.agent.state import Agent, HeldTask, Membership, mrd_state

__all__ = ["AGENT", "Agent", "HeldTask", "Membership", "mrd_state"]
