"""Examples of the reports' answers."""

import msgspec

from gateways.api.reports.answers import answer_type
from gateways.http.endpoints import TypeForm
from gateways.openapi.json_object import JsonObject
from projections.reports import REPORTS, Report
from projections.reports.request import DIMENSION_COLUMNS
from schemas.api import reports

__all__ = ["REPORT_EXAMPLES"]

_CONVERSATION = "0193b1f0-7c00-7d52-9c1e-3f6d2c9a1b4e"
_TASK = "0193b1f0-8d10-7e64-b1c8-6a2f9e3d5c07"
_AT = "2026-11-22T10:00:00.000000+01:00"
_VALUES: JsonObject = {
    "interval": "2026-11-22T10:00:00+01:00",
    "agent_id": "alice",
    "conversation_id": _CONVERSATION,
    "task_id": _TASK,
    "mrd": "chat",
    "queue": "support",
    "channel": "web",
    "bot": "greeter",
    "direction": "inbound",
    "state": "ready",
    "status": "ended",
    "disposition": "agent_ended",
    "ended_by": "agent",
    "from": _AT,
    "agents": ["alice"],
    "wrap_up_codes": ["solved"],
    "labels": ["order"],
    "customer_name": "Ada",
    "customer_verified": False,
    "transcript": f"/agent/v1/conversations/{_CONVERSATION}",
    "position": 42,
}


def _example(report: Report) -> JsonObject:
    """An example row about the same conversation. Counted and measured values are 1."""
    found: JsonObject = {}
    together = [DIMENSION_COLUMNS[name] for name in report.dimensions if name not in report.default_by]
    for field in msgspec.structs.fields(report.row):
        name = field.encode_name
        if name in together:
            found[name] = None
        elif name in _VALUES:
            found[name] = _VALUES[name]
        elif name.endswith("_at"):
            found[name] = _AT
        else:
            found[name] = 1 if msgspec.json.schema(field.type).get("type") in ("integer", "number") else None
    return found


_OF_SUMMARIES: JsonObject = {
    "intervals": [
        {
            "interval": "2026-11-22T10:00:00+01:00",
            "from": "2026-11-22T10:00:00.000000+01:00",
            "to": "2026-11-22T11:00:00.000000+01:00",
            "before": None,
        }
    ],
    "previous": None,
}

REPORT_EXAMPLES: dict[TypeForm, JsonObject] = {
    **{
        answer_type(report): {
            "report": report.name,
            "zone": "Europe/Vienna",
            "interval": report.default_interval,
            "by": list(report.default_by),
            "from": "2026-11-22T00:00:00.000000+01:00",
            "to": "2026-11-23T00:00:00.000000+01:00",
            "as_of": "2026-11-22T18:00:00.000000+01:00",
            "position": 4711,
            "masked": True,
            "rows": [_example(report)],
            "next": None,
            **({} if report.rows is None else _OF_SUMMARIES),
        }
        for report in REPORTS.values()
    },
    reports.ReportDirectory: {
        "reports": [
            {
                "name": "bots",
                "title": "Bot volume and containment",
                "description": "How many conversations each bot got, and how they ended.",
                "kind": "summary",
                "path": "/reports/v1/bots",
                "filters": ["channel", "bot"],
                "optional": [],
                "dimensions": ["channel", "bot"],
                "default_by": ["bot"],
                "intervals": ["15", "30", "60", "day", "total"],
                "default_interval": "total",
                "figures": ["turns", "contained"],
                "conversations": "/reports/v1/bots/conversations",
                "columns": [
                    {
                        "name": "containment",
                        "kind": "share",
                        "description": "contained ÷ (turns - open), in per cent.",
                        "personal": False,
                        "filter": None,
                        "combines": "ratio",
                        "part": ["contained"],
                        "whole": ["turns"],
                        "without": ["open"],
                    }
                ],
            }
        ],
        "projections": [
            {
                "name": "bot_turns",
                "description": "Bots' turns: contained, handed off, failed.",
                "generation": 1,
                "version": 1,
                "status": "live",
                "position": 4711,
                "lag_events": 0,
                "lag_seconds": 0.0,
                "parked": 0,
            }
        ],
    },
    reports.ConversationsOfFigure: {
        "report": "queue-intervals",
        "figure": "abandoned",
        "conversations": [
            {
                "conversation_id": _CONVERSATION,
                "position": 42,
                "events": f"/inspect/v1/streams/conversation-{_CONVERSATION}",
                "transcript": f"/agent/v1/conversations/{_CONVERSATION}",
            }
        ],
        "next": None,
    },
    reports.Dashboard: {
        "at": "2026-11-22T10:00:00.000000Z",
        "position": 4711,
        "zone": "Europe/Vienna",
        "queues": [
            {
                "queue": "support",
                "mrd": "chat",
                "waiting": 3,
                "oldest_wait": 42.5,
                "reserved": 1,
                "scheduled": 0,
                "active": 12,
                "agents_ready": 0,
                "offered": 230,
                "answered": 210,
                "abandoned": 9,
                "average_wait": 21.5,
                "service_level": 91.2,
            }
        ],
        "mrds": [{"mrd": "chat", "logged_in": 6, "agents": {"active": 2, "busy": 4}}],
        "conversations": {"waiting_for_agent": 3, "with_agent": 12, "with_bot": 7},
        "ongoing": [
            {
                "conversation_id": _CONVERSATION,
                "channel": "web",
                "status": "with_agent",
                "queue": "support",
                "started_at": "2026-11-22T09:59:00.000000Z",
                "agents": ["alice"],
                "bot": None,
            }
        ],
    },
}
