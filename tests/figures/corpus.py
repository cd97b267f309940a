"""Journals to count: the records of the simulated contact centre, with more variety than it has itself.

The simulation knows one channel, one bot, hardly a team and one service level. Here each conversation has one of
several channels and bots, agents change their teams, queues have thresholds, and some customers return; and
everything happens at another time, such as when clocks change.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec

from actors.journal import Journal, SqliteJournal
from schemas.events import CustomerReturned
from schemas.instants import format_instant, parse_instant
from schemas.records import NewRecord, Record, category_of
from tests.simulation.days.run import simulate_days
from tests.simulation.run import Mishaps, simulate

__all__ = ["record_crowd", "record_days"]

_INSTANT = re.compile(rb'"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"')
_CHANNELS = ["web", "sms", "app"]
_BOTS = ["greeter", "helper"]
_TEAMS = ["first", "second", "third", None]
_THRESHOLDS = [5, 20, 60, 90]
_RESTARTS = 6_000.0
_CROWD = Mishaps(restarts=2.0, failures=5.0, nights=4.0, jumps=4.0)
_PAGE = 1_000


def record_days(file: Path, seed: int, events: int, begin: datetime) -> None:
    """Days of a contact centre at work."""
    often = _RESTARTS / events  # the longer the journal is, the longer each start from it takes
    mishaps = Mishaps(restarts=often, failures=0.5, nights=often / 10, jumps=0.05)
    centre, _ = simulate_days(seed, events, mishaps, checked=False)
    _record(file, centre.world.journal, begin)


def record_crowd(file: Path, seed: int, events: int, begin: datetime) -> None:
    """Records a crowd whose members do everything that can be done, sensible or not, with many nights in between."""
    _record(file, simulate(seed, events, _CROWD).journal, begin)


def _record(file: Path, source: Journal, begin: datetime) -> None:
    journal = SqliteJournal(file)
    position = 0
    variety: _Variety | None = None
    while records := source.read_all(position, _PAGE):
        variety = variety or _Variety(begin - parse_instant(records[0].at))
        journal.append(variety.varied(records))
        position = records[-1].position
    journal.close()


class _Variety:
    """Makes records more various. ``shift`` is the time by which everything happens later."""

    def __init__(self, shift: timedelta) -> None:
        self._shift = shift
        self._configured: Counter[str] = Counter()
        self._ended: set[str] = set()

    def varied(self, records: Iterable[Record]) -> list[NewRecord]:
        return [self._vary(record) for record in records]

    def _vary(self, record: Record) -> NewRecord:
        fields: dict[str, Any] = {name: getattr(record, name) for name in NewRecord.__struct_fields__}
        fields["at"] = self._later(record.at)
        fields["data"] = _INSTANT.sub(lambda found: b'"%s"' % self._later(found[1].decode()).encode(), record.data)
        varied = NewRecord(**fields)
        if category_of(record.stream) == "conversation":
            self._vary_conversation(varied)
        elif record.type in ("ItemConfigured", "QueueConfigured"):
            self._vary_configuration(varied)
        return varied

    def _later(self, at: str) -> str:
        return format_instant(parse_instant(at) + self._shift)

    def _vary_conversation(self, record: NewRecord) -> None:
        if record.type == "ConversationStarted":
            data = msgspec.json.decode(record.data)
            data["channel"] = _one_of(_CHANNELS, record.stream)
            record.data = msgspec.json.encode(data)
        elif record.type == "ConversationEnded":
            self._ended.add(record.stream)
        elif record.type == "ReceiptRecorded" and record.stream not in self._ended:
            record.type = "CustomerReturned"
            record.data = msgspec.json.encode(CustomerReturned(returned_at=parse_instant(record.at)))
        bot = _one_of(_BOTS, record.stream)
        record.data = record.data.replace(b'"greeter"', b'"%s"' % bot.encode())

    def _vary_configuration(self, record: NewRecord) -> None:
        data = msgspec.json.decode(record.data)
        if record.type == "QueueConfigured":
            data["queue"]["service_level_seconds"] = _one_of(_THRESHOLDS, str(data["queue"]))
        else:
            for queue in data["item"].get("queues", {}).values():
                queue["service_level_seconds"] = _one_of(_THRESHOLDS, str(queue))
            for agent_id, agent in data["item"].get("agents", {}).items():
                self._configured[agent_id] += 1
                agent["team"] = _one_of(_TEAMS, f"{agent_id} {self._configured[agent_id]}")
        record.data = msgspec.json.encode(data)


def _one_of(choices: list[Any], name: str) -> Any:
    """One of the choices; always the same one for a name."""
    return choices[crc32(name.encode()) % len(choices)]
