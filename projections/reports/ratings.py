"""The report of the scores that customers gave."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import CONVERSATIONS, TEAM_MEMBERSHIPS
from projections.facts.conversations import CONVERSATION_ROWS
from projections.reports.columns import average, share, total_score
from projections.reports.grouping import grouped, in_order, named
from projections.reports.report import Report, per_cent
from projections.reports.request import ReportRequest
from projections.reports.started_conversations import (
    CONVERSATION_DIMENSIONS,
    Conditions,
    conversation_dimensions,
    drill_down_of,
    started_conversations,
)
from projections.reports.summing import Measure, count_if, sum_up
from projections.reports.timestamps import LocalTime
from projections.runner import TableReader, doc

__all__ = ["RATINGS"]

_SCORES = range(1, 6)


class Ratings(msgspec.Struct, kw_only=True):
    interval: Annotated[LocalTime, doc("When the interval begins, by the clock on the wall.")]
    agent_id: Annotated[str | None, doc("The agent who owned the answer last.")]
    queue: Annotated[str | None, doc("The queue in which an agent was last asked for.")]
    mrd: Annotated[str | None, doc("The queue's MRD.")]
    channel: Annotated[str | None, doc("The channel.")]
    direction: Annotated[str | None, doc("inbound or outbound.")]
    ended: Annotated[int, doc("Conversations that have ended, which customers may rate.")]
    rated: Annotated[int, doc("Those that the customer has rated.")]
    rated_1: Annotated[int, doc("Rated with 1, the worst.")]
    rated_2: Annotated[int, doc("Rated with 2.")]
    rated_3: Annotated[int, doc("Rated with 3.")]
    rated_4: Annotated[int, doc("Rated with 4.")]
    rated_5: Annotated[int, doc("Rated with 5, the best.")]
    score: Annotated[int, total_score("The sum of the scores.")]
    average_rating: Annotated[float | None, average("score ÷ rated.", "score", "rated", kind="number")]
    satisfaction: Annotated[
        float | None,
        share("(rated_4 + rated_5) ÷ rated, in per cent (CSAT).", part=("rated_4", "rated_5"), whole=("rated",)),
    ]
    response_rate: Annotated[float | None, share("rated ÷ ended, in per cent.", part=("rated",), whole=("ended",))]


_FIGURES = ("ended", "rated", *(f"rated_{score}" for score in _SCORES))


def _conditions(reader: TableReader) -> Conditions:
    rows = reader.table(CONVERSATION_ROWS)
    by_score = {f"rated_{score}": rows.c.rating == score for score in _SCORES}
    return {"ended": rows.c.ended_at.is_not(None), "rated": rows.c.rating.is_not(None), **by_score}


def _rows(reader: TableReader, request: ReportRequest) -> Iterator[Ratings]:
    """Groups in which no conversation has ended are left out."""
    rows, dimensions = reader.table(CONVERSATION_ROWS), conversation_dimensions(reader)
    measures = {name: count_if(condition) for name, condition in _conditions(reader).items()}
    measures["score"] = Measure(sql.func.coalesce(rows.c.rating, 0))
    facts = started_conversations(reader, request).where(rows.c.ended_at.is_not(None))
    found = sum_up(reader, request, facts, rows.c.started_at, grouped(request, dimensions), measures)
    for number, group in in_order(found):
        sums: dict[str, Any] = dict(found[number, group])
        rated = sums["rated"]
        yield Ratings(
            interval=request.intervals[number].label,
            average_rating=round(sums["score"] / rated, 6) if rated else None,
            satisfaction=per_cent(sums["rated_4"] + sums["rated_5"], rated),
            response_rate=per_cent(rated, sums["ended"]),
            **named(request, dimensions, group),
            **sums,
        )


RATINGS = Report(
    name="ratings",
    title="Customers' ratings",
    description="The scores from 1 to 5 that customers gave after the end of a conversation. A conversation counts in "
    "the interval in which it started, with its rating whenever that came. It belongs to the agent who owned the "
    "answer last, and to the queue in which an agent was last asked for.",
    row=Ratings,
    filters=("agent", "team", "queue", "mrd", "channel", "direction"),
    projections=(CONVERSATIONS, TEAM_MEMBERSHIPS),
    rows=_rows,
    dimensions=CONVERSATION_DIMENSIONS,
    default_by=("agent", "queue", "mrd"),
    optional=("agent", "queue", "mrd"),
    drill_down=drill_down_of(_conditions, *_FIGURES),
)
