"""Sentences about an agent. Their subject is the agent of the stream."""

from collections.abc import Mapping

from gateways.inspection.sentences.wording import Data, Sentence, because

__all__ = ["AGENT_SENTENCES"]


def _works_in(data: Data) -> str:
    limits = (f"{mrd} ({settings['max_tasks']})" for mrd, settings in data["mrds"].items())
    return ", ".join(limits) or "no MRD"


def _logged_in(data: Data, agent: str) -> str:
    return f"{agent} logged in, works in {_works_in(data)}"


def _reserved(data: Data, agent: str) -> str:
    return f"{agent} is offered a task of queue {data['queue']} until {data.time('expires_at')}"


def _accepted(data: Data, agent: str) -> str:
    queue = f" of queue {data['queue']}" if data.get("queue") else ""
    return f"{agent} accepted the task{queue}"


def _mrd_state(data: Data, agent: str) -> str:
    return f"{agent} is {data['state']} in {data['mrd']}, was {data['previous']}{because(data)}"


AGENT_SENTENCES: Mapping[str, Sentence] = {
    "AgentLoggedIn": _logged_in,
    "AgentConfigured": lambda data, agent: f"{agent} is configured anew, works in {_works_in(data)}",
    "AgentLoggedOut": lambda data, agent: f"{agent} logged out{because(data)}",
    "AgentConnected": lambda data, agent: f"{agent} is connected",
    "AgentDisconnected": lambda data, agent: f"{agent} is disconnected; logout at {data.time('expires_at')}",
    "AgentIdleWarned": lambda data, agent: f"{agent} is idle and warned; logout at {data.time('expires_at')}",
    "AgentActivityReported": lambda data, agent: f"{agent} is active again",
    "AgentStateChanged": lambda data, agent: f"{agent} goes {data['state']}{because(data)}",
    "AgentMrdStateRequested": lambda data, agent: f"{agent} asks to be {data['state']} in {data['mrd']}{because(data)}",
    "AgentMrdStateChanged": _mrd_state,
    "TaskReserved": _reserved,
    "TaskAccepted": _accepted,
    "TaskAssignedDirectly": lambda data, agent: f"{agent} takes part without an offer ({data['direction']})",
    "TaskDeclined": lambda data, agent: f"{agent} declined the task{because(data)}",
    "OfferExpired": lambda data, agent: f"{agent} did not answer the offer in time",
    "OfferWithdrawn": lambda data, agent: f"The offer to {agent} is withdrawn{because(data)}",
    "WrapUpStarted": lambda data, agent: f"{agent} wraps up until {data.time('expires_at')}",
    "TaskClosed": lambda data, agent: f"{agent}'s task is closed{because(data)}",
    "AnnouncementReceived": lambda data, agent: f"{data['announced_by']} tells {agent}: {data['text']}",
}
