"""The answers of an entity to a command: a reply, or a typed refusal."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from schemas.field_errors import FieldError

__all__ = [
    "ConfigurationReply",
    "Done",
    "Flushed",
    "MessageReply",
    "Refusal",
    "RefusalCode",
    "Reply",
    "StartReply",
    "StateReply",
    "TaskReply",
]


class RefusalCode(StrEnum):
    """The reasons for which an entity refuses a command, or a gateway a request.

    The values are the ``code`` of the API's problem details.
    """

    NOT_FOUND = "not_found"
    ID_CONFLICT = "id_conflict"
    CONVERSATION_ENDED = "conversation_ended"
    CONVERSATION_FULL = "conversation_full"
    NOT_PARTICIPANT = "not_participant"
    NOT_OWNER = "stale_reply"
    OFFER_GONE = "offer_gone"
    LOGGED_OUT = "agent_logged_out"
    UNKNOWN_MRD = "unknown_mrd"
    NO_WRAP_UP = "no_wrap_up"
    NOT_PULLED = "not_pulled"
    NOT_ELIGIBLE = "not_eligible"
    AGENT_UNAVAILABLE = "agent_unavailable"
    NOT_PRIMARY = "not_primary"
    ALREADY_TAKES_PART = "already_takes_part"
    UNKNOWN_MESSAGE = "unknown_message"
    NOT_ENDED = "not_ended"
    LAST_AGENT = "last_agent"
    TOO_MANY_LABELS = "too_many_labels"
    ALREADY_RATED = "already_rated"
    INVALID_INPUT = "invalid_input"
    CONFIGURATION_CONFLICT = "configuration_conflict"
    CONFIGURATION_CHANGED = "configuration_changed"
    CHANGED_MEANWHILE = "changed_meanwhile"
    OVERLOADED = "overloaded"
    OUT_OF_HOURS = "out_of_hours"
    NOBODY_ELIGIBLE = "nobody_eligible"
    ORIGIN_NOT_ALLOWED = "origin_not_allowed"
    FOREIGN_TOKEN = "foreign_token"
    ROLE_MISSING = "role_missing"
    NOT_SUPERVISED = "not_supervised"
    SCOPE_MISSING = "scope_missing"
    WRONG_AUDIENCE = "wrong_audience"
    AGENT_DISABLED = "agent_disabled"
    AGENT_REMOVED = "agent_removed"
    INVALID_CREDENTIALS = "invalid_credentials"
    INVALID_REFRESH_TOKEN = "invalid_refresh_token"
    TOKEN_MISSING = "token_missing"
    TOKEN_INVALID = "token_invalid"
    TOKEN_EXPIRED = "token_expired"
    SESSION_ENDED = "session_ended"
    KEY_MISSING = "key_missing"
    KEY_INVALID = "key_invalid"
    TOO_MANY_REQUESTS = "too_many_requests"
    TOO_MANY_FEEDS = "too_many_feeds"
    BODY_TOO_LARGE = "body_too_large"
    MEDIA_TYPE_NOT_ALLOWED = "media_type_not_allowed"
    MEDIA_TYPE_MISMATCH = "media_type_mismatch"
    ATTACHMENTS_UNAVAILABLE = "attachments_unavailable"
    STORAGE_FULL = "storage_full"
    DELIVERY_STATE = "delivery_state"
    DELIVERIES_UNAVAILABLE = "deliveries_unavailable"
    UNFOLDABLE_STREAM = "unfoldable_stream"


class Refusal(msgspec.Struct, frozen=True):
    """``errors`` names the wrong places and what is wrong there, where the command has several."""

    code: RefusalCode
    detail: str
    errors: tuple[FieldError, ...] = ()


class Done(msgspec.Struct, frozen=True):
    """``version`` is that of the entity's stream. ``replayed`` is true when the same command had been carried out
    before."""

    version: int
    replayed: bool = False


class StartReply(msgspec.Struct, frozen=True):
    conversation_id: str
    status: str
    version: int
    started_at: str
    replayed: bool = False


class MessageReply(msgspec.Struct, frozen=True):
    message_id: str
    version: int
    replayed: bool = False


class TaskReply(msgspec.Struct, frozen=True):
    conversation_id: str
    version: int
    replayed: bool = False


class StateReply(msgspec.Struct, frozen=True):
    """``mrds`` maps each MRD to its derived state."""

    state: str
    mrds: Mapping[str, str]
    version: int
    reason: str | None = None


class Flushed(msgspec.Struct, frozen=True):
    """The number of tasks that left the queue, and the number still to be flushed."""

    tasks: int
    remaining: int


class ConfigurationReply(msgspec.Struct, frozen=True):
    """The numbers of added, changed and removed items; all are 0 when nothing had to be changed. ``item_version`` is
    the version of the last change of the one item that the command is about."""

    version: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    item_version: int | None = None

    @property
    def replayed(self) -> bool:
        return not (self.added or self.changed or self.removed)


Reply = Done | StartReply | MessageReply | TaskReply | StateReply | Flushed | ConfigurationReply
