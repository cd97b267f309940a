"""The messages that the server has acknowledged as durable, compared with the journal."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from actors.journal import SqliteJournal
from schemas.events import REGISTRY, MessagePosted

__all__ = ["Acknowledged", "Findings", "compare", "read_acknowledged"]


class Acknowledged(msgspec.Struct, frozen=True):
    conversation_id: str
    message_id: str
    sequence: int
    version: int
    text: str


class Findings(msgspec.Struct):
    acknowledged: int
    missing: list[str]
    duplicated: list[str]
    out_of_order: list[str]
    altered: list[str]

    @property
    def sound(self) -> bool:
        return not (self.missing or self.duplicated or self.out_of_order or self.altered)


def read_acknowledged(file: Path) -> list[Acknowledged]:
    """Reads whole lines only: the last line may be incomplete."""
    if not file.exists():
        return []
    lines = file.read_bytes().split(b"\n")[:-1]
    return [msgspec.json.decode(line, type=Acknowledged) for line in lines]


def compare(acknowledged: Iterable[Acknowledged], journal_file: Path) -> Findings:
    known = {item.message_id: item for item in acknowledged}
    count: Counter[str] = Counter()
    last: dict[str, int] = {}
    findings = Findings(len(known), [], [], [], [])
    for conversation_id, version, event in _messages(journal_file):
        item = known.get(event.message_id)
        if item is None:
            continue
        count[item.message_id] += 1
        if (item.conversation_id, item.version, item.text) != (conversation_id, version, _text(event)):
            findings.altered.append(item.message_id)
        if item.sequence <= last.get(conversation_id, -1):
            findings.out_of_order.append(item.message_id)
        last[conversation_id] = item.sequence
    findings.missing = [message_id for message_id in known if not count[message_id]]
    findings.duplicated = [message_id for message_id, times in count.items() if times > 1]
    return findings


def _messages(journal_file: Path) -> Iterable[tuple[str, int, MessagePosted]]:
    journal = SqliteJournal(journal_file, read_only=True)
    position = 0
    while records := journal.read_all(position, 1000):
        for record in records:
            event = REGISTRY.decode(record)
            if isinstance(event, MessagePosted):
                yield record.stream.removeprefix("conversation-"), record.version, event
        position = records[-1].position
    journal.close()


def _text(event: MessagePosted) -> str:
    return getattr(event.content, "text", "")
