"""Independent accounts beside the core's own: every event must agree with them."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from actors.agent import Agent
from actors.conversation import Conversation
from actors.router import Router
from schemas.events import (
    AgentJoined,
    AgentLeft,
    AgentReminded,
    AgentRoleChanged,
    Event,
    MessagePosted,
    TaskAccepted,
    TaskAssigned,
    TaskQueued,
    TaskReserved,
)

__all__ = ["Unanswered", "Witness"]

_HEARD = ("primary", "assistant")


class Unanswered(NamedTuple):
    """The instant until which the customer waits for the agent, and the number of the agent's reminders so far."""

    until: datetime
    reminders: int = 0


class Witness:
    """``unanswered`` has the conversations in which the agent owes the customer an answer."""

    def __init__(self) -> None:
        self.unanswered: dict[str, Unanswered] = {}
        self._busy: dict[str, datetime | None] = {}

    def before_event(self, state: Any, event: Event, at: datetime) -> None:
        """Must be called before the event changes the state."""
        if isinstance(state, Router):
            self._busy = {name: line.busy_since for name, line in state.lines.items() if line.is_contested}
        match event:
            case MessagePosted():
                self._check_right_to_speak(state, event)
            case AgentLeft(reason="response_timeout"):
                waiting = self.unanswered[state.conversation_id]
                assert waiting.reminders == 2
                assert waiting.until <= at
            case TaskQueued(position=position, not_before=not_before, estimated_wait_seconds=estimate):
                assert (position is None) == (not_before is not None)
                assert position is None or position >= 1
                assert estimate is None or estimate >= 0
            case TaskAssigned(waited_seconds=waited):
                assert waited is not None
                assert waited >= 0

    def after_event(self, state: Any, event: Event, at: datetime) -> None:
        """Must be called after the event has changed the state."""
        if isinstance(state, Conversation):
            self._check_answer_time(state, event, at)
        elif isinstance(state, Router):
            self._check_busy_since(state)
        elif isinstance(event, TaskReserved | TaskAccepted):
            self._check_room(state, event.task_id)

    def _check_right_to_speak(self, conversation: Conversation, event: MessagePosted) -> None:
        """Only senders with the right to speak post: the bot while it owns the answer, and agents whom the customer
        knows."""
        sender = event.sender
        if sender.type == "bot":
            assert (conversation.status, conversation.bot) == ("with_bot", sender.id)
        elif sender.type == "agent":
            assert conversation.role_of(sender.id or "") in _HEARD

    def _check_busy_since(self, router: Router) -> None:
        """A line in which somebody goes on waiting is busy since the same instant as before."""
        for name, since in self._busy.items():
            assert router.lines[name].busy_since == (since if router.lines[name].is_contested else None)

    def _check_room(self, agent: Agent, task_id: str) -> None:
        mrd = agent.tasks[task_id].mrd
        assert len(agent.held(mrd)) <= agent.mrds[mrd].max_tasks, "nobody is offered or accepts too much"

    def _check_answer_time(self, conversation: Conversation, event: Event, at: datetime) -> None:
        key = conversation.conversation_id
        if conversation.status != "with_agent":
            self.unanswered.pop(key, None)
        elif isinstance(event, AgentReminded):
            waiting = self.unanswered[key]
            self.unanswered[key] = waiting._replace(reminders=waiting.reminders + 1)
        elif isinstance(event, MessagePosted) and event.sender.type == "agent":
            self.unanswered.pop(key, None)
        elif self._turns_to_agent(key, event):
            self._wait(conversation, at)

    def _turns_to_agent(self, key: str, event: Event) -> bool:
        match event:
            case AgentJoined(role="primary"):
                return True
            case AgentRoleChanged(role="primary"):
                return key in self.unanswered or event.expects is not None
            case MessagePosted(sender=sender):
                return sender.type == "customer" and key not in self.unanswered
        return False

    def _wait(self, conversation: Conversation, at: datetime) -> None:
        seconds = conversation.queue.response_seconds if conversation.queue else None
        if seconds is None:
            self.unanswered.pop(conversation.conversation_id, None)
        else:
            self.unanswered[conversation.conversation_id] = Unanswered(at + timedelta(seconds=seconds))
