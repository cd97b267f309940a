"""The report of the conversations that bots got, and their outcomes."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import BOT_TURNS
from projections.facts.bot_turns import TURNS
from projections.reports.filtering import on_columns
from projections.reports.report import DrillDown, Report
from projections.reports.request import ReportRequest
from projections.reports.summing import Measure, count_if, sum_up
from projections.reports.timestamps import LocalTime
from projections.runner import TableReader, doc

__all__ = ["BOTS"]

_OUTCOMES = ("contained", "handed_off", "failed", "taken_over")


class BotVolume(msgspec.Struct, kw_only=True):
    interval: Annotated[LocalTime, doc("When the interval begins, by the clock on the wall.")]
    bot: Annotated[str, doc("The bot.")]
    conversations: Annotated[int, doc("Conversations in which a turn began.")]
    turns: Annotated[int, doc("Turns that began.")]
    contained: Annotated[int, doc("Ended with the conversation.")]
    handed_off: Annotated[int, doc("Ended because an agent was asked for.")]
    failed: Annotated[int, doc("An agent was asked for after the bot had failed.")]
    taken_over: Annotated[int, doc("A supervisor took over.")]
    open: Annotated[int, doc("Still going on.")]
    replies: Annotated[int, doc("Messages that the bot posted.")]


def _facts(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    turns = reader.table(TURNS)
    return sql.select(turns).where(
        turns.c.started_at >= request.start,
        turns.c.started_at < request.end,
        *on_columns(request, channel=turns.c.channel, bot=turns.c.bot),
    )


def _conditions(reader: TableReader) -> "dict[str, sql.ColumnElement[bool]]":
    turns = reader.table(TURNS)
    outcomes = {name: turns.c.outcome == name for name in _OUTCOMES}
    return {"turns": sql.true(), **outcomes, "open": turns.c.outcome.is_(None)}


def _rows(reader: TableReader, request: ReportRequest) -> Iterator[BotVolume]:
    turns = reader.table(TURNS)
    measures = {name: count_if(condition) for name, condition in _conditions(reader).items()}
    measures["replies"] = Measure(turns.c.replies)
    found = sum_up(reader, request, _facts(reader, request), turns.c.started_at, (turns.c.bot,), measures)
    conversations = _conversations(reader, request)
    for (number, (bot,)), sums in sorted(found.items()):
        yield BotVolume(
            interval=request.intervals[number].label, bot=bot, conversations=conversations[number, bot], **sums
        )


def _conversations(reader: TableReader, request: ReportRequest) -> dict[tuple[int, str], int]:
    """The number of conversations that each bot got in each interval. A conversation counts once, however often the
    bot got it, so the intervals cannot be summed up."""
    turns = reader.table(TURNS)
    seen: dict[tuple[int, str], set[str]] = {}
    statement = _facts(reader, request).with_only_columns(turns.c.started_at, turns.c.bot, turns.c.conversation_id)
    for started_at, bot, conversation_id in reader.connection.execute(statement):
        seen.setdefault((request.intervals.number_at(started_at), bot), set()).add(conversation_id)
    return {key: len(ids) for key, ids in seen.items()}


def _drill_down(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    turns = reader.table(TURNS)
    return _facts(reader, request).with_only_columns(turns.c.conversation_id, turns.c.position)


def _first_turns(reader: TableReader, request: ReportRequest) -> "sql.ColumnElement[bool]":
    """The condition that a turn is the conversation's first of this bot in the range, so that the conversation counts
    once."""
    turns = reader.table(TURNS)
    earlier = turns.alias("earlier")
    same = sql.and_(earlier.c.conversation_id == turns.c.conversation_id, earlier.c.bot == turns.c.bot)
    return ~sql.exists().where(same, earlier.c.started_at >= request.start, earlier.c.position < turns.c.position)


def _figure(name: str) -> Any:
    return lambda reader, request: _conditions(reader)[name]


BOTS = Report(
    name="bots",
    title="Bot volume",
    description="How many conversations each bot got, and how they ended.",
    row=BotVolume,
    filters=("channel", "bot"),
    projections=(BOT_TURNS,),
    rows=_rows,
    drill_down=DrillDown(
        _drill_down,
        {"conversations": _first_turns} | {name: _figure(name) for name in ("turns", *_OUTCOMES, "open")},
    ),
)
