"""Filling an empty journal with the records of an export. Each is checked before it is appended."""

from msgspec.structs import astuple

from actors.journal import Journal
from gateways.command_line.events.exceptions import ExportLineError
from gateways.command_line.events.tally import Tally
from gateways.command_line.events.verification import Problem, Verification
from gateways.inspection.cloud_events import ATTRIBUTES
from schemas.records import NewRecord, Record

__all__ = ["Filling"]

_RECORDS_A_COMMIT = 5_000
_EXPORT_AGAIN = "export the whole journal again"
_REMEDIES = {
    "position": "positions count from 1 without gaps: an export of one stream or conversation cannot be imported",
    "type": "import with the version of the program that exported",
    "schema_version": "import with the version of the program that exported",
    "data": "run events verify on the journal that was exported",
    "": "run events verify on the journal that was exported",
}


class Filling:
    """Takes the records in the order of the file. ``tally`` counts them."""

    def __init__(self, journal: Journal) -> None:
        self.tally = Tally()
        self._journal = journal
        self._pending: list[Record] = []
        self._verification = Verification(self)

    def take(self, line: int, record: Record) -> None:
        """Raises ExportLineError when the record does not belong here."""
        self._verification.check(record)
        if self._verification.problem_count:
            raise _refused(line, self._verification.problems[0])
        self.tally.add(record)
        self._pending.append(record)
        if len(self._pending) >= _RECORDS_A_COMMIT:
            self.commit()

    def commit(self) -> None:
        """Makes the records durable that were taken so far."""
        records, self._pending = self._pending, []
        self._journal.append([NewRecord(*astuple(record)[:-1]) for record in records])

    def read_stream(self, stream: str, after: int = 0, limit: int | None = None) -> list[Record]:
        """Returns the records of the stream that were taken so far."""
        self.commit()
        return self._journal.read_stream(stream, after, limit)

    def read_event(self, event_id: str) -> Record | None:
        """Returns the event with this id if it was taken."""
        self.commit()
        return self._journal.read_event(event_id)


def _refused(line: int, problem: Problem) -> ExportLineError:
    remedy = _REMEDIES.get(problem.field, _EXPORT_AGAIN)
    return ExportLineError(line, ATTRIBUTES.get(problem.field, ""), f"{problem.message}; {remedy}")
