"""The report of the conversations that bots got, and their outcomes."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import BOT_TURNS
from projections.facts.bot_turns import TURNS
from projections.reports.columns import count_of_different, share
from projections.reports.filtering import on_columns
from projections.reports.grouping import Dimensions, GroupKey, grouped, in_order, named
from projections.reports.report import DrillDown, Report, per_cent
from projections.reports.request import ReportRequest
from projections.reports.summing import Measure, count_if, sum_up
from projections.reports.timestamps import LocalTime
from projections.runner import TableReader, doc

__all__ = ["BOTS"]

_OUTCOMES = ("contained", "handed_off", "failed", "taken_over")


class BotVolume(msgspec.Struct, kw_only=True):
    interval: Annotated[LocalTime, doc("When the interval begins, by the clock on the wall.")]
    bot: Annotated[str | None, doc("The bot.")]
    channel: Annotated[str | None, doc("The conversation's channel.")]
    conversations: Annotated[int, count_of_different("Conversations in which a turn began.")]
    turns: Annotated[int, doc("Turns that began.")]
    contained: Annotated[int, doc("Ended with the conversation.")]
    handed_off: Annotated[int, doc("Ended because an agent was asked for.")]
    failed: Annotated[int, doc("An agent was asked for after the bot had failed.")]
    taken_over: Annotated[int, doc("A supervisor took over.")]
    open: Annotated[int, doc("Still going on.")]
    containment: Annotated[
        float | None,
        share(
            "contained ÷ (turns - open), in per cent: the share of the turns that are over in which no human came in.",
            part=("contained",),
            whole=("turns",),
            without=("open",),
        ),
    ]
    replies: Annotated[int, doc("Messages that the bot posted in these turns.")]


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
    dimensions = _dimensions(reader)
    by = grouped(request, dimensions)
    found = sum_up(reader, request, _facts(reader, request), turns.c.started_at, by, measures)
    conversations = _conversations(reader, request)
    for number, group in in_order(found):
        sums: dict[str, Any] = dict(found[number, group])
        yield BotVolume(
            interval=request.intervals[number].label,
            conversations=conversations[number, group],
            containment=per_cent(sums["contained"], sums["turns"] - sums["open"]),
            **named(request, dimensions, group),
            **sums,
        )


def _dimensions(reader: TableReader) -> Dimensions:
    turns = reader.table(TURNS)
    return {"channel": turns.c.channel, "bot": turns.c.bot}


def _conversations(reader: TableReader, request: ReportRequest) -> dict[GroupKey, int]:
    """The number of conversations of each group in each interval. A conversation counts once, however often a bot got
    it, so neither intervals nor groups can be summed up."""
    turns = reader.table(TURNS)
    by = grouped(request, _dimensions(reader))
    seen: dict[GroupKey, set[str]] = {}
    statement = _facts(reader, request).with_only_columns(turns.c.started_at, turns.c.conversation_id, *by)
    for started_at, conversation_id, *group in reader.connection.execute(statement):
        key = (request.intervals.number_at(started_at), tuple(group))
        seen.setdefault(key, set()).add(conversation_id)
    return {key: len(ids) for key, ids in seen.items()}


def _drill_down(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    turns = reader.table(TURNS)
    return _facts(reader, request).with_only_columns(turns.c.conversation_id, turns.c.position)


def _first_turns(reader: TableReader, request: ReportRequest) -> "sql.ColumnElement[bool]":
    """The condition that a turn is the conversation's first that the request counts, so that the conversation counts
    once."""
    turns = reader.table(TURNS)
    earlier = turns.alias("earlier")
    return ~sql.exists().where(
        earlier.c.conversation_id == turns.c.conversation_id,
        earlier.c.position < turns.c.position,
        earlier.c.started_at >= request.start,
        *on_columns(request, channel=earlier.c.channel, bot=earlier.c.bot),
    )


def _figure(name: str) -> Any:
    return lambda reader, request: _conditions(reader)[name]


BOTS = Report(
    name="bots",
    title="Bot volume and containment",
    description="How many conversations each bot got, and how they ended. A turn is the time in which a bot owns the "
    "answer; it counts in the interval in which it began, with its end whenever that is.",
    row=BotVolume,
    filters=("channel", "bot"),
    projections=(BOT_TURNS,),
    rows=_rows,
    dimensions=("channel", "bot"),
    default_by=("bot",),
    drill_down=DrillDown(
        _drill_down,
        {"conversations": _first_turns} | {name: _figure(name) for name in ("turns", *_OUTCOMES, "open")},
    ),
)
