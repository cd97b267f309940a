"""The items of the configuration. Times are in seconds."""

from typing import Annotated, ClassVar, Literal, get_args

import msgspec

from schemas.application_events import ApplicationEvent
from schemas.configuration.canned_variables import CANNED_VARIABLES
from schemas.configuration.connectors import ChannelConnector
from schemas.configuration.fields import A_YEAR, Address, Configured, CustomerText, Label, Language, Seconds, SecretName
from schemas.configuration.widget import Widget
from schemas.customer_texts import CustomerTextName
from schemas.identifiers import (
    AgentName,
    BotName,
    CalendarName,
    ChannelName,
    ConfiguredName,
    MrdName,
    QueueName,
    TeamName,
)
from schemas.origins import normal_origin
from schemas.personal import Personal, Secret
from schemas.queues import OfferTimeout, Priority, QueueSettings, WrapUpTime

__all__ = [
    "Agent",
    "ApiKey",
    "Attribute",
    "AttributeValue",
    "Bot",
    "Calendar",
    "CannedMessage",
    "Channel",
    "IdentityKey",
    "Item",
    "Mrd",
    "Overflow",
    "Queue",
    "ReasonCode",
    "Role",
    "Scope",
    "Step",
    "Team",
    "Webhook",
    "WrapUpCode",
]

Role = Literal["agent", "supervisor", "administrator"]
Scope = Literal["connector", "bot", "extern", "inspect", "reports", "personal", "admin"]
Origin = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(\*|null|file://|[A-Za-z][A-Za-z0-9+.-]{0,31}://(\*\.)?(\[[0-9A-Fa-f:.]+\]|[^\s/?#@\\:*\[\]]{1,256})(:[0-9]{1,5})?/?)(?!\n)$",
        description="An origin, such as https://www.example.org or capacitor://localhost, every subdomain of one, "
        "such as https://*.example.org, or * for any.",
    ),
]
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]"
Span = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^{_TIME}-({_TIME}|24:00)(?!\n)$",
        description="A span such as 09:00-17:30, of times of day from 00:00 to 24:00.",
    ),
]
Day = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}(?!\n)$",
        description="A date such as 2026-12-24, of the years from 1900 to 2199.",
        extra_json_schema={"format": "date"},
    ),
]
Country = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Z]{2}(?!\n)$",
        description="A country code of ISO 3166-1, such as AT, of a country whose public holidays are known.",
    ),
]
Sha256 = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9a-f]{64}(?!\n)$", description="A SHA-256 digest in 64 hexadecimal digits.")
]
HeaderName = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Za-z0-9-]{1,64}(?!\n)$",
        description="A header's name, such as X-Api-Key, but none that the server writes itself, such as Content-Type.",
    ),
]
IdentityKey = (
    Annotated[
        str, msgspec.Meta(min_length=1, max_length=4096, description="A public key of RSA, P-256 or Ed25519 as PEM.")
    ]
    | Annotated[
        dict[str, Annotated[str, msgspec.Meta(max_length=2048)]],
        msgspec.Meta(description="A public key of RSA, P-256 or Ed25519 as JWK."),
    ]
)
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
AttributeName = Annotated[
    ConfiguredName,
    msgspec.Meta(description="The name of a configured attribute. The value is of the attribute's type."),
]
AttributeValue = bool | Annotated[int, msgspec.Meta(ge=1, le=10)]
"""A boolean, or a proficiency from 1 to 10."""


class Attribute(Configured, frozen=True, kw_only=True):
    """A skill: a boolean, which an agent has or lacks, or a proficiency from 1 to 10."""

    type: Literal["boolean", "proficiency"]


class Mrd(Configured, frozen=True, kw_only=True):
    """A media routing domain (MRD). ``max_tasks`` is the most tasks that an agent holds in it at once. While an agent
    works on a task of an MRD that is not ``interruptible``, the agent's other MRDs are interrupted."""

    max_tasks: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    interruptible: bool = True


class Step(Configured, frozen=True, kw_only=True):
    """A step of a queue. It admits agents who meet its criterion, such as ``english >= 8 and sales``, or that of an
    earlier step. The next step follows after ``seconds``; the last step holds from then on. An empty criterion admits
    everyone."""

    criterion: Annotated[
        str, msgspec.Meta(max_length=1024, description="A criterion of configured attributes, by their types.")
    ] = ""
    seconds: Seconds = 30.0


class Overflow(Configured, frozen=True, kw_only=True):
    """A task that waits for ``after_seconds`` moves to another queue of the same MRD and keeps its place by age. No
    queue overflows to itself, over others neither."""

    queue: QueueName
    after_seconds: Seconds


class Queue(Configured, frozen=True, kw_only=True):
    """A waiting line inside one MRD.

    ``distribution`` push offers tasks, pull lets agents pick. ``sticky_seconds`` waits for the agent who served the
    customer last. A task that waits for ``time_to_live_seconds`` ends with ``no_agent_available``. An agent who does
    not answer the customer for ``response_seconds`` loses the task. ``calendar`` says when the queue is open.
    """

    mrd: MrdName
    priority: Priority = 5
    distribution: Literal["push", "pull"] = "push"
    offer_timeout_seconds: OfferTimeout = 20.0
    wrap_up_seconds: WrapUpTime = 0.0
    service_level_seconds: Seconds = 60.0
    time_to_live_seconds: Seconds | None = None
    sticky_seconds: Annotated[float, msgspec.Meta(ge=0, le=A_YEAR)] = 0.0
    response_seconds: Seconds | None = None
    steps: Annotated[list[Step], msgspec.Meta(max_length=10)] = []
    overflow: Overflow | None = None
    calendar: CalendarName | None = None

    def carried(self, name: str) -> QueueSettings:
        """The settings of the queue that a request for an agent carries; ``name`` is the queue's."""
        return QueueSettings(
            name=name,
            mrd=self.mrd,
            priority=self.priority,
            offer_timeout_seconds=self.offer_timeout_seconds,
            wrap_up_seconds=self.wrap_up_seconds,
            response_seconds=self.response_seconds,
        )


class Bot(Configured, frozen=True, kw_only=True):
    """A bot behind Rasa's REST channel at ``url``. Each of ``tries`` may take ``timeout_seconds``. After
    ``silent_turns`` answers in a row that say nothing, an agent is requested; after 0, never. A bot that ``suggests``
    stays when an agent takes over; its answers are then suggestions that only agents see. Calls are signed with
    ``signing_secret`` as Standard Webhooks has it, and carry the headers of ``secret_headers``; both name secrets of
    the settings."""

    url: Address
    timeout_seconds: Seconds = 5.0
    tries: Annotated[int, msgspec.Meta(ge=1, le=100)] = 3
    backoff_seconds: Seconds = 0.5
    silent_turns: Annotated[int, msgspec.Meta(ge=0, le=100)] = 2
    suggests: bool = False
    signing_secret: SecretName | None = None
    secret_headers: Annotated[dict[HeaderName, SecretName], msgspec.Meta(max_length=20)] = {}


_FILLED_KEYS = {"required": ["identity_keys"], "properties": {"identity_keys": {"minItems": 1}}}
_GIVEN_SECRET = {"required": ["identity_secret"], "properties": {"identity_secret": {"type": "string"}}}
_OF_KIND_WEB = {"properties": {"kind": {"const": "web"}}}


class Channel(Configured, frozen=True, kw_only=True):
    """A channel of ``kind`` web needs no key: pages of the server's own origin and of ``allowed_origins`` (``*`` for
    any) use it. The same holds for ``callback``, by which customers leave their number. A connector's channel needs an
    API key. Other applications route their work over a channel of kind ``task``. Customers may name the channel's
    ``queue`` and those of ``queues``; connectors and applications may name any queue where ``queues`` is empty. A
    customer who is silent for ``inactivity_seconds`` while an answer is expected is reminded after 50 % and 80 % of
    that time; then the conversation ends.

    The identities that the site signs are checked by ``identity_keys`` or by ``identity_secret``, which names a secret,
    and are of ``identity_issuer`` and for ``identity_audience`` if these are set. With ``identity_required``, no
    customer starts without one.

    The system speaks to customers in the conversation's language, else in the channel's ``language``, else in English.
    ``texts`` words what it says otherwise: by the text's name, then by language. ``widget`` is for channels of kind
    web: how the chat looks and what it does on the sites that have it. A channel of kind connector that has a
    ``connector`` is carried by the server itself; any other, by a program with an API key."""

    CONDITIONS: ClassVar = (
        {"if": {"required": ["widget"], "properties": {"widget": {"type": "object"}}}, "then": _OF_KIND_WEB},
        {
            "if": {"required": ["connector"], "properties": {"connector": {"type": "object"}}},
            "then": {"required": ["kind"], "properties": {"kind": {"const": "connector"}}},
        },
        {"if": _FILLED_KEYS, "then": _OF_KIND_WEB},
        {"if": _GIVEN_SECRET, "then": _OF_KIND_WEB},
        {
            "if": {"required": ["identity_required"], "properties": {"identity_required": {"const": True}}},
            "then": {"anyOf": [_FILLED_KEYS, _GIVEN_SECRET]},
        },
    )

    queue: QueueName
    queues: Annotated[list[QueueName], msgspec.Meta(max_length=100)] = []
    kind: Literal["web", "connector", "callback", "task"] = "web"
    bot: BotName | None = None
    allowed_origins: list[Origin] = []
    inactivity_seconds: Seconds | None = None
    identity_keys: Annotated[list[IdentityKey], msgspec.Meta(max_length=10)] = []
    identity_secret: SecretName | None = None
    identity_issuer: Annotated[str, msgspec.Meta(min_length=1, max_length=256)] | None = None
    identity_audience: Annotated[str, msgspec.Meta(min_length=1, max_length=256)] | None = None
    identity_required: bool = False
    language: Language | None = None
    texts: Annotated[
        dict[CustomerTextName, dict[Language, CustomerText]],
        msgspec.Meta(extra_json_schema={"propertyNames": {"enum": list(get_args(CustomerTextName))}}),
    ] = {}

    widget: Widget | None = None
    connector: ChannelConnector | None = None

    def __post_init__(self) -> None:
        """Keeps the origins as browsers send them."""
        msgspec.structs.force_setattr(self, "allowed_origins", [normal_origin(each) for each in self.allowed_origins])


class Team(Configured, frozen=True, kw_only=True):
    """A team. Its ``supervisors`` are supervisors or administrators, and see its agents and their
    conversations."""

    label: Label | None = None
    supervisors: list[AgentName] = []


class Agent(Configured, frozen=True, kw_only=True):
    """``mrds`` names the agent's MRDs; empty means all of them. ``email`` is the address by which an OpenID provider
    knows the agent. An agent who is ``disabled`` cannot log in, and is kept with the password for later."""

    name: Annotated[str, Personal, msgspec.Meta(min_length=1, max_length=256)]
    role: Role = "agent"
    team: TeamName | None = None
    mrds: list[MrdName] = []
    attributes: dict[AttributeName, AttributeValue] = {}
    email: Annotated[str, Personal, msgspec.Meta(max_length=256)] | None = None
    disabled: bool = False


class ReasonCode(Configured, frozen=True, kw_only=True):
    """A reason for which an agent is not ready or logs out."""

    label: Label
    use: Literal["not_ready", "logout"] = "not_ready"


class WrapUpCode(Configured, frozen=True, kw_only=True):
    label: Label


class Calendar(Configured, frozen=True, kw_only=True):
    """Business hours in the IANA time zone ``zone``. ``shifts`` maps days to spans such as ``09:00-17:30``; ``24:00``
    ends a day. A span ends after it starts, and overlaps no other of its day. ``holidays`` are dates on which nothing
    is open, beside those of ``country`` (ISO 3166-1, such as ``AT``) and its ``subdivision``."""

    zone: Annotated[str, msgspec.Meta(min_length=1, max_length=64, description="An IANA time zone.")]
    shifts: Annotated[
        dict[Weekday, list[Span]], msgspec.Meta(extra_json_schema={"propertyNames": {"enum": list(get_args(Weekday))}})
    ] = {}
    holidays: list[Day] = []
    country: Country | None = None
    subdivision: (
        Annotated[str, msgspec.Meta(max_length=16, description="A part of the country, which is named too.")] | None
    ) = None


class CannedMessage(Configured, frozen=True, kw_only=True):
    """A text that agents send, once what they know of the conversation stands in place of its variables. It is for all
    agents, or for those who work in ``queue``; they find it by its name and its ``label``."""

    text: Annotated[
        str,
        msgspec.Meta(
            min_length=1,
            max_length=4096,
            description="Its variables are "
            + ", ".join(f"{{{name}}}" for name in CANNED_VARIABLES)
            + "; no other word stands in braces.",
        ),
    ]
    label: Label | None = None
    queue: QueueName | None = None
    language: Language | None = None


class ApiKey(Configured, frozen=True, kw_only=True):
    """``sha256`` is the hexadecimal digest of the key; the key itself is not kept anywhere. The scope
    ``inspect`` lets a key read the journal, ``reports`` the reports, and ``personal`` the personal data in them."""

    sha256: Annotated[Sha256, Secret]
    scopes: list[Scope]


class Webhook(Configured, frozen=True, kw_only=True):
    """Events are sent to ``url`` as they are recorded: those of the types in ``events``, or all that applications see
    if there are none. With ``channels``, ``queues`` or ``teams``, only events of conversations on one of the channels,
    in one of the queues, or with an agent of one of the teams; an agent's own events are of the agent's team. Personal
    data is hidden unless the webhook is ``personal``.

    Calls are signed as Standard Webhooks has it: with ``signing_secret`` and, while receivers change over, also with
    ``former_signing_secret``, which both name secrets of the settings; without them with the secret that the server has
    made. A webhook that is ``made_by`` an API key lasts as long as the key. The server itself writes
    ``disabled_because`` when it disables one."""

    url: Address
    events: Annotated[list[ApplicationEvent], msgspec.Meta(max_length=len(get_args(ApplicationEvent)))] = []
    channels: Annotated[list[ChannelName], msgspec.Meta(max_length=100)] = []
    queues: Annotated[list[QueueName], msgspec.Meta(max_length=100)] = []
    teams: Annotated[list[TeamName], msgspec.Meta(max_length=100)] = []
    personal: bool = False
    enabled: bool = True
    signing_secret: SecretName | None = None
    former_signing_secret: SecretName | None = None
    made_by: ConfiguredName | None = None
    disabled_because: Label | None = None


Item = (
    Attribute
    | Mrd
    | Queue
    | Bot
    | Channel
    | Team
    | Agent
    | ReasonCode
    | WrapUpCode
    | Calendar
    | CannedMessage
    | ApiKey
    | Webhook
)
