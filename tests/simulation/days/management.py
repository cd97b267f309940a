"""Supervisors at work, and administrators who change the rules in the middle of the day."""

from typing import Literal

from actors.conversation import Conversation
from schemas.commands import (
    Announce,
    EndConversation,
    ImportTables,
    LeaveConversation,
    PostAgentMessage,
    SuperviseConversation,
    Whisper,
)
from schemas.content import Sender, TextContent
from schemas.events import HandRaised
from schemas.records import CENTRE, agent_stream, conversation_stream
from tests.simulation.administrators import ADMINISTRATORS
from tests.simulation.configured import contact_centre
from tests.simulation.crowd import Crowd
from tests.simulation.days.centre import Centre

__all__ = ["Management"]

_HOUR = 3_600.0


class Management:
    def __init__(self, centre: Centre, agents: list[str]) -> None:
        self._centre = centre
        self._crowd = Crowd(
            centre.world, lambda options: centre.random.choice(options), agents=len(agents), most_open=0
        )
        centre.on(HandRaised, lambda conversation_id, _: centre.soon(30.0, lambda: self._help(conversation_id)))

    def open(self) -> None:
        self._centre.soon(300.0, self._look_in)
        self._centre.soon(24 * _HOUR, self._announce)
        self._centre.soon(2 * _HOUR, self._change_something)
        self._centre.plan(4 * _HOUR, self._put_in_order)

    def _look_in(self) -> None:
        served = [each for each in self._centre.world.open.values() if each.status == "with_agent"]
        if served:
            modes = {"monitor": 0.7, "barge_in": 0.15, "take_over": 0.1, "end": 0.05}
            self._supervise(self._centre.random.choice(served), self._centre.pick(modes))
        self._centre.soon(300.0, self._look_in)

    def _help(self, conversation_id: str) -> None:
        conversation = self._centre.conversation(conversation_id)
        if conversation is not None:
            self._supervise(conversation, "monitor")

    def _supervise(self, conversation: Conversation, mode: str) -> None:
        here = [agent.agent_id for agent in self._centre.world.agents.values() if agent.connected]
        if not here or conversation.queue is None:
            return
        agent_id, to = self._centre.random.choice(here), conversation_stream(conversation.conversation_id)
        if mode == "end":
            by = Sender("agent", agent_id)
            self._centre.send(to, EndConversation(at=self._centre.now, ended_by=by, reason="force_closed", forced=True))
            return
        modes: dict[str, Literal["monitor", "barge_in", "take_over"]] = {
            "monitor": "monitor",
            "barge_in": "barge_in",
            "take_over": "take_over",
        }
        supervise = SuperviseConversation(
            at=self._centre.now,
            agent_id=agent_id,
            agent_name=agent_id.title(),
            task_id=self._centre.world.new_id(),
            mode=modes[mode],
            queue=conversation.queue,
        )
        self._centre.send(to, supervise)
        self._centre.soon(20.0, lambda: self._speak(to, agent_id, mode))
        if mode != "take_over":
            self._centre.soon(120.0, lambda: self._leave(to, agent_id))

    def _speak(self, to: str, agent_id: str, mode: str) -> None:
        message_id, now = self._centre.world.new_id(), self._centre.now
        if mode == "monitor":
            self._centre.send(to, Whisper(at=now, message_id=message_id, agent_id=agent_id, text="be kind"))
        else:
            content = TextContent("Let me help.")
            self._centre.send(to, PostAgentMessage(at=now, message_id=message_id, agent_id=agent_id, content=content))

    def _leave(self, to: str, agent_id: str) -> None:
        self._centre.send(to, LeaveConversation(at=self._centre.now, agent_id=agent_id))

    def _announce(self) -> None:
        for agent_id in self._crowd.agents:
            announcement_id, now = self._centre.world.new_id(), self._centre.now
            announce = Announce(at=now, announcement_id=announcement_id, announced_by="agent0", text="Cake!")
            self._centre.send(agent_stream(agent_id), announce)
        self._centre.soon(24 * _HOUR, self._announce)

    def _change_something(self) -> None:
        wish = self._centre.pick(ADMINISTRATORS)(self._crowd)
        if wish is not None:
            self._centre.repeat(wish)
        self._centre.soon(2 * _HOUR, self._change_something)

    def _put_in_order(self) -> None:
        """Restores the planned configuration, again and again."""
        tables = contact_centre(len(self._crowd.agents))
        self._centre.send(CENTRE, ImportTables(at=self._centre.now, tables=tables, replace=True))
        self._centre.plan(4 * _HOUR, self._put_in_order)
