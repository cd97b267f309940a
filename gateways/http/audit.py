"""The audit lines of the log: who logged in or failed to, who changed keys and passwords, and what was refused to
whom. They hold no secret, no token and no text of a conversation."""

import logging
from typing import Literal

from config.log import FIELDS

__all__ = ["AuditEvent", "audit"]

AuditEvent = Literal[
    "login",
    "login_failed",
    "logout",
    "password_changed",
    "key_created",
    "key_changed",
    "key_removed",
    "change_undone",
    "bot_tried",
    "channel_checked",
    "channel_set_up",
    "delivery_retried",
    "delivery_dropped",
    "target_retried",
    "target_resumed",
    "target_rewound",
    "webhook_secret_rotated",
    "webhook_tested",
    "access_refused",
]

_MAX_LENGTH = 256
_logger = logging.getLogger("hybridchat.audit")


def audit(event: AuditEvent, **fields: str) -> None:
    """Writes one line. ``fields`` say who and what; a field that is empty is left out."""
    kept = {name: value[:_MAX_LENGTH] for name, value in fields.items() if value}
    level = logging.WARNING if event in ("login_failed", "access_refused") else logging.INFO
    _logger.log(level, event, extra={FIELDS: {"event": event, **kept}})
