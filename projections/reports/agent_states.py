"""The report of every state that agents were in."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec

from projections.facts import AGENT_STATES as STATES_PROJECTION
from projections.facts import AGENT_TASKS, TEAM_MEMBERSHIPS
from projections.facts.agent_states import MRD_STATES
from projections.reports.agent_availability import STATES_DRILL_DOWN, overlapping_states
from projections.reports.columns import number
from projections.reports.listing import list_page
from projections.reports.report import Report, in_seconds
from projections.reports.request import ReportRequest
from projections.reports.timestamps import LocalTime, local_time, local_time_or_none
from projections.runner import TableReader, doc

__all__ = ["AGENT_STATES"]


class StateRow(msgspec.Struct, rename={"from_": "from"}):
    agent_id: Annotated[str, doc("The agent.")]
    mrd: Annotated[str, doc("The MRD (media routing domain).")]
    state: Annotated[str, doc("The state.")]
    reason: Annotated[str | None, doc("The reason that was given.")]
    from_: Annotated[LocalTime, doc("When it began.")]
    to: Annotated[LocalTime | None, doc("When it ended; empty while it lasts.")]
    duration: Annotated[float, doc("Seconds; of a state that lasts, up to as_of.")]
    position: Annotated[int, number("The position of the event by which it began.")]


def _list(
    reader: TableReader, request: ReportRequest, after: str | None, limit: int
) -> tuple[Sequence[StateRow], str | None]:
    spans = reader.table(MRD_STATES)

    def row(span: Any) -> StateRow:
        ended_at = max(request.as_of, span.started_at) if span.ended_at is None else span.ended_at
        return StateRow(
            span.agent_id,
            span.mrd,
            span.state,
            span.reason,
            local_time(span.started_at, request.zone),
            local_time_or_none(span.ended_at, request.zone),
            in_seconds(ended_at - span.started_at) or 0.0,
            span.position,
        )

    return list_page(reader, overlapping_states(reader, request), (spans.c.position, spans.c.mrd), after, limit, row)


AGENT_STATES = Report(
    name="agent-states",
    title="Agent state detail",
    description="Each time that an agent was in one state in one MRD.",
    row=StateRow,
    filters=("agent", "team", "mrd"),
    projections=(STATES_PROJECTION, AGENT_TASKS, TEAM_MEMBERSHIPS),
    listing=_list,
    drill_down=STATES_DRILL_DOWN,
)
