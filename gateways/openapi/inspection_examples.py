"""Examples of the Inspection API's bodies: one for each type, all of the same conversation."""

from gateways.http.endpoints import TypeForm
from gateways.openapi.json_object import JsonObject
from schemas.api import deliveries, inspection
from schemas.records import conversation_stream

__all__ = ["INSPECTED", "INSPECTION_EXAMPLES"]

_CONVERSATION = "0193b1f0-7c00-7d52-9c1e-3f6d2c9a1b4e"
_TASK = "0193b1f0-8d10-7e64-b1c8-6a2f9e3d5c07"
_COMMAND = "0193b1f0-9a40-7c3a-8f21-5b7e4d0c0000"
_AT = "2026-11-22T10:00:00.000000Z"

INSPECTED: JsonObject = {
    "position": 42,
    "stream": "agent-alice",
    "version": 7,
    "event_id": "0193b1f0-9a40-7c3a-8f21-5b7e4d0c0001",
    "type": "TaskAccepted",
    "at": _AT,
    "schema_version": 1,
    "correlation_id": _CONVERSATION,
    "causation_id": _COMMAND,
    "actor": "agent:alice",
    "summary": "alice accepted the task of queue support",
    "data": {"task_id": _TASK, "conversation_id": _CONVERSATION, "mrd": "chat", "queue": "support"},
}
_JOINED: JsonObject = {
    **INSPECTED,
    "position": 44,
    "stream": conversation_stream(_CONVERSATION),
    "version": 4,
    "event_id": "0193b1f0-9a40-7c3a-8f21-5b7e4d0c0003",
    "type": "AgentJoined",
    "causation_id": INSPECTED["event_id"],
    "summary": "alice answers from now on",
    "data": {"agent_id": "alice", "agent_name": "•••", "role": "primary", "task_id": _TASK},
}

_DELIVERY = {
    "id": 1815,
    "target": "webhook:crm",
    "effect": "webhooks",
    "state": "parked",
    "position": 42,
    "tries": 14,
    "parts": 0,
    "planned_at": _AT,
    "first_try_at": _AT,
    "last_try_at": "2026-11-25T10:02:11.000000Z",
    "outcome": "try_again",
    "code": "503",
    "detail": "the system answered 503",
    "provider_id": None,
}
_TARGET = {
    "target": "webhook:crm",
    "effect": "webhooks",
    "state": "working",
    "waiting": 12,
    "parked": 1,
    "oldest_seconds": 40.5,
    "delivered": 310,
    "failed": 2,
    "stopped": None,
    "replayed_to": None,
}

INSPECTION_EXAMPLES: dict[TypeForm, JsonObject] = {
    inspection.Streams: {
        "streams": [
            {
                "stream": "agent-alice",
                "category": "agent",
                "entity_id": "alice",
                "events": 9,
                "first_at": "2026-11-22T08:00:00.000000Z",
                "last_at": _AT,
                "last_type": "TaskAccepted",
                "conversation": None,
            }
        ],
        "next": None,
        "masked": True,
    },
    inspection.Findings: {
        "found": [{"kind": "stream", "id": "agent-alice", "description": "The agent alice"}],
    },
    inspection.Trace: {
        "id": _CONVERSATION,
        "events": [{**INSPECTED, "lane": "agent:alice"}, {**_JOINED, "lane": "conversation"}],
        "edges": [{"from": INSPECTED["event_id"], "to": _JOINED["event_id"]}],
        "next": None,
        "masked": True,
    },
    inspection.StreamPage: {
        "stream": "agent-alice",
        "events": [INSPECTED],
        "next": 7,
        "version": 7,
        "masked": True,
    },
    inspection.EventPage: {"events": [INSPECTED], "next": 42, "last_position": 44, "masked": True},
    inspection.EventWithCauses: {"event": INSPECTED, "cause": None, "effects": [_JOINED], "masked": True},
    inspection.StateAt: {
        "stream": "agent-alice",
        "version": 7,
        "at": _AT,
        "event": INSPECTED,
        "state": {"agent_id": "alice", "name": "•••", "state": "ready"},
        "previous_version": 6,
        "changes": [{"op": "replace", "path": f"/tasks/{_TASK}/state", "value": "active", "before": "reserved"}],
        "last_version": 9,
        "masked": True,
    },
    deliveries.DeliveryTargets: {"targets": [_TARGET]},
    deliveries.Deliveries: {"deliveries": [_DELIVERY], "next": None},
    deliveries.Delivery: {**_DELIVERY, "state": "waiting", "tries": 0, "first_try_at": None},
    deliveries.DeliveryWithEvent: {
        "delivery": _DELIVERY,
        "event": {name: INSPECTED[name] for name in ("event_id", "type", "stream", "version", "position", "at")},
    },
    deliveries.Retried: {"deliveries": 1},
    deliveries.RewindRequest: {"at": _AT},
    deliveries.Rewound: {"target": "webhook:crm", "position": 41},
    inspection.Floor: {
        "at": _AT,
        "position": 44,
        "agents": [
            {
                "agent_id": "alice",
                "name": "•••",
                "state": "ready",
                "reason": None,
                "since": "2026-11-22T09:00:00Z",
                "mrds": [{"mrd": "chat", "state": "active", "since": _AT}],
                "tasks": [
                    {
                        "task_id": _TASK,
                        "conversation_id": _CONVERSATION,
                        "mrd": "chat",
                        "queue": "support",
                        "state": "active",
                        "since": _AT,
                    }
                ],
            }
        ],
        "queues": [],
        "conversations": [
            {
                "conversation_id": _CONVERSATION,
                "channel": "web",
                "status": "with_agent",
                "since": _AT,
                "queue": "support",
                "participants": [
                    {
                        "type": "customer",
                        "id": None,
                        "name": "•••",
                        "role": "customer",
                        "since": "2026-11-22T09:59:00Z",
                    },
                    {"type": "agent", "id": "alice", "name": "•••", "role": "primary", "since": _AT},
                ],
            }
        ],
        "masked": True,
    },
}
