"""The Agent API's bodies."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

import msgspec

from schemas.api.attributes import Attributes
from schemas.api.customer import Language, Participant
from schemas.capabilities import Capabilities
from schemas.content import Sender
from schemas.events import Customer, ExpectedAnswer, ReceiptStatus
from schemas.identifiers import AgentName, BotName, ChannelName, Id, QueueName, TeamName
from schemas.passwords import NewPassword
from schemas.personal import Personal, PersonalText
from schemas.posting import AgentContent, PostedComment, PostedWords
from schemas.tasks import Direction

__all__ = [
    "AcceptedTask",
    "AddressedCustomer",
    "AgentState",
    "AgentTarget",
    "Agents",
    "Announced",
    "AnnouncementRequest",
    "AssistRequest",
    "AttributesRequest",
    "BotTarget",
    "ChangePasswordRequest",
    "Conversation",
    "ConversationDetail",
    "Conversations",
    "DeclineRequest",
    "EndRequest",
    "FlushRequest",
    "FlushedQueue",
    "HandOverRequest",
    "HandedOver",
    "LabelsRequest",
    "LoginOptions",
    "LoginRequest",
    "LogoutRequest",
    "Me",
    "MessageRequest",
    "MrdState",
    "NoteRequest",
    "Obstacles",
    "Offer",
    "OfferLine",
    "OpenIdOption",
    "OpenIdSessionRequest",
    "OpenSession",
    "OpenSessions",
    "OutboundChannel",
    "OutboundChannels",
    "OutboundRequest",
    "OutboundStarted",
    "PrimaryPlace",
    "PrimaryRequest",
    "Profile",
    "QueueState",
    "QueueTarget",
    "Queues",
    "RaiseHandRequest",
    "RaisedHand",
    "ReceiptRequest",
    "RefreshRequest",
    "RoutingDecision",
    "Session",
    "SetAgentStateRequest",
    "SetStateRequest",
    "States",
    "Target",
    "Targets",
    "Task",
    "TaskExplanation",
    "WaitingTask",
    "WaitingTasks",
    "WhisperRequest",
    "WrapUpRequest",
]

ReasonText = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
ReasonCodeName = Annotated[
    ReasonText,
    msgspec.Meta(description="The name of a configured reason code of this use. Where none is configured, any text."),
]
WrapUpCodeName = Annotated[
    ReasonText, msgspec.Meta(description="The name of a configured wrap-up code. Where none is configured, any text.")
]
Labels = Annotated[
    list[Annotated[str, msgspec.Meta(min_length=1, max_length=64)]],
    msgspec.Meta(max_length=50),
]


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
    session_id: str = ""


class OpenSession(msgspec.Struct, frozen=True):
    """A session, with the ``address`` and the ``client`` that opened it. ``current`` is the one that asks."""

    session_id: str
    opened_at: datetime
    renewed_at: datetime
    expires_at: datetime
    address: str
    client: str
    current: bool


class OpenSessions(msgspec.Struct, frozen=True):
    sessions: list[OpenSession]


class ChangePasswordRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    current_password: Annotated[str, msgspec.Meta(max_length=1024)]
    password: NewPassword


class RefreshRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    refresh_token: Annotated[str, msgspec.Meta(max_length=256)]


class LogoutRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``tasks`` says for each MRD in which the agent works whether its conversations end or go to other agents."""

    reason: ReasonCodeName | None = None
    tasks: dict[str, Literal["close", "transfer"]] = {}


class SetStateRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    state: Literal["ready", "not_ready"]
    reason: ReasonCodeName | None = None


class MrdState(msgspec.Struct, frozen=True, omit_defaults=True):
    """``tasks`` counts all that are held, offers among them. ``reason`` is why the agent is not ready in this MRD
    alone."""

    mrd: str
    state: str
    tasks: int
    max_tasks: int
    reason: str | None = None


class States(msgspec.Struct, frozen=True, omit_defaults=True):
    state: str
    mrds: list[MrdState]
    reason: str | None = None


class Task(msgspec.Struct, frozen=True, omit_defaults=True):
    """A task. The ``note`` is from the agent who asked for another agent."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    state: str
    expires_at: datetime | None = None
    queued_at: datetime | None = None
    direction: Direction = "inbound"
    note: Annotated[str, Personal] | None = None


class RaisedHand(msgspec.Struct, frozen=True, omit_defaults=True):
    """An agent asks for a supervisor."""

    agent_id: str
    reason: Annotated[str, Personal] | None = None


class Conversation(msgspec.Struct, frozen=True, omit_defaults=True):
    """``language`` is the customer's. ``expected`` is the answer that has to come next where there is a limit for it,
    an agent's or the customer's; at ``until`` the conversation goes to another agent, or ends. ``unanswered_since`` is
    the instant of the customer's first message that nobody has answered; ``last_message_by`` is customer, agent, bot
    or system. ``unread`` counts the messages, notes and whispers of others since the agent who asks came in, wrote, or
    reported by a receipt to have read one."""

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
    last_message_by: str | None = None
    language: str | None = None
    expected: ExpectedAnswer | None = None
    unanswered_since: datetime | None = None
    unread: int = 0
    labels: list[str] = []
    hands: list[RaisedHand] = []


class WaitingTask(Task, frozen=True, kw_only=True, omit_defaults=True):
    """``position`` counts from 1 within the queue."""

    position: int
    conversation: Conversation


class WaitingTasks(msgspec.Struct, frozen=True):
    tasks: list[WaitingTask]


class RoutingDecision(msgspec.Struct, frozen=True):
    """One event of the router: ``data`` as recorded, ``sentence`` in words."""

    position: int
    at: str
    type: str
    sentence: str
    data: msgspec.Raw


class TaskExplanation(msgspec.Struct, frozen=True):
    """``queue`` is the one in which the task was put first."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    decisions: list[RoutingDecision]


class OfferLine(msgspec.Struct, frozen=True):
    """A message in words, of at most 500 characters."""

    message_id: str
    at: str
    sender: Sender
    text: Annotated[str, Personal]


class Offer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A task that is offered to the agent until ``expires_at``. ``lines`` are the last of the conversation, oldest
    first; ``queued_at`` is when the customer came into the line; ``decision`` is the router's, which says why the task
    is offered to this agent; the ``note`` is from the agent who asked for another agent."""

    task_id: str
    conversation: Conversation
    customer: Customer
    attributes: Annotated[dict[str, Any], Personal]
    lines: list[OfferLine]
    expires_at: datetime | None = None
    queued_at: datetime | None = None
    note: Annotated[str, Personal] | None = None
    decision: RoutingDecision | None = None


class Conversations(msgspec.Struct, frozen=True):
    """``next`` is the value of ``after`` for the following page; null on the last page."""

    conversations: list[Conversation]
    next: str | None


class ConversationDetail(msgspec.Struct, frozen=True, omit_defaults=True):
    """The events are those of the conversation that agents may see, oldest first; ``previous`` are the customer's
    earlier conversations on the same channel, newest first. ``capabilities`` say what the channel can show, where the
    server carries it itself; a channel that takes answers only for some time after the customer's last message takes
    them until ``window_closes_at``, where that message is known."""

    conversation: Conversation
    events: list[Any]
    customer: Customer
    attributes: Annotated[dict[str, Any], Personal]
    previous: list[Conversation]
    capabilities: Capabilities | None = None
    window_closes_at: datetime | None = None


class Me(msgspec.Struct, frozen=True):
    """All that a page needs to draw itself; ``position`` is the feed's cursor to go on from. ``server_time`` is by the
    clock that sets the instants of events and the ends of offers. ``connected`` says whether a live feed of the agent
    is open, ``primary`` at which of the agent's places it rings. ``conversations`` are those of the tasks that the
    agent has accepted, ``offers`` describe the others."""

    agent: Profile
    state: str
    reason: str | None
    mrds: list[MrdState]
    tasks: list[Task]
    conversations: list[Conversation]
    position: int
    server_time: datetime
    connected: bool = False
    primary: str | None = None
    offers: list[Offer] = []


class PrimaryRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``place`` is an id that the tab, frame or program has chosen for itself, and by which its live feed is open."""

    place: Id


class PrimaryPlace(msgspec.Struct, frozen=True):
    """``place`` is the primary one from now on. It is another than claimed, or null, while no live feed of the place
    that claims is open; the claim counts as soon as there is one."""

    place: str | None


class AcceptedTask(msgspec.Struct, frozen=True):
    conversation_id: str


class DeclineRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: ReasonText | None = None


class MessageRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    content: AgentContent
    id: Id | None = None


class AddressedCustomer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The customer to whom an agent writes. What is left out is as in the customer's last conversation on the
    channel."""

    id: Annotated[
        str,
        Personal,
        msgspec.Meta(
            min_length=1,
            max_length=256,
            description="As the channel's connector knows the customer; on a channel of kind web, as the site has "
            "signed it. It has no open conversation on the channel, and on one of kind web an earlier one.",
        ),
    ]
    name: PersonalText | None = None
    email: PersonalText | None = None
    phone: PersonalText | None = None
    attributes: Attributes = {}


class OutboundRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agent writes to a customer first. ``content`` is the first message. ``id`` is that of the conversation. The
    agent works in the MRD of the ``queue``, which is the channel's own when it is left out. ``language`` is a BCP 47
    tag."""

    channel: ChannelName
    customer: AddressedCustomer
    content: AgentContent
    id: Id | None = None
    queue: QueueName | None = None
    language: Language | None = None
    attributes: Attributes = {}


class OutboundChannel(msgspec.Struct, frozen=True):
    """A channel by which agents write to customers; ``queue`` is its own."""

    channel: str
    kind: str
    queue: str


class OutboundChannels(msgspec.Struct, frozen=True):
    channels: list[OutboundChannel]


class OutboundStarted(msgspec.Struct, frozen=True):
    """``version`` is the conversation's after the message."""

    conversation_id: str
    message_id: str
    version: int


class NoteRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: PostedWords
    id: Id | None = None


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Exactly one of the three is given: a queue, whose next free agent gets the conversation, an agent, or a bot."""

    EXACTLY_ONE: ClassVar = ("queue", "agent", "bot")

    queue: QueueName | None = None
    agent: AgentName | None = None
    bot: BotName | None = None


class HandOverRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``note`` is for the agent who comes. ``id`` is the id of the task that looks for that agent. ``override`` admits
    a queue that is closed, or for which no agent works."""

    to: Target
    note: Annotated[str, Personal, msgspec.Meta(min_length=1, max_length=4096)] | None = None
    id: Id | None = None
    override: bool = False


class AssistRequest(HandOverRequest, frozen=True):
    """``note`` is for the agent who comes, from a queue or named; no bot is asked. ``id`` is the id of the task
    that looks for that agent. ``override`` admits a queue that is closed, or for which no agent works."""

    to: Annotated[Target, msgspec.Meta(extra_json_schema={"properties": {"bot": {"type": "null"}}})]


class HandedOver(msgspec.Struct, frozen=True, omit_defaults=True):
    """``task_id`` is the id of the task that looks for the agent; there is none for a bot."""

    version: int
    task_id: str | None = None


class Obstacles(msgspec.Struct, frozen=True, omit_defaults=True):
    """The code of the problem that each call would be refused with now. One that is left out is not refused; where it
    is ``out_of_hours`` or ``nobody_eligible``, ``override`` helps."""

    transfer: str | None = None
    consult: str | None = None
    conference: str | None = None


class BotTarget(msgspec.Struct, frozen=True):
    """A bot to which a conversation may be given back. One that ``suggests`` stays when an agent takes over."""

    bot: str
    suggests: bool


class LabelsRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    add: Labels = []
    remove: Labels = []


class AttributesRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An attribute with the value null is removed."""

    attributes: Annotated[Attributes, msgspec.Meta(max_length=100)]


class RaiseHandRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    raised: bool
    reason: PostedComment | None = None


class ReceiptRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    message_id: Id
    status: ReceiptStatus


class EndRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``force`` lets a supervisor end a conversation without taking part in it."""

    force: bool = False


class WhisperRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: PostedWords
    id: Id | None = None


class SetAgentStateRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    state: Literal["ready", "not_ready", "logged_out"]
    reason: ReasonCodeName | None = None


class AnnouncementRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The announcement goes to all agents who are logged in, or to those of one team."""

    text: PostedWords
    team: TeamName | None = None
    id: Id | None = None


class Announced(msgspec.Struct, frozen=True):
    """``agents`` is the number of agents whom the announcement has reached."""

    announcement_id: str
    agents: int


class FlushRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``to`` names another configured queue of the same MRD; without ``to`` the tasks are closed. ``override`` admits
    a queue that is closed, or for which no agent works."""

    to: QueueName | None = None
    override: bool = False


class FlushedQueue(msgspec.Struct, frozen=True):
    """The number of tasks that left the queue."""

    tasks: int


class WrapUpRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    codes: Annotated[list[WrapUpCodeName], msgspec.Meta(max_length=5)] = []
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


class QueueState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A task is ``waiting`` while an agent may be found for it, ``offered`` while an agent is asked, and ``scheduled``
    while it is for later. ``oldest`` is the instant since which the first waiting task has waited. Of the agents who
    may ever be offered tasks of the queue, ``agents_ready`` have room for one now, and for ``free_slots`` in all. The
    estimated wait is that of a customer who comes now; it is left out while the queue is closed or there is nothing to
    base it on."""

    queue: str
    mrd: str
    open: bool
    waiting: int
    offered: int
    scheduled: int
    agents_eligible: int
    agents_logged_in: int
    agents_ready: int
    free_slots: int
    oldest: datetime | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    estimated_wait_seconds: float | None = None


class Queues(msgspec.Struct, frozen=True):
    queues: list[QueueState]


class QueueTarget(QueueState, frozen=True, kw_only=True, omit_defaults=True):
    """A queue to which a conversation may go."""

    obstacles: Obstacles


class AgentTarget(AgentState, frozen=True, kw_only=True, omit_defaults=True):
    """Another agent. ``free_slots`` counts the tasks that the agent has room for in the MRD in which the agent is
    asked; one who has none is waited for. ``role`` is that of an agent who takes part already."""

    free_slots: int
    obstacles: Obstacles
    role: str | None = None


class Targets(msgspec.Struct, frozen=True):
    """Those to whom the conversation may go now. ``mrd`` is the one in which an agent who is named is asked."""

    mrd: str
    queues: list[QueueTarget]
    agents: list[AgentTarget]
    bots: list[BotTarget]
