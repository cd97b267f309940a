"""What an API key of each scope may do, in words."""

from collections.abc import Mapping

from schemas.configuration import Scope

__all__ = ["SCOPE_MEANINGS"]

SCOPE_MEANINGS: Mapping[Scope, str] = {
    "connector": "Starts conversations for customers of another messaging system, and vouches for who they are.",
    "bot": "Kept for bots that call by themselves; no operation asks for it.",
    "extern": "Routes an application's own work to agents as tasks and cancels it; has events sent to its webhooks.",
    "inspect": "Reads recorded events, states and causes, with personal data hidden.",
    "reports": "Reads reports and the live dashboard, with personal data hidden.",
    "personal": "Beside inspect, reports or extern: reads personal data in clear, and has it sent to webhooks.",
    "admin": "Does all that an administrator may do, personal data in clear.",
}
"""The meanings, in the order in which they are shown."""
