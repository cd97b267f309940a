"""The reports: one a file, counted from the facts in the zone and intervals that are asked for."""

from projections.reports.agent_availability import AGENT_AVAILABILITY
from projections.reports.agent_states import AGENT_STATES
from projections.reports.agent_tasks import AGENT_TASKS
from projections.reports.bots import BOTS
from projections.reports.channel_sessions import CHANNEL_SESSIONS
from projections.reports.conversations import CONVERSATIONS
from projections.reports.exceptions import InvalidRequestError
from projections.reports.first_responses import FIRST_RESPONSES
from projections.reports.queue_intervals import QUEUE_INTERVALS
from projections.reports.queue_productivity import QUEUE_PRODUCTIVITY
from projections.reports.ratings import RATINGS
from projections.reports.report import DrillDownRow, Report
from projections.reports.request import FILTERS, ReportRequest
from projections.reports.resolutions import RESOLUTIONS
from projections.reports.volume import VOLUME

__all__ = ["FILTERS", "REPORTS", "DrillDownRow", "InvalidRequestError", "Report", "ReportRequest"]

REPORTS: dict[str, Report] = {
    report.name: report
    for report in (
        AGENT_AVAILABILITY,
        AGENT_STATES,
        QUEUE_PRODUCTIVITY,
        AGENT_TASKS,
        QUEUE_INTERVALS,
        CHANNEL_SESSIONS,
        CONVERSATIONS,
        BOTS,
        FIRST_RESPONSES,
        RESOLUTIONS,
        RATINGS,
        VOLUME,
    )
}
"""The reports by their names."""
