"""The Agent API's bodies."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from schemas.api.customer import Participant
from schemas.identifiers import Id
from schemas.personal import Personal
from schemas.posting import AgentContent, PostedWords

__all__ = [
    "AcceptedTask",
    "AgentState",
    "Agents",
    "Conversation",
    "ConversationDetail",
    "Conversations",
    "DeclineRequest",
    "LoginOptions",
    "LoginRequest",
    "LogoutRequest",
    "Me",
    "MessageRequest",
    "MrdState",
    "NoteRequest",
    "OpenIdOption",
    "OpenIdSessionRequest",
    "Profile",
    "QueueState",
    "Queues",
    "RefreshRequest",
    "Session",
    "SetStateRequest",
    "States",
    "Task",
    "Tasks",
    "WrapUpRequest",
]

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]


class LoginRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    username: Annotated[str, msgspec.Meta(max_length=256)]
    password: Annotated[str, msgspec.Meta(max_length=1024)]


class OpenIdOption(msgspec.Struct, frozen=True):
    """A page offers a button with this label, which leads to ``url`` with ``return_to`` and ``code_challenge``."""

    label: str
    url: str


class LoginOptions(msgspec.Struct, frozen=True):
    """``openid`` is null where no OpenID provider is configured."""

    password: bool
    openid: OpenIdOption | None


class OpenIdSessionRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``code`` came back to the page, which kept ``code_verifier`` (RFC 7636)."""

    code: Annotated[str, msgspec.Meta(max_length=256)]
    code_verifier: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._~-]{43,128}(?!\n)$")]


class Profile(msgspec.Struct, frozen=True):
    agent_id: str
    name: str
    role: str


class Session(msgspec.Struct, frozen=True):
    """Times are in seconds."""

    access_token: str
    expires_in: int
    refresh_token: str
    agent: Profile


class RefreshRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    refresh_token: Annotated[str, msgspec.Meta(max_length=256)]


class LogoutRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Reason | None = None


class SetStateRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    state: Literal["ready", "not_ready"]
    reason: Reason | None = None


class MrdState(msgspec.Struct, frozen=True):
    """``tasks`` counts all that are held, offers among them."""

    mrd: str
    state: str
    tasks: int
    max_tasks: int


class States(msgspec.Struct, frozen=True, omit_defaults=True):
    state: str
    mrds: list[MrdState]
    reason: str | None = None


class Task(msgspec.Struct, frozen=True, omit_defaults=True):
    """A task, wherever it is shown."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    state: str
    expires_at: datetime | None = None
    queued_at: datetime | None = None
    note: str | None = None


class Tasks(msgspec.Struct, frozen=True):
    tasks: list[Task]


class Conversation(msgspec.Struct, frozen=True, omit_defaults=True):
    conversation_id: str
    channel: str
    status: str
    queue: str
    mrd: str
    participants: list[Participant]
    started_at: datetime
    version: int
    messages: int
    ended_at: datetime | None = None
    end_reason: str | None = None
    last_message: Annotated[str, Personal] | None = None
    last_message_at: str | None = None


class Conversations(msgspec.Struct, frozen=True):
    """``next`` is the value of ``after`` for the following page; None on the last."""

    conversations: list[Conversation]
    next: str | None


class ConversationDetail(msgspec.Struct, frozen=True):
    """The events are those of the conversation that agents may see, oldest first."""

    conversation: Conversation
    events: list[Any]


class Me(msgspec.Struct, frozen=True):
    """All that a page needs to draw itself; ``position`` is the feed's cursor to go on from."""

    agent: Profile
    state: str
    reason: str | None
    mrds: list[MrdState]
    tasks: list[Task]
    conversations: list[Conversation]
    position: int


class AcceptedTask(msgspec.Struct, frozen=True):
    conversation_id: str


class DeclineRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Reason | None = None


class MessageRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    content: AgentContent
    id: Id | None = None


class NoteRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: PostedWords
    id: Id | None = None


class WrapUpRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    codes: Annotated[list[Reason], msgspec.Meta(max_length=5)] = []
    note: Annotated[str, Personal, msgspec.Meta(max_length=4096)] | None = None


class AgentState(msgspec.Struct, frozen=True, omit_defaults=True):
    agent_id: str
    name: str
    state: str
    mrds: list[MrdState]
    reason: str | None = None
    since: datetime | None = None


class Agents(msgspec.Struct, frozen=True):
    agents: list[AgentState]


class QueueState(msgspec.Struct, frozen=True, omit_defaults=True):
    queue: str
    mrd: str
    waiting: int
    offered: int
    oldest: datetime | None = None


class Queues(msgspec.Struct, frozen=True):
    queues: list[QueueState]
