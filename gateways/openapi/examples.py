"""Examples of the bodies: one for each type, all of the same conversation."""

from gateways.http.endpoints import TypeForm
from gateways.openapi.admin_examples import ADMIN_EXAMPLES
from gateways.openapi.inspection_examples import INSPECTED, INSPECTION_EXAMPLES
from gateways.openapi.json_object import JsonObject
from gateways.openapi.report_examples import REPORT_EXAMPLES
from gateways.openapi.webhook_examples import WEBHOOK_EXAMPLES
from schemas.api import agent, attachments, codes, customer, extern, floor, widget
from schemas.capabilities import Capabilities
from schemas.configuration.canned_variables import CANNED_VARIABLES

__all__ = ["CONVERSATION", "EVENTS", "EXAMPLES"]

CONVERSATION = "0193b1f0-7c00-7d52-9c1e-3f6d2c9a1b4e"
_TASK = "0193b1f0-8d10-7e64-b1c8-6a2f9e3d5c07"
_MESSAGE = "0193b1f0-9a40-7c3a-8f21-5b7e4d0c2a96"
_SESSION = "0193b1f0-77c0-7d64-9a5e-1f0c2a3b4c5d"
_ATTACHMENT = "0193b1f0-a5b0-7f18-9d43-2c8e6b1f7a05"
_PLACE = "0193b1f0-7a11-7b52-8c3d-4e5f60718293"
_TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl"  # noqa: S105
_STARTED = "2026-11-22T09:59:00.000000Z"
_QUEUED = "2026-11-22T09:59:30.000000Z"
_NOW = "2026-11-22T10:00:00.000000Z"

_ADA = {"type": "customer", "role": "customer", "name": "Ada"}
_ALICE = {"type": "agent", "role": "primary", "id": "alice", "name": "Alice"}
_PROFILE = {"agent_id": "alice", "name": "Alice", "role": "agent"}
_CHAT = {"mrd": "chat", "state": "active", "tasks": 1, "max_tasks": 3}
_STATES = {"state": "ready", "mrds": [_CHAT]}
_QUESTION = {"type": "text", "text": "Where is my order?"}
_ANSWER = {"type": "text", "text": "Let me look it up."}
_SUMMARY = {
    "conversation_id": CONVERSATION,
    "channel": "web",
    "status": "with_agent",
    "queue": "support",
    "mrd": "chat",
    "participants": [_ADA, _ALICE],
    "started_at": _STARTED,
    "version": 5,
    "messages": 3,
    "last_message": "Have you found it?",
    "last_message_at": _NOW,
    "last_message_by": "customer",
    "language": "en",
    "expected": {"of": "agent", "since": _NOW, "until": "2026-11-22T10:02:00.000000Z"},
    "unanswered_since": _NOW,
    "unread": 1,
    "labels": ["order"],
    "hands": [{"agent_id": "alice", "reason": "a refund above my limit"}],
}
_CAPABILITIES: JsonObject = {
    "text_limit": 4096,
    "text_unit": "code_points",
    "buttons": 3,
    "button_title_limit": 20,
    "buttons_text_limit": 1024,
    "media": {"image": 5242880, "audio": 16777216, "video": 16777216, "file": 104857600},
    "captioned": ["image", "video", "file"],
    "caption_limit": 1024,
    "locations": True,
    "contacts": True,
    "custom": True,
    "receipts": ["delivered", "read"],
    "typing": True,
    "window_seconds": 86400.0,
    "templates": True,
}
_OFFER = {
    "task_id": _TASK,
    "conversation_id": CONVERSATION,
    "mrd": "chat",
    "queue": "support",
    "state": "reserved",
    "expires_at": "2026-11-22T10:00:20.000000Z",
    "queued_at": _QUEUED,
}
_DECISION = {
    "position": 41,
    "at": _NOW,
    "type": "TaskOffered",
    "sentence": "10:00:00 UTC offered to Alice (longest available, since 09:58:12 UTC) among 2 eligible agents of 3",
    "data": {
        "task_id": _TASK,
        "conversation_id": CONVERSATION,
        "agent_id": "alice",
        "offered_at": _NOW,
        "expires_at": "2026-11-22T10:00:20.000000Z",
        "rule": "longest_available",
        "candidates": [{"agent_id": "alice", "available_since": "2026-11-22T09:58:12.000000Z", "free_slots": 2}],
        "candidate_count": 2,
        "excluded": [],
        "queue": "support",
    },
}
_OFFERED = {
    "task_id": _TASK,
    "conversation": {**_SUMMARY, "status": "waiting_for_agent", "participants": [_ADA], "labels": [], "hands": []},
    "customer": {"id": "c-7", "name": "Ada", "email": "ada@example.org", "verified": True},
    "attributes": {"order": "4711"},
    "lines": [
        {
            "message_id": _MESSAGE,
            "at": _QUEUED,
            "sender": {"type": "customer", "name": "Ada"},
            "text": "Where is my order?",
        }
    ],
    "expires_at": "2026-11-22T10:00:20.000000Z",
    "queued_at": _QUEUED,
    "decision": _DECISION,
}
_QUEUE = {
    "queue": "support",
    "mrd": "chat",
    "open": True,
    "waiting": 1,
    "offered": 1,
    "scheduled": 2,
    "agents_eligible": 6,
    "agents_logged_in": 4,
    "agents_ready": 0,
    "free_slots": 0,
    "oldest": _QUEUED,
    "closes_at": "2026-11-22T17:00:00Z",
}
_POSTED = {
    "type": "MessagePosted",
    "at": _NOW,
    "data": {
        "message_id": _MESSAGE,
        "sender": {"type": "agent", "id": "alice", "name": "Alice"},
        "content": _ANSWER,
    },
    "version": 5,
}

EVENTS: dict[str, JsonObject] = {
    "customer": _POSTED,
    "agent": {**_POSTED, "position": 42, "conversation_id": CONVERSATION},
    "inspector": INSPECTED,
    "extern": INSPECTED,
}
"""A typical event on the feed of each audience."""

EXAMPLES: dict[TypeForm, JsonObject] = {
    customer.StartConversationRequest: {
        "channel": "web",
        "customer": {"name": "Ada", "email": "ada@example.com"},
        "text": "Where is my order?",
    },
    customer.StartedConversation: {
        "conversation_id": CONVERSATION,
        "token": _TOKEN,
        "status": "with_bot",
        "version": 2,
    },
    customer.ConversationState: {
        "conversation_id": CONVERSATION,
        "status": "waiting_for_agent",
        "participants": [_ADA],
        "queue": "support",
        "version": 4,
        "position": 1,
        "estimated_wait_seconds": 40.0,
    },
    customer.PostMessage: {"content": _QUESTION},
    customer.PostedMessage: {"message_id": _MESSAGE, "version": 5},
    customer.Typing: {"active": True},
    customer.Receipt: {"message_id": _MESSAGE, "status": "read"},
    customer.Rating: {"score": 5, "comment": "Quick and kind"},
    customer.ReturnRequest: {"channel": "web", "identity": "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjLTcifQ.c2lnbmF0dXJl"},
    customer.AgentRequest: {"reason": "I would rather talk to a person"},
    customer.Ended: {},
    customer.CallbackRequest: {
        "name": "Ada",
        "phone": "+44 20 7946 0958",
        "subject": "My invoice",
        "wanted_at": "2026-11-23T09:30:00+01:00",
    },
    customer.RequestedCallback: {
        "conversation_id": CONVERSATION,
        "token": _TOKEN,
        "status": "waiting_for_agent",
        "wanted_at": "2026-11-23T08:30:00Z",
        "moved": False,
    },
    customer.CallbackOptions: {
        "calling_codes": {"AT": "43", "DE": "49", "GB": "44"},
        "openings": [
            {"start": "2026-11-23T08:00:00Z", "end": "2026-11-23T16:30:00Z"},
            {"start": "2026-11-24T08:00:00Z", "end": "2026-11-24T16:30:00Z"},
        ],
        "country": "AT",
        "opens_at": "2026-11-23T08:00:00Z",
    },
    customer.Availability: {
        "open": True,
        "queue": "support",
        "waiting": 3,
        "agents_ready": 0,
        "agents_logged_in": 4,
        "agents_eligible": 6,
        "closes_at": "2026-11-22T17:00:00Z",
        "estimated_wait_seconds": 160.0,
        "callback": "callback",
    },
    widget.WidgetSettings: {
        "mode": "auto",
        "theme": "system",
        "launcher": "always",
        "storage": "site",
        "location": False,
        "sound": True,
        "identity_required": False,
        "bot": True,
        "accent": "#0b5cad",
        "language": "en",
        "callback_channel": "callback",
        "max_wait_seconds": 600.0,
        "attachments": {"max_bytes": 10485760, "media_types": ["image/png", "application/pdf"]},
        "texts": {"title": "Ask us"},
        "form": [{"name": "email", "label": "Your e-mail address", "kind": "email", "required": True}],
    },
    customer.Acknowledged: {"version": 6},
    customer.Transcript: {
        "conversation_id": CONVERSATION,
        "channel": "web",
        "started_at": _STARTED,
        "entries": [{"at": _STARTED, "type": "message", "sender": _ADA, "text": "Where is my order?"}],
    },
    attachments.UploadedAttachment: {
        "attachment_id": _ATTACHMENT,
        "name": "receipt.pdf",
        "media_type": "application/pdf",
        "size": 48213,
        "url": f"/customer/v1/conversations/{CONVERSATION}/attachments/{_ATTACHMENT}",
    },
    agent.LoginRequest: {"username": "alice", "password": "demo"},
    agent.LoginOptions: {
        "password": True,
        "openid": {"label": "Log in with OpenID", "url": "https://chat.example.com/agent/v1/openid/login"},
    },
    agent.OpenIdSessionRequest: {
        "code": "kD3sX9vQm2LwT7bRz5yHc8nPe4Ua1Ji6Go0Ft-Ws_Vx",
        "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    },
    agent.RefreshRequest: {"refresh_token": "q3Jt9vLkX2mZ8sWc5yRb7nPd"},
    agent.Session: {
        "access_token": _TOKEN,
        "expires_in": 900,
        "refresh_token": "q3Jt9vLkX2mZ8sWc5yRb7nPd",
        "agent": _PROFILE,
        "session_id": _SESSION,
    },
    agent.OpenSessions: {
        "sessions": [
            {
                "session_id": _SESSION,
                "opened_at": "2026-11-22T09:00:00Z",
                "renewed_at": "2026-11-22T09:45:00Z",
                "expires_at": "2026-12-06T09:45:00Z",
                "address": "192.0.2.17",
                "client": "Mozilla/5.0",
                "current": True,
            }
        ]
    },
    agent.ChangePasswordRequest: {
        "current_password": "an old phrase of mine",
        "password": "eleven quiet harbours",
    },
    agent.LogoutRequest: {"reason": "end_of_shift", "tasks": {"chat": "close"}},
    agent.Me: {
        "agent": _PROFILE,
        "state": "ready",
        "connected": True,
        "reason": None,
        "mrds": [_CHAT],
        "tasks": [_OFFER],
        "conversations": [_SUMMARY],
        "position": 42,
        "server_time": "2026-11-22T10:00:01.250000Z",
        "primary": _PLACE,
        "offers": [_OFFERED],
    },
    agent.Offer: _OFFERED,
    agent.PrimaryRequest: {"place": _PLACE},
    agent.PrimaryPlace: {"place": _PLACE},
    agent.SetStateRequest: {"state": "not_ready", "reason": "lunch"},
    agent.States: _STATES,
    agent.WaitingTasks: {
        "tasks": [
            {
                "task_id": _TASK,
                "conversation_id": CONVERSATION,
                "mrd": "chat",
                "queue": "sales",
                "state": "queued",
                "queued_at": _QUEUED,
                "position": 1,
                "conversation": _SUMMARY,
            }
        ]
    },
    agent.TaskExplanation: {
        "task_id": _TASK,
        "conversation_id": CONVERSATION,
        "mrd": "chat",
        "queue": "support",
        "decisions": [
            {
                "position": 41,
                "at": _NOW,
                "type": "TaskAssigned",
                "sentence": "10:00:00 accepted by Alice after 30 s in the line",
                "data": {"task_id": _TASK, "conversation_id": CONVERSATION, "agent_id": "alice"},
            }
        ],
    },
    agent.AcceptedTask: {"conversation_id": CONVERSATION},
    agent.DeclineRequest: {"reason": "busy"},
    agent.MessageRequest: {"content": _ANSWER},
    agent.OutboundRequest: {
        "channel": "sms",
        "customer": {"id": "+442079460958", "name": "Ada"},
        "content": _ANSWER,
    },
    agent.OutboundChannels: {"channels": [{"channel": "sms", "kind": "connector", "queue": "support"}]},
    agent.OutboundStarted: {"conversation_id": CONVERSATION, "message_id": _MESSAGE, "version": 4},
    agent.NoteRequest: {"text": "Refund promised by Friday"},
    agent.WrapUpRequest: {"codes": ["order_status"], "note": "Sent the tracking link"},
    agent.HandOverRequest: {"to": {"queue": "sales"}, "note": "Wants a larger plan"},
    agent.AssistRequest: {"to": {"agent": "bob"}, "note": "How far may the refund go?"},
    agent.HandedOver: {"version": 9, "task_id": _TASK},
    agent.LabelsRequest: {"add": ["refund"], "remove": ["order"]},
    agent.AttributesRequest: {"attributes": {"order": "4711", "page": None}},
    agent.RaiseHandRequest: {"raised": True, "reason": "A refund above my limit"},
    agent.ReceiptRequest: {"message_id": _MESSAGE, "status": "read"},
    agent.EndRequest: {"force": False},
    agent.WhisperRequest: {"text": "Offer the voucher"},
    agent.SetAgentStateRequest: {"state": "logged_out", "reason": "end_of_shift"},
    agent.AnnouncementRequest: {"text": "The shop is down; we know"},
    agent.Announced: {"announcement_id": _MESSAGE, "agents": 12},
    agent.FlushRequest: {"to": "sales"},
    agent.FlushedQueue: {"tasks": 7},
    codes.Codes: {
        "reason_codes": [{"code": "lunch", "label": "Lunch", "use": "not_ready"}],
        "wrap_up_codes": [{"code": "order_status", "label": "Order status"}],
    },
    codes.CannedMessages: {
        "canned_messages": [
            {
                "name": "welcome",
                "text": "Hello {customer_name}, I am {agent_name}. How can I help you?",
                "variables": ["customer_name", "agent_name"],
                "label": "Welcome",
                "language": "en",
            }
        ],
        "variables": list(CANNED_VARIABLES),
    },
    agent.Agents: {"agents": [{"agent_id": "alice", "name": "Alice", **_STATES, "since": _STARTED}]},
    agent.Queues: {"queues": [{**_QUEUE, "estimated_wait_seconds": 80.0}]},
    floor.LiveFloor: {
        "type": "floor",
        "at": _NOW,
        "agents": [
            {
                "agent_id": "alice",
                "name": "Alice",
                "state": "ready",
                "mrds": [{**_CHAT, "since": _QUEUED}],
                "tasks": [{**_OFFER, "state": "active", "expires_at": None}],
                "team": "service",
                "since": _STARTED,
            }
        ],
        "queues": [_QUEUE],
        "conversations": [{**_SUMMARY, "unanswered_since": _NOW}],
    },
    agent.Targets: {
        "mrd": "chat",
        "queues": [{**_QUEUE, "obstacles": {}}],
        "agents": [
            {
                "agent_id": "bob",
                "name": "Bob",
                **_STATES,
                "since": _STARTED,
                "free_slots": 2,
                "role": "consultant",
                "obstacles": {"consult": "already_takes_part"},
            }
        ],
        "bots": [{"bot": "greeter", "suggests": False}],
    },
    agent.Conversations: {"conversations": [_SUMMARY], "next": None},
    extern.ApplicationMessageRequest: {
        "channel": "sms",
        "customer": {"id": "+442079460958", "name": "Ada"},
        "content": {"type": "text", "text": "Your parcel is here. When may we deliver it?"},
        "attributes": {"order": "4711"},
    },
    extern.WrittenMessage: {"conversation_id": CONVERSATION, "message_id": _MESSAGE, "version": 2},
    extern.OutsideTaskRequest: {
        "queue": "support",
        "subject": "Damaged parcel, claim 4711",
        "url": "https://crm.example.com/claims/4711",
        "attributes": {"value": 120},
    },
    extern.OutsideTask: {
        "task_id": _TASK,
        "conversation_id": CONVERSATION,
        "mrd": "chat",
        "queue": "support",
        "state": "queued",
        "position": 2,
        "estimated_wait_seconds": 80.0,
    },
    extern.AgentStandings: {
        "agents": [
            {
                "agent_id": "alice",
                "name": "Alice",
                "state": "ready",
                "mrds": [_CHAT],
                "tasks": [{**_OFFER, "state": "active"}],
                "since": _STARTED,
            }
        ]
    },
    agent.ConversationDetail: {
        "conversation": _SUMMARY,
        "events": [EVENTS["agent"]],
        "customer": {"name": "Ada", "email": "ada@example.com"},
        "attributes": {"order": "4711"},
        "previous": [],
        "capabilities": _CAPABILITIES,
        "window_closes_at": "2026-11-23T10:00:00.000000Z",
    },
    Capabilities: _CAPABILITIES,
    **ADMIN_EXAMPLES,
    **INSPECTION_EXAMPLES,
    **REPORT_EXAMPLES,
    **WEBHOOK_EXAMPLES,
}
