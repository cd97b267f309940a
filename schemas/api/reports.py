"""The bodies of the Reports API, beside the rows of the reports."""

from typing import Literal

import msgspec

__all__ = [
    "ConversationOfFigure",
    "ConversationsOfFigure",
    "Dashboard",
    "DashboardConversation",
    "DashboardMrd",
    "DashboardQueue",
    "ProjectionState",
    "ReportColumn",
    "ReportDescription",
    "ReportDirectory",
    "ReportInterval",
]


ColumnKind = Literal["interval", "text", "list", "boolean", "instant", "link", "count", "number", "duration", "share"]
Combination = Literal["sum", "smallest", "largest", "ratio"]


class ReportColumn(msgspec.Struct, kw_only=True):
    """``description`` defines what the column holds. ``personal`` marks a column that is masked for callers without the
    right to see personal data.

    A ``duration`` is in seconds, a ``share`` in per cent; a ``number`` is neither counted nor measured, such as a score
    or a position. ``filter`` is the filter that narrows the report to the rows of one value of the column.

    ``combines`` says how the values of several rows make one; it is null where they make none, as medians do not. A
    ``ratio`` is the sum of the columns ``part`` divided by the sum of the columns ``whole`` less that of the columns
    ``without``; of a share it is in per cent.
    """

    name: str
    kind: ColumnKind
    description: str
    personal: bool
    filter: str | None
    combines: Combination | None
    part: list[str]
    whole: list[str]
    without: list[str]


class ReportDescription(msgspec.Struct, kw_only=True):
    """``description`` defines what the report counts, and in which interval. ``kind`` says whether it sums up or lists.

    ``dimensions`` are the values of ``by`` that a report that sums up takes, beside ``total``, and ``default_by`` those
    without one; ``optional`` are the filters that take ``-`` for what has no value. ``figures`` are the columns, or for
    a list the names, whose conversations can be asked for at ``conversations``.
    """

    name: str
    title: str
    description: str
    kind: Literal["summary", "list"]
    path: str
    filters: list[str]
    optional: list[str]
    dimensions: list[str]
    default_by: list[str]
    intervals: list[str]
    default_interval: str | None
    figures: list[str]
    conversations: str | None
    columns: list[ReportColumn]


class ReportInterval(msgspec.Struct, kw_only=True, rename={"from_": "from"}):
    """An interval, also one without rows. ``from`` and ``to``, which is not part of it, are cut at the range; with them
    and the filters of a row's columns, the conversations of one of its figures are found. ``before`` is the interval of
    the period before that belongs beside it."""

    interval: str
    from_: str
    to: str
    before: str | None


class ProjectionState(msgspec.Struct):
    """The progress of a projection. ``lag_seconds`` is the age of the oldest event that it has not seen."""

    name: str
    description: str
    generation: int
    version: int
    status: Literal["building", "live"]
    position: int
    lag_events: int
    lag_seconds: float
    parked: int


class ReportDirectory(msgspec.Struct):
    reports: list[ReportDescription]
    projections: list[ProjectionState]


class ConversationOfFigure(msgspec.Struct):
    """A conversation that a figure counts. ``position`` is that of the event by which it counts, ``events`` leads to
    its stream."""

    conversation_id: str
    position: int
    events: str
    transcript: str


class ConversationsOfFigure(msgspec.Struct):
    report: str
    figure: str
    conversations: list[ConversationOfFigure]
    next: str | None


class DashboardQueue(msgspec.Struct, kw_only=True):
    """``waiting`` are tasks for which an agent may be found now, ``reserved`` those for which an agent is asked,
    ``scheduled`` those for later, ``active`` those that agents work on. The figures from ``offered`` on are those of
    the day; durations are in seconds, service levels in per cent."""

    queue: str
    mrd: str
    waiting: int
    oldest_wait: float | None
    reserved: int
    scheduled: int
    active: int
    agents_ready: int
    offered: int
    answered: int
    abandoned: int
    average_wait: float | None
    service_level: float | None


class DashboardMrd(msgspec.Struct):
    """``agents`` counts the agents who are logged in, by state."""

    mrd: str
    logged_in: int
    agents: dict[str, int]


class DashboardConversation(msgspec.Struct):
    conversation_id: str
    channel: str
    status: str
    queue: str
    started_at: str
    agents: list[str]
    bot: str | None


class Dashboard(msgspec.Struct, kw_only=True):
    """The contact centre now. ``conversations`` counts the open ones by status, and those that wait for an agent only
    later as ``scheduled``; ``ongoing`` lists the newest of them. The day is that of the zone."""

    at: str
    position: int
    zone: str
    queues: list[DashboardQueue]
    mrds: list[DashboardMrd]
    conversations: dict[str, int]
    ongoing: list[DashboardConversation]
