"""Events that an effect cannot read are parked, and told of, while the others go on."""

import logging

from actors.journal import Journal
from actors.journal.places import record_at
from gateways.data_directory import DataFileError
from gateways.effects.positions import Positions
from gateways.supervision import Supervision
from schemas.events import REGISTRY
from schemas.exceptions import SchemaError
from schemas.records import Record

__all__ = ["Parking"]

_logger = logging.getLogger(__name__)
_MAX_REASON = 500


class Parking:
    """The parked events of one effect. About an event whose type this program does not know, or whose data does not
    decode, the effect can decide nothing: the event neither stops the others nor is it forgotten."""

    def __init__(self, effect: str, supervision: Supervision, positions: Positions) -> None:
        self._effect = effect
        self._supervision = supervision
        self._store = positions
        self._positions: set[int] = set()

    def load(self, journal: Journal) -> None:
        """Brings back to mind what was parked before. The effect is taken back before an event that can be read by now,
        as by a newer program."""
        for position in self._store.parked(self._effect):
            if _is_readable(journal, position):
                self._store.go_back(self._effect, position)
            else:
                self._positions.add(position)
        self._describe()

    def park(self, record: Record, error: Exception) -> None:
        reason = str(error)[:_MAX_REASON]
        _logger.error("effect %s parks the event at position %d: %s", self._effect, record.position, reason)
        self._positions.add(record.position)
        self._describe()
        try:
            self._store.park(self._effect, record.position, reason)
        except DataFileError as unkept:
            _logger.warning("effect %s cannot keep what it parks: %s", self._effect, unkept)

    def _describe(self) -> None:
        if self._positions:
            count, first = len(self._positions), min(self._positions)
            reason = f"events that could not be read and are parked: {count}, the first at position {first}"
            self._supervision.impair(f"effect {self._effect}", reason)


def _is_readable(journal: Journal, position: int) -> bool:
    record = record_at(journal, position)
    if record is None:
        return False
    try:
        REGISTRY.decode(record)
    except SchemaError:
        return False
    return True
