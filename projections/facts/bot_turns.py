"""Bots' turns: one row for each time that a bot owned the answer in a conversation."""

from typing import Annotated

import msgspec

from projections.runner import Index, Moment, Projection, RecordedEvent, Span, Table, Transaction, doc, on
from schemas.events import (
    AgentRequested,
    BotAssigned,
    BotFailed,
    ConversationEnded,
    ConversationStarted,
    MessagePosted,
)
from schemas.records import entity_id_of

__all__ = ["BOT_TURNS", "TURNS", "BotTurn"]


class BotTurn(msgspec.Struct, kw_only=True):
    position: Annotated[int, doc("The position of the event by which the turn began.")]
    conversation_id: Annotated[str, doc("The conversation.")]
    bot: Annotated[str, doc("The bot.")]
    channel: Annotated[str, doc("The conversation's channel.")]
    started_at: Annotated[Moment, doc("When the bot got the conversation.")]
    ended_at: Annotated[Moment | None, doc("When the bot's turn ended; empty while it lasts.")] = None
    outcome: Annotated[
        str | None,
        doc(
            "contained (the conversation ended with the bot), handed_off (an agent was asked for), failed (an agent "
            "was asked for because the bot failed) or taken_over (by a supervisor)."
        ),
    ] = None
    replies: Annotated[int, doc("How many messages the bot posted.")] = 0
    failures: Annotated[int, doc("How often the bot failed after all its tries.")] = 0


class _AtWork(msgspec.Struct):
    """The bot of a conversation. ``position`` is that of its current turn, None while it has none."""

    conversation_id: str
    channel: str
    position: int | None


TURNS = Table(
    "bot_turns",
    BotTurn,
    key=("position",),
    grain="One row for each time that a bot owned the answer in a conversation.",
    example="SELECT bot, outcome, count(*) AS turns\nFROM bot_turns\nGROUP BY bot, outcome\nORDER BY bot, outcome",
    spans=(Span("duration", "started_at", "ended_at", "How long the bot owned the answer."),),
    indexes=(Index(("started_at",)), Index(("conversation_id",))),
)
_AT_WORK = Table("bot_turns_open", _AtWork, key=("conversation_id",), internal=True)


def _started(tx: Transaction, recorded: RecordedEvent, event: ConversationStarted) -> None:
    tx.add(_AT_WORK, _AtWork(event.conversation_id, event.channel, None))
    if event.bot is not None:
        _begin(tx, recorded, event.bot)


def _assigned(tx: Transaction, recorded: RecordedEvent, event: BotAssigned) -> None:
    _begin(tx, recorded, event.bot)


def _begin(tx: Transaction, recorded: RecordedEvent, bot: str) -> None:
    work = tx.change(_AT_WORK, entity_id_of(recorded.record.stream))
    if work is not None:
        work.position = recorded.record.position
        turn = BotTurn(
            position=work.position,
            conversation_id=work.conversation_id,
            bot=bot,
            channel=work.channel,
            started_at=recorded.at,
        )
        tx.add(TURNS, turn)


def _posted(tx: Transaction, recorded: RecordedEvent, event: MessagePosted) -> None:
    if event.sender.type == "bot":
        turn = _current(tx, recorded)
        if turn is not None:
            turn.replies += 1


def _failed(tx: Transaction, recorded: RecordedEvent, event: BotFailed) -> None:
    turn = _current(tx, recorded)
    if turn is not None:
        turn.failures += 1


def _agent_requested(tx: Transaction, recorded: RecordedEvent, event: AgentRequested) -> None:
    """The only agent who asks for one while the bot owns the answer is a supervisor who takes over."""
    turn = _current(tx, recorded)
    if turn is None:
        return
    taken_over = event.requested_by.type == "agent"
    _end(tx, recorded, turn, "taken_over" if taken_over else "failed" if turn.failures else "handed_off")


def _ended(tx: Transaction, recorded: RecordedEvent, event: ConversationEnded) -> None:
    turn = _current(tx, recorded)
    if turn is not None:
        _end(tx, recorded, turn, "contained")
    tx.remove(_AT_WORK, entity_id_of(recorded.record.stream))


def _current(tx: Transaction, recorded: RecordedEvent) -> BotTurn | None:
    work = tx.get(_AT_WORK, entity_id_of(recorded.record.stream))
    return tx.change(TURNS, work.position) if work is not None and work.position is not None else None


def _end(tx: Transaction, recorded: RecordedEvent, turn: BotTurn, outcome: str) -> None:
    turn.ended_at, turn.outcome = recorded.at, outcome
    work = tx.change(_AT_WORK, turn.conversation_id)
    if work is not None:
        work.position = None


BOT_TURNS = Projection(
    name="bot_turns",
    version=1,
    description="Bots' turns: contained, handed off, failed.",
    tables=(TURNS, _AT_WORK),
    handlers=(
        on(ConversationStarted, _started),
        on(BotAssigned, _assigned),
        on(MessagePosted, _posted),
        on(BotFailed, _failed),
        on(AgentRequested, _agent_requested),
        on(ConversationEnded, _ended),
    ),
)
