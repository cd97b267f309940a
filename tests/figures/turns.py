"""The turns of bots: the times in which a bot owned the answer."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.figures.recording import Recorded, recorded

__all__ = ["Turn", "turns"]

_TYPES = (
    "ConversationStarted",
    "BotAssigned",
    "BotFailed",
    "AgentRequested",
    "AgentJoined",
    "AgentRoleChanged",
    "ConversationEnded",
    "MessagePosted",
)


@dataclass
class Turn:
    """``ending`` is ``contained``, ``handed_off``, ``failed`` or ``taken_over``; None while the turn lasts."""

    conversation_id: str
    bot: str
    channel: str
    begin: datetime
    end: datetime | None = None
    ending: str | None = None
    replies: int = 0
    failed_before: bool = False


def turns(journal: Path) -> list[Turn]:
    found: list[Turn] = []
    pending: dict[str, Turn] = {}
    channel_of: dict[str, str] = {}
    for event in recorded(journal, *_TYPES):
        if event.type == "ConversationStarted":
            channel_of[event.entity] = event.data["channel"]
        turn = pending.get(event.entity)
        if turn is not None:
            _go_on(turn, event)
            if turn.ending is not None:
                turn.end = event.at
                del pending[event.entity]
        elif event.type in ("ConversationStarted", "BotAssigned") and event.data["bot"] is not None:
            begun = Turn(event.entity, event.data["bot"], channel_of[event.entity], event.at)
            pending[event.entity] = begun
            found.append(begun)
    return found


def _go_on(turn: Turn, event: Recorded) -> None:
    match event.type:
        case "MessagePosted" if event.data["sender"]["type"] == "bot":
            turn.replies += 1
        case "BotFailed":
            turn.failed_before = True
        case "AgentRequested":
            # only a supervisor who takes over asks for an agent while no agent is in
            by_agent = event.data["requested_by"]["type"] == "agent"
            turn.ending = "taken_over" if by_agent else "failed" if turn.failed_before else "handed_off"
        case "AgentJoined" | "AgentRoleChanged" if event.data["role"] == "primary":
            turn.ending = "taken_over"
        case "ConversationEnded":
            turn.ending = "contained"
