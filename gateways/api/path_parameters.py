"""The parameters in the paths of the APIs."""

from gateways.http.endpoints import PathParameter
from schemas.identifiers import ConfiguredName, Id

__all__ = [
    "AGENT_ID",
    "AGENT_NAME",
    "ATTACHMENT_ID",
    "CONVERSATION_ID",
    "CORRELATION_ID",
    "DELIVERY_ID",
    "EVENT_ID",
    "ITEM_NAME",
    "MRD_NAME",
    "QUEUE_NAME",
    "SESSION_ID",
    "STREAM_NAME",
    "TARGET_NAME",
    "TASK_ID",
    "WEBHOOK_ID",
]

CONVERSATION_ID = PathParameter("id", "The conversation's id.", Id)
ATTACHMENT_ID = PathParameter("attachment_id", "The attachment's id.", Id)
SESSION_ID = PathParameter("session_id", "The id of the session.", Id)
TASK_ID = PathParameter("task_id", "The task's id.", Id)
WEBHOOK_ID = PathParameter("webhook_id", "The webhook's id, under which it is configured.", ConfiguredName)
AGENT_ID = PathParameter("id", "The agent's id.", ConfiguredName)
AGENT_NAME = PathParameter("name", "The agent's id.", ConfiguredName)
ITEM_NAME = PathParameter("name", "The name under which it is configured.", ConfiguredName)
QUEUE_NAME = PathParameter("queue", "The queue's name.", ConfiguredName)
MRD_NAME = PathParameter("mrd", "The name of a media routing domain.", ConfiguredName)
STREAM_NAME = PathParameter("stream", "The stream, such as `conversation-<id>`, `agent-<id>`, `router-<mrd>`.", str)
CORRELATION_ID = PathParameter("id", "The id of a conversation, or a correlation id.", Id)
DELIVERY_ID = PathParameter("delivery_id", "The number of the delivery.", int)
TARGET_NAME = PathParameter("target", "The target, such as `webhook:<name>` or `channel:<name>`.", str)
EVENT_ID = PathParameter("event_id", "The event's id.", Id)
