"""What the engine does first: fold the record, so that open entities and their deadlines stand again."""

from typing import Any

from actors.engine.entity_actor import Send
from actors.engine.residents import Residents
from actors.engine.timers import Timers
from actors.entities import decider_of, fold
from actors.journal import Journal
from schemas.events import REGISTRY
from schemas.records import Record, entity_id_of

__all__ = ["recover"]

_BATCH = 2_000


def recover(journal: Journal, residents: Residents, timers: Timers, send: Send) -> int:
    """Folds the whole journal and settles what is not finished. Returns the last position."""
    states: dict[str, Any] = {}
    position = 0
    while records := journal.read_all(position, _BATCH):
        for record in records:
            _fold_one(journal, states, record)
        position = records[-1].position
    for stream, state in states.items():
        decider = decider_of(stream)
        residents.settle(stream, decider, state, send)
        timers.update(stream, decider.deadlines(state))
    return position


def _fold_one(journal: Journal, states: dict[str, Any], record: Record) -> None:
    """Keeps in ``states`` only what is unfinished, so that a long record needs little memory."""
    decider = decider_of(record.stream)
    state = states.get(record.stream)
    if state is None and record.version > 1:
        before = journal.read_stream(record.stream, limit=record.version - 1)
        state = fold(record.stream, before)
    elif state is None:
        state = decider.initial(entity_id_of(record.stream))
    decider.evolve(state, REGISTRY.decode(record))
    if decider.finished(state):
        states.pop(record.stream, None)
    else:
        states[record.stream] = state
