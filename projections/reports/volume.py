"""The report of how many conversations came over each channel, by hour."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import CONVERSATIONS, TEAM_MEMBERSHIPS
from projections.facts.conversations import CONVERSATION_ROWS
from projections.reports.grouping import grouped, in_order, named
from projections.reports.report import Report
from projections.reports.request import Filter, ReportRequest
from projections.reports.started_conversations import (
    Conditions,
    conversation_dimensions,
    drill_down_of,
    started_conversations,
)
from projections.reports.summing import Measure, count_if, sum_up
from projections.reports.timestamps import LocalTime
from projections.runner import TableReader, doc

__all__ = ["VOLUME"]

_DIMENSIONS: tuple[Filter, ...] = ("queue", "mrd", "channel", "direction")
_FIGURES = ("conversations", "with_bot_first", "asked", "answered")
_MESSAGES = ("customer_messages", "bot_messages", "agent_messages")


class Volume(msgspec.Struct, kw_only=True):
    interval: Annotated[LocalTime, doc("When the interval begins, by the clock on the wall.")]
    queue: Annotated[str | None, doc("The queue in which an agent was last asked for.")]
    mrd: Annotated[str | None, doc("The queue's MRD.")]
    channel: Annotated[str | None, doc("The channel.")]
    direction: Annotated[str | None, doc("inbound or outbound.")]
    conversations: Annotated[int, doc("Conversations that started.")]
    with_bot_first: Annotated[int, doc("Those that a bot began.")]
    asked: Annotated[int, doc("Those in which an agent was ever asked for.")]
    answered: Annotated[int, doc("Those in which an agent ever owned the answer.")]
    customer_messages: Annotated[int, doc("Messages of their customers, whenever they were written.")]
    bot_messages: Annotated[int, doc("Messages of bots in them.")]
    agent_messages: Annotated[int, doc("Messages of agents in them.")]


def _conditions(reader: TableReader) -> Conditions:
    rows = reader.table(CONVERSATION_ROWS)
    return {
        "conversations": sql.true(),
        "with_bot_first": rows.c.bot.is_not(None),
        "asked": rows.c.queue.is_not(None),
        "answered": rows.c.first_answered_at.is_not(None),
    }


def _rows(reader: TableReader, request: ReportRequest) -> Iterator[Volume]:
    rows = reader.table(CONVERSATION_ROWS)
    dimensions = {name: column for name, column in conversation_dimensions(reader).items() if name in _DIMENSIONS}
    measures = {name: count_if(condition) for name, condition in _conditions(reader).items()}
    measures |= {name: Measure(rows.c[name]) for name in _MESSAGES}
    facts = started_conversations(reader, request)
    found = sum_up(reader, request, facts, rows.c.started_at, grouped(request, dimensions), measures)
    for number, group in in_order(found):
        sums: dict[str, Any] = dict(found[number, group])
        names = named(request, dimensions, group)
        yield Volume(interval=request.intervals[number].label, **names, **sums)


VOLUME = Report(
    name="volume",
    title="Volume by channel and hour",
    description="How many conversations started over each channel in each hour, and what became of them. A "
    "conversation counts in the interval in which it started, with everything that happens in it later.",
    row=Volume,
    filters=_DIMENSIONS,
    projections=(CONVERSATIONS, TEAM_MEMBERSHIPS),
    rows=_rows,
    default_interval="60",
    dimensions=_DIMENSIONS,
    default_by=("channel",),
    optional=("queue", "mrd"),
    drill_down=drill_down_of(_conditions, *_FIGURES),
)
