"""The Admin API's bodies. The configured items have their own structs (see schemas.configuration)."""

from datetime import datetime
from typing import Annotated, Any, Literal, get_args

import msgspec

from schemas.configuration import TABLES, Scope, TableName
from schemas.content import Content
from schemas.identifiers import MrdName
from schemas.passwords import NewPassword
from schemas.personal import Personal
from schemas.posting import PostedWords

__all__ = [
    "PAGES",
    "BotAttempt",
    "BotAttemptRequest",
    "BotHandoff",
    "ChannelFinding",
    "ChannelFindings",
    "ConfigurationChange",
    "CriterionAgents",
    "CriterionCheck",
    "CriterionFault",
    "CriterionRequest",
    "History",
    "ImportResult",
    "ListedKey",
    "NewKey",
    "NewKeyRequest",
    "PasswordRequest",
    "ScopeMeaning",
    "Scopes",
    "Undone",
]


class PasswordRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    password: NewPassword


class NewKeyRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    scopes: Annotated[list[Scope], msgspec.Meta(min_length=1, max_length=len(get_args(Scope)))]


class NewKey(msgspec.Struct, frozen=True):
    """``key`` is answered only this once; the server keeps its digest alone."""

    name: str
    key: str
    scopes: list[Scope]


class ScopeMeaning(msgspec.Struct, frozen=True):
    scope: Scope
    meaning: str


class Scopes(msgspec.Struct, frozen=True):
    """Every scope of API keys, with what a key may do by it."""

    scopes: list[ScopeMeaning]


class CriterionRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``criterion`` is that of a queue's step, such as ``english >= 8 and sales``; an empty one admits everyone. With
    ``mrd``, only agents who work in it count."""

    criterion: Annotated[str, msgspec.Meta(max_length=1024)]
    mrd: MrdName | None = None


class CriterionFault(msgspec.Struct, frozen=True):
    """``position`` is the place of the fault: the number of characters (code points) before it."""

    position: int
    message: str


class CriterionAgents(msgspec.Struct, frozen=True):
    """The number of enabled agents who meet the criterion, the number of those who could be offered a task now, and the
    names of the first 20."""

    eligible: int
    ready_now: int
    names: list[Annotated[str, Personal]]


class CriterionCheck(msgspec.Struct, frozen=True):
    """``agents`` are there when the criterion is ``valid``, ``faults`` when it is not."""

    valid: bool
    faults: list[CriterionFault] = []
    agents: CriterionAgents | None = None


class BotAttemptRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``sender`` is that of an earlier answer, to go on with its dialogue."""

    text: PostedWords
    sender: Annotated[str, msgspec.Meta(min_length=1, max_length=64)] | None = None


class BotHandoff(msgspec.Struct, frozen=True):
    """The bot wants an agent to take over, of this queue if it names one."""

    queue: str | None
    reason: str | None


class BotAttempt(msgspec.Struct, frozen=True):
    """The answer of a bot that was tried out, after so many ``seconds``: ``contents`` are the messages that it would
    post, ``left_out`` says what of its answer cannot be posted. ``failure`` says why there is no answer. ``sender`` is
    the id by which the bot knows the dialogue."""

    sender: str
    seconds: float
    contents: list[Content] = []
    handoff: BotHandoff | None = None
    left_out: list[str] = []
    failure: str | None = None


class ChannelFinding(msgspec.Struct, frozen=True):
    """What is ``ok``, what may be wrong as a ``warning``, or what keeps the channel from working as a ``fault``."""

    status: Literal["ok", "warning", "fault"]
    words: str


class ChannelFindings(msgspec.Struct, frozen=True):
    """What a channel's provider has said, or what was done there."""

    findings: list[ChannelFinding]


class ListedKey(msgspec.Struct, frozen=True):
    scopes: list[Scope]


class ImportResult(msgspec.Struct, frozen=True):
    """The numbers of added, changed and removed items."""

    added: int
    changed: int
    removed: int


class ConfigurationChange(msgspec.Struct, frozen=True):
    """``actor`` changed an item ``at`` this instant. ``before`` and ``after`` are the item as reading it answers; null
    where it is not there. ``version`` is the ETag's since then. Items that were changed at once have the same
    ``correlation_id``; ``together`` is their number. A change is ``undoable`` until its item is changed again."""

    event_id: str
    version: int
    position: int
    at: datetime
    actor: str
    kind: TableName
    name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    correlation_id: str
    together: int
    undoable: bool


class History(msgspec.Struct, frozen=True):
    """The changes from the newest to the oldest. ``next`` is what to pass as ``before`` to go on, if there are more."""

    changes: list[ConfigurationChange]
    next: int | None


class Undone(msgspec.Struct, frozen=True):
    """The item as it is now, as reading it answers; null when it is not there any more. ``version`` is that of its last
    change."""

    kind: TableName
    name: str
    item: dict[str, Any] | None
    version: int


def _page(table: TableName) -> type[msgspec.Struct]:
    item: Any = ListedKey if table == "api_keys" else TABLES[table]
    name = "Configured" + "".join(word.capitalize() for word in table.split("_"))
    fields = [("items", dict[str, item]), ("next", str | None), ("versions", dict[str, int])]
    page = msgspec.defstruct(name, fields, frozen=True, module=__name__)
    page.__doc__ = (
        "Items by name, in the order of their names. ``next`` is the name after which to go on, if any. ``versions`` "
        "has the version of each item's last change, by name, as ``If-Match`` takes it in quotation marks."
    )
    return page


PAGES: dict[TableName, type[msgspec.Struct]] = {table: _page(table) for table in TABLES}
"""The answer to listing a table."""
