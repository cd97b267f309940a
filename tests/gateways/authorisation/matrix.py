"""The callers who may do each operation. All others are refused."""

from tests.gateways.authorisation.callers import CALLERS
from tests.gateways.scene import NAMES

__all__ = ["MATRIX"]

_EVERYBODY = frozenset(CALLERS)
_NOBODY: frozenset[str] = frozenset()
_CUSTOMER = frozenset({"customer"})
_STAFF = frozenset({"agent", "other agent", "supervisor", "other supervisor", "administrator"})
_AGENT = frozenset({"agent"})
_LEADERS = frozenset({"supervisor", "other supervisor", "administrator"})
_IN_CHARGE = frozenset({"supervisor", "administrator"})
"""Those who supervise the agent: the supervisor of the agent's team, not of another, and administrators."""
_READERS = _AGENT | _IN_CHARGE
_APPLICATION = frozenset({"application"})
_APPLICATIONS = frozenset({"application", "other application"})
_SUBSCRIBERS = _APPLICATIONS | {"administering key"}
_SUBSCRIBER = _APPLICATION | {"administering key"}
_INSPECTORS = _LEADERS | {"inspecting key", "administering key"}
_REPORTERS = _LEADERS | {"reporting key", "administering key"}
_CONFIGURATION_READERS = _LEADERS | {"administering key"}
_ADMINISTRATORS = frozenset({"administrator", "administering key"})

_CUSTOMERS_CONVERSATION = "/customer/v1/conversations/{id}"
_AGENTS_CONVERSATION = "/agent/v1/conversations/{id}"
_REPORTS = (
    "agent-availability",
    "agent-states",
    "agent-tasks",
    "bots",
    "channel-sessions",
    "conversations",
    "first-responses",
    "queue-intervals",
    "queue-productivity",
    "ratings",
    "resolutions",
    "volume",
)

_CUSTOMER_API = {
    "POST /customer/v1/conversations": _EVERYBODY,
    "POST /customer/v1/returns": _EVERYBODY,
    "POST /customer/v1/callbacks": _EVERYBODY,
    "GET /customer/v1/callback-options": _EVERYBODY,
    "GET /customer/v1/availability": _EVERYBODY,
    "GET /customer/v1/widget": _EVERYBODY,
    f"GET {_CUSTOMERS_CONVERSATION}": _CUSTOMER,
    **{
        f"POST {_CUSTOMERS_CONVERSATION}/{action}": _CUSTOMER
        for action in ("messages", "typing", "agent-request", "receipts", "rating", "end", "attachments")
    },
    **{
        f"GET {_CUSTOMERS_CONVERSATION}/{part}": _CUSTOMER
        for part in ("events", "transcript", "attachments/{attachment_id}")
    },
}

_SESSIONS = {
    "POST /agent/v1/login": _EVERYBODY,
    "POST /agent/v1/refresh": _EVERYBODY,
    "GET /agent/v1/login-options": _EVERYBODY,
    "GET /agent/v1/openid/login": _EVERYBODY,
    "GET /agent/v1/openid/callback": _EVERYBODY,
    "POST /agent/v1/openid/session": _EVERYBODY,
    "POST /agent/v1/logout": _STAFF,
    "GET /agent/v1/me/sessions": _STAFF,
    "DELETE /agent/v1/me/sessions": _STAFF,
    "DELETE /agent/v1/me/sessions/{session_id}": _AGENT,
    "PUT /agent/v1/me/password": _STAFF,
}

_AGENT_API = {
    "GET /agent/v1/me": _STAFF,
    "PUT /agent/v1/me/state": _STAFF,
    "PUT /agent/v1/me/mrds/{mrd}/state": _STAFF,
    "POST /agent/v1/me/activity": _STAFF,
    "POST /agent/v1/me/primary": _STAFF,
    **{
        f"GET /agent/v1/{what}": _STAFF
        for what in ("codes", "canned-messages", "events", "tasks", "agents", "queues", "channels", "conversations")
    },
    "POST /agent/v1/conversations": _STAFF,
    "POST /agent/v1/tasks/{task_id}/accept": _AGENT,
    "GET /agent/v1/tasks/{task_id}/offer": _AGENT,
    "POST /agent/v1/tasks/{task_id}/decline": _AGENT,
    "GET /agent/v1/tasks/{task_id}/explain": _AGENT | _LEADERS,  # a conversation without agents is every supervisor's
    f"GET {_AGENTS_CONVERSATION}": _READERS,
    f"GET {_AGENTS_CONVERSATION}/targets": _AGENT,
    f"GET {_AGENTS_CONVERSATION}/attachments/{{attachment_id}}": _READERS,
    **{
        f"POST {_AGENTS_CONVERSATION}/{action}": _AGENT
        for action in (
            "messages",
            "notes",
            "typing",
            "transfer",
            "consult",
            "conference",
            "leave",
            "labels",
            "attributes",
            "raise-hand",
            "receipts",
            "wrap-up",
            "attachments",
        )
    },
    f"POST {_AGENTS_CONVERSATION}/end": _IN_CHARGE,  # the body ends it by force
    f"POST {_AGENTS_CONVERSATION}/whisper": _NOBODY,  # nobody monitors the conversation
    **{f"POST {_AGENTS_CONVERSATION}/{mode}": _IN_CHARGE for mode in ("monitor", "barge-in", "take-over")},
    "GET /agent/v1/floor": _LEADERS,
    "PUT /agent/v1/agents/{id}/state": _IN_CHARGE,
    "POST /agent/v1/announcements": _LEADERS,
    "POST /agent/v1/queues/{queue}/flush": _LEADERS,
}

_EXTERN_API = {
    "POST /extern/v1/messages": _APPLICATIONS,
    "GET /extern/v1/conversations": _APPLICATIONS,
    **{f"GET /extern/v1/conversations/{{id}}{part}": _APPLICATIONS for part in ("", "/transcript")},
    **{f"POST /extern/v1/conversations/{{id}}/{action}": _APPLICATIONS for action in ("labels", "attributes")},
    "GET /extern/v1/events": _APPLICATIONS,
    "POST /extern/v1/tasks": _APPLICATIONS,
    "GET /extern/v1/tasks/{task_id}": _APPLICATION,
    "DELETE /extern/v1/tasks/{task_id}": _APPLICATION,
    "GET /extern/v1/agents/states": _APPLICATIONS,
    "GET /extern/v1/webhooks": _SUBSCRIBERS,
    "POST /extern/v1/webhooks": _SUBSCRIBERS,
    **{f"{method} /extern/v1/webhooks/{{webhook_id}}": _SUBSCRIBER for method in ("GET", "PUT", "DELETE")},
    **{
        f"POST /extern/v1/webhooks/{{webhook_id}}/{action}": _SUBSCRIBER
        for action in ("rotate-secret", "test", "rewind")
    },
    "GET /extern/v1/webhooks/{webhook_id}/deliveries": _SUBSCRIBER,
    "POST /extern/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/retry": _SUBSCRIBER,
}

_INSPECTION_API = {
    **{
        f"POST /inspect/v1/{what}": _ADMINISTRATORS
        for what in (
            "targets/{target}/retry",
            "targets/{target}/resume",
            "targets/{target}/rewind",
            "deliveries/{delivery_id}/retry",
        )
    },
    "DELETE /inspect/v1/deliveries/{delivery_id}": _ADMINISTRATORS,
    **{
        f"GET /inspect/v1/{what}": _INSPECTORS
        for what in (
            "targets",
            "deliveries",
            "deliveries/{delivery_id}",
            "streams",
            "streams/{stream}",
            "streams/{stream}/state",
            "events",
            "events/{event_id}",
            "correlations/{id}",
            "floor",
            "find",
        )
    },
}

_REPORTS_API = {
    "GET /reports/v1": _REPORTERS,
    "GET /reports/v1/live": _REPORTERS,
    **{f"GET /reports/v1/{report}": _REPORTERS for report in _REPORTS},
    **{f"GET /reports/v1/{report}/conversations": _REPORTERS for report in _REPORTS},
}

_ADMIN_API = {
    **{f"GET /admin/v1/{table}": _CONFIGURATION_READERS for table in NAMES},
    **{f"GET /admin/v1/{table}/{{name}}": _CONFIGURATION_READERS for table in NAMES},
    **{f"{method} /admin/v1/{table}/{{name}}": _ADMINISTRATORS for table in NAMES for method in ("PUT", "DELETE")},
    "POST /admin/v1/api-keys/{name}": _ADMINISTRATORS,
    "PUT /admin/v1/agents/{name}/password": _ADMINISTRATORS,
    **{f"POST /admin/v1/webhooks/{{webhook_id}}/{action}": _ADMINISTRATORS for action in ("rotate-secret", "test")},
    "GET /admin/v1/scopes": _CONFIGURATION_READERS,
    "POST /admin/v1/criteria/check": _ADMINISTRATORS,
    "POST /admin/v1/bots/{name}/try": _ADMINISTRATORS,
    "POST /admin/v1/channels/{name}/check": _ADMINISTRATORS,
    "POST /admin/v1/channels/{name}/setup": _ADMINISTRATORS,
    "GET /admin/v1/history": _ADMINISTRATORS,
    "POST /admin/v1/history/{event_id}/undo": _ADMINISTRATORS,
    "GET /admin/v1/configuration": _ADMINISTRATORS,
    "PUT /admin/v1/configuration": _ADMINISTRATORS,
    "GET /admin/v1/agents.csv": _CONFIGURATION_READERS,
    "PUT /admin/v1/agents.csv": _ADMINISTRATORS,
}

MATRIX: dict[str, frozenset[str]] = {
    **_CUSTOMER_API,
    **_SESSIONS,
    **_AGENT_API,
    **_EXTERN_API,
    **_INSPECTION_API,
    **_REPORTS_API,
    **_ADMIN_API,
}
"""The callers by the operation's name. Objects are the customer's conversation, which the agent serves; a task that is
offered to the agent; the agent's session and state; and a task and a webhook of the application."""
