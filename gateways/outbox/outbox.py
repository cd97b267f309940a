"""What the engine of deliveries reads and writes: plans, claims, and what became of calls. Every method is one
transaction."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from actors.journal.sqlite.reading import number_in
from gateways.data_directory import SqliteFile
from gateways.outbox.delivery import Delivery, DeliveryState, Planned
from gateways.outbox.outcome import Outcome
from gateways.outbox.rows import delivery_of
from gateways.outbox.runner import Runner
from gateways.outbox.tables import CLAIMED, NAMES, SCHEMA

__all__ = ["Call", "Claimed", "Outbox", "furthest_cursor"]

_REMEDY = "move the file away: what was waiting in it is then not delivered, and what comes is"
_STATES: dict[str, DeliveryState] = {
    "delivered": "delivered",
    "message_refused": "refused",
    "recipient_refused": "refused",
    "configuration_fault": "waiting",
    "try_again": "waiting",
    "unknown": "parked",
    "server_fault": "parked",
}


class Claimed(NamedTuple):
    """The lanes that are due and their first deliveries, in order, and when the next lane of the target is due."""

    lanes: list[list[Delivery]]
    next_due: float | None


class Call(NamedTuple):
    """A call that has ended ``at`` a Unix time in seconds. The lane is released, to go on at ``due``, or it is kept for
    the next delivery where ``due`` is None. A delivery that is given up is ``parked``."""

    delivery: Delivery
    outcome: Outcome
    at: float
    due: float | None
    parked: bool = False


class Outbox:
    """The file of one server. It may be used on any thread. All methods raise DataFileError. ``runners`` are those that
    make the deliveries now, by the names of their effects."""

    def __init__(self, file: Path | None) -> None:
        """Without a file the outbox lives in memory."""
        self.file = SqliteFile(file, SCHEMA, _REMEDY)
        self.runners: dict[str, Runner] = {}
        self._with_payloads = self._targets_with_payloads()

    def close(self) -> None:
        self.file.close()

    def cursor(self, effect: str) -> int | None:
        """The position up to which everything is planned; None for an effect that has never run."""
        with self.file.transaction() as connection:
            found = connection.execute("SELECT position FROM cursors WHERE effect = ?", (effect,)).fetchone()
        return found[0] if found else None

    def plan(self, effect: str, position: int, planned: Sequence[tuple[int, Planned]], at: float) -> None:
        """Keeps where events have to go, each with its position, and that all up to ``position`` is planned."""
        with self.file.transaction() as connection:
            _insert(connection, effect, planned, at)
            connection.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?)", (effect, position))

    def plan_late(self, effect: str, planned: Sequence[tuple[int, Planned]], at: float) -> None:
        """Keeps where an event has to go that could not be planned in its turn."""
        with self.file.transaction() as connection:
            _insert(connection, effect, planned, at)

    def park(self, effect: str, position: int, where: Planned, fault: Outcome, at: float) -> None:
        """Keeps an event whose first try, which was made outside of the outbox, has failed on this server's side."""
        with self.file.transaction() as connection:
            connection.execute(
                "INSERT INTO deliveries (effect, target, lane, position, state, tries, planned_at, last_try_at,"
                " outcome, detail) VALUES (?, ?, ?, ?, 'parked', 1, ?, ?, ?, ?)",
                (effect, *where, position, at, at, fault.kind, fault.detail),
            )

    def add(self, effect: str, target: str, lane: str, payload: bytes, at: float) -> None:
        """Keeps something that came in and has to go on."""
        self._with_payloads.add(target)
        with self.file.transaction() as connection:
            connection.execute(
                "INSERT INTO deliveries (effect, target, lane, position, payload, planned_at)"
                " VALUES (?, ?, ?, 0, ?, ?)",
                (effect, target, lane, payload, at),
            )
            _open_lanes(connection, effect, [(target, lane)], at)

    def takes_payloads(self, target: str) -> bool:
        """Whether anything was added for the target since the outbox was opened, or waited in it then."""
        return target in self._with_payloads

    def is_open(self, target: str, lane: str) -> bool:
        """Whether deliveries of the lane wait or are made."""
        with self.file.transaction() as connection:
            query = "SELECT 1 FROM lanes WHERE target = ? AND lane = ?"
            return connection.execute(query, (target, lane)).fetchone() is not None

    def targets(self, effect: str) -> list[str]:
        """The targets with deliveries that wait."""
        with self.file.transaction() as connection:
            query = "SELECT DISTINCT target FROM lanes WHERE effect = ?"
            return [target for (target,) in connection.execute(query, (effect,))]

    def targets_ever(self, effect: str) -> list[str]:
        """The targets of which anything is known, those that are gone among them."""
        query = "SELECT name FROM names WHERE ? = (SELECT effect FROM deliveries WHERE target = name LIMIT 1)"
        with self.file.transaction() as connection:
            return [target for (target,) in connection.execute(NAMES + query, (effect,))]

    def recover(self, effect: str, *, repeatable: bool) -> list[Delivery]:
        """Releases the lanes that were claimed when the server ended, and returns the deliveries that were being made
        then, unless they may be made again."""
        with self.file.transaction() as connection:
            connection.execute("UPDATE lanes SET due = 0 WHERE effect = ? AND due = ?", (effect, CLAIMED))
            if repeatable:
                query = "UPDATE deliveries SET state = 'waiting' WHERE effect = ? AND state = 'calling'"
                connection.execute(query, (effect,))
            query = "SELECT * FROM deliveries WHERE effect = ? AND state = 'calling' ORDER BY id"
            return [delivery_of(row) for row in connection.execute(query, (effect,))]

    def step(
        self, ended: Iterable[Call], wanted: Mapping[str, tuple[int, int]], at: float, *, marks: bool
    ) -> dict[str, Claimed]:
        """Records the calls that have ended and claims lanes that are due. ``wanted`` says of each target how many
        lanes, and how many deliveries of each. With ``marks``, what is claimed counts as being called from now on."""
        with self.file.transaction() as connection:
            for call in ended:
                _record(connection, call)
            return {
                target: _claim(connection, target, lanes, depth, at, marks) for target, (lanes, depth) in wanted.items()
            }

    def give_back(self, lanes: Iterable[list[Delivery]]) -> None:
        """Releases lanes that were claimed and not begun."""
        with self.file.transaction() as connection:
            for lane in lanes:
                query = "UPDATE deliveries SET state = 'waiting' WHERE id = ?"
                connection.executemany(query, [(delivery.id,) for delivery in lane])
                _release(connection, lane[0].target, lane[0].lane, 0.0)

    def retry_parked(self, target: str) -> int:
        """Lets all parked deliveries of the target wait again, and returns how many."""
        with self.file.transaction() as connection:
            query = "SELECT id FROM deliveries WHERE target = ? AND state = 'parked'"
            parked = connection.execute(query, (target,)).fetchall()
            _retry(connection, parked)
            return len(parked)

    def retry(self, delivery: int) -> bool:
        """Lets a delivery wait again that is parked, was refused or was delivered; False when it is none of these."""
        with self.file.transaction() as connection:
            query = "SELECT id FROM deliveries WHERE id = ? AND state IN ('parked', 'refused', 'delivered')"
            found = connection.execute(query, (delivery,)).fetchall()
            _retry(connection, found)
            return bool(found)

    def drop(self, delivery: int) -> bool:
        """Forgets a delivery that waits or is parked; False when it does neither."""
        with self.file.transaction() as connection:
            query = "DELETE FROM deliveries WHERE id = ? AND state IN ('waiting', 'parked') RETURNING target"
            dropped = connection.execute(query, (delivery,)).fetchone()
            if dropped is not None:
                _drop_empty_lanes(connection, dropped[0])
            return dropped is not None

    def forget_target(self, target: str) -> None:
        """Drops what is on its way to a target that is gone."""
        with self.file.transaction() as connection:
            connection.execute("DELETE FROM deliveries WHERE target = ? AND state IN ('waiting', 'calling')", (target,))
            connection.execute("DELETE FROM lanes WHERE target = ?", (target,))
            connection.execute("DELETE FROM targets WHERE name = ?", (target,))

    def prune(self, target: str, before: float, most: int = 1_000) -> int:
        """Removes deliveries that have ended and were planned before this time, and returns how many."""
        with self.file.transaction() as connection:
            query = (
                "SELECT id FROM deliveries WHERE target = ? AND state IN ('delivered', 'refused') AND planned_at < ?"
                " ORDER BY id LIMIT ?"
            )
            old = connection.execute(query, (target, before, most)).fetchall()
            connection.executemany("DELETE FROM deliveries WHERE id = ?", old)
            return len(old)

    def delivery_with(self, target: str, provider_id: str) -> Delivery | None:
        """The delivery that the provider knows by this id."""
        with self.file.transaction() as connection:
            query = (
                "SELECT * FROM deliveries WHERE id ="
                " (SELECT delivery FROM provider_ids WHERE target = ? AND provider_id = ?)"
            )
            found = connection.execute(query, (target, provider_id)).fetchone()
        return delivery_of(found) if found else None

    def provider_ids(self, target: str, lane: str) -> list[str]:
        """The ids that the target has given to the deliveries of the lane."""
        with self.file.transaction() as connection:
            query = (
                "SELECT provider_ids.provider_id FROM provider_ids JOIN deliveries ON deliveries.id = delivery"
                " WHERE deliveries.target = ? AND lane = ?"
            )
            return [known for (known,) in connection.execute(query, (target, lane))]

    def last_delivered(self, target: str, lane: str, until: float) -> Delivery | None:
        """The last delivery of the lane that the target had taken by this time."""
        with self.file.transaction() as connection:
            query = (
                "SELECT * FROM deliveries WHERE target = ? AND state = 'delivered' AND lane = ? AND last_try_at <= ?"
                " ORDER BY id DESC LIMIT 1"
            )
            found = connection.execute(query, (target, lane, until)).fetchone()
        return delivery_of(found) if found else None

    def stop(self, effect: str, target: str, reason: str, at: float) -> None:
        """Keeps that no call of the target can succeed."""
        with self.file.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO targets (name, effect) VALUES (?, ?)", (target, effect))
            query = "UPDATE targets SET stopped = ?, stopped_at = ? WHERE name = ?"
            connection.execute(query, (reason, at, target))

    def resume(self, target: str) -> None:
        with self.file.transaction() as connection:
            connection.execute("UPDATE targets SET stopped = NULL, stopped_at = NULL WHERE name = ?", (target,))
            connection.execute("UPDATE lanes SET due = 0 WHERE target = ? AND due < ?", (target, CLAIMED))

    def stopped(self, effect: str) -> dict[str, str]:
        """Why targets are stopped."""
        with self.file.transaction() as connection:
            query = "SELECT name, stopped FROM targets WHERE effect = ? AND stopped IS NOT NULL"
            return dict(connection.execute(query, (effect,)).fetchall())

    def _targets_with_payloads(self) -> set[str]:
        with self.file.transaction() as connection:
            return {target for (target,) in connection.execute("SELECT DISTINCT target FROM lanes")}

    def rewind(self, effect: str, target: str, position: int) -> None:
        """Forgets what is known of the events beyond the position, so that they are planned again for this target."""
        with self.file.transaction() as connection:
            connection.execute("DELETE FROM deliveries WHERE target = ? AND position > ?", (target, position))
            _drop_empty_lanes(connection, target)
            connection.execute("INSERT OR IGNORE INTO targets (name, effect) VALUES (?, ?)", (target, effect))
            connection.execute("UPDATE targets SET replayed_to = ? WHERE name = ?", (position, target))

    def replaying(self, effect: str) -> dict[str, int]:
        """How far the targets that are rewound are planned again."""
        with self.file.transaction() as connection:
            query = "SELECT name, replayed_to FROM targets WHERE effect = ? AND replayed_to IS NOT NULL"
            return dict(connection.execute(query, (effect,)).fetchall())

    def replay(
        self, effect: str, target: str, position: int, planned: Sequence[tuple[int, Planned]], at: float, *, last: bool
    ) -> None:
        """As ``plan``, for one target that is rewound; with the ``last`` events it has caught up with the others."""
        with self.file.transaction() as connection:
            _insert(connection, effect, planned, at)
            query = "UPDATE targets SET replayed_to = ? WHERE name = ?"
            connection.execute(query, (None if last else position, target))

    def lower(self, last: int) -> None:
        """Forgets everything beyond the position, as after an older journal was brought back."""
        with self.file.transaction() as connection:
            connection.execute("UPDATE cursors SET position = ?1 WHERE position > ?1", (last,))
            connection.execute("DELETE FROM deliveries WHERE position > ?", (last,))
            connection.execute("UPDATE targets SET replayed_to = ?1 WHERE replayed_to > ?1", (last,))
            for (target,) in connection.execute("SELECT DISTINCT target FROM lanes").fetchall():
                _drop_empty_lanes(connection, target)


def furthest_cursor(file: Path) -> int:
    """The position of the effect that has come furthest, read without changing the file; 0 if nothing can be read."""
    return number_in(file, "SELECT max(position) FROM cursors")


def _insert(connection: sqlite3.Connection, effect: str, planned: Sequence[tuple[int, Planned]], at: float) -> None:
    connection.executemany(
        "INSERT INTO deliveries (effect, target, lane, position, planned_at) VALUES (?, ?, ?, ?, ?)",
        [(effect, target, lane, position, at) for position, (target, lane) in planned],
    )
    _open_lanes(connection, effect, {where for _, where in planned}, at)


def _open_lanes(connection: sqlite3.Connection, effect: str, lanes: Iterable[tuple[str, str]], at: float) -> None:
    """A lane that is open already stays due when it is."""
    query = "INSERT OR IGNORE INTO lanes (target, lane, effect, due) VALUES (?, ?, ?, ?)"
    connection.executemany(query, [(target, lane, effect, at) for target, lane in lanes])


def _record(connection: sqlite3.Connection, call: Call) -> None:
    delivery, outcome = call.delivery, call.outcome
    done = delivery.done + (outcome.kind == "delivered")
    state: DeliveryState = "parked" if call.parked else _STATES[outcome.kind]
    if outcome.unfinished:
        state = "waiting"
    tries = 0 if outcome.unfinished else delivery.tries + (outcome.kind != "configuration_fault")
    connection.execute(
        "UPDATE deliveries SET state = ?, tries = ?, done = ?, first_try_at = coalesce(first_try_at, ?),"
        " last_try_at = ?, outcome = ?, code = ?, detail = ?, provider_id = coalesce(?, provider_id) WHERE id = ?",
        (
            state,
            tries,
            done,
            call.at,
            call.at,
            outcome.kind,
            outcome.code,
            outcome.detail,
            outcome.provider_id,
            delivery.id,
        ),
    )
    for known_as in (outcome.provider_id, outcome.message_id):
        if known_as is not None:
            query = "INSERT OR REPLACE INTO provider_ids VALUES (?, ?, ?)"
            connection.execute(query, (delivery.target, known_as, delivery.id))
    if call.due is not None:
        _release(connection, delivery.target, delivery.lane, call.due)


def _release(connection: sqlite3.Connection, target: str, lane: str, due: float) -> None:
    waits = "SELECT 1 FROM deliveries WHERE target = ? AND lane = ? AND state IN ('waiting', 'calling') LIMIT 1"
    if connection.execute(waits, (target, lane)).fetchone() is None:
        connection.execute("DELETE FROM lanes WHERE target = ? AND lane = ?", (target, lane))
    else:
        connection.execute("UPDATE lanes SET due = ? WHERE target = ? AND lane = ?", (due, target, lane))


def _claim(connection: sqlite3.Connection, target: str, lanes: int, depth: int, at: float, marks: bool) -> Claimed:
    query = "SELECT lane FROM lanes WHERE target = ? AND due <= ? ORDER BY due LIMIT ?"
    due = [lane for (lane,) in connection.execute(query, (target, at, lanes))]
    taken = [_take(connection, target, lane, depth, marks) for lane in due]
    (next_due,) = connection.execute(
        "SELECT min(due) FROM lanes WHERE target = ? AND due < ?", (target, CLAIMED)
    ).fetchone()
    return Claimed([lane for lane in taken if lane], next_due)


def _take(connection: sqlite3.Connection, target: str, lane: str, depth: int, marks: bool) -> list[Delivery]:
    query = (
        "SELECT * FROM deliveries WHERE target = ? AND lane = ? AND state IN ('waiting', 'calling') ORDER BY id LIMIT ?"
    )
    taken = [delivery_of(row) for row in connection.execute(query, (target, lane, depth))]
    if not taken:
        connection.execute("DELETE FROM lanes WHERE target = ? AND lane = ?", (target, lane))
        return []
    connection.execute("UPDATE lanes SET due = ? WHERE target = ? AND lane = ?", (CLAIMED, target, lane))
    if marks:
        mark = "UPDATE deliveries SET state = 'calling' WHERE id = ?"
        connection.executemany(mark, [(delivery.id,) for delivery in taken])
    return taken


def _drop_empty_lanes(connection: sqlite3.Connection, target: str) -> None:
    connection.execute(
        "DELETE FROM lanes WHERE target = ?1 AND NOT EXISTS (SELECT 1 FROM deliveries"
        " WHERE deliveries.target = ?1 AND deliveries.lane = lanes.lane AND state IN ('waiting', 'calling'))",
        (target,),
    )


def _retry(connection: sqlite3.Connection, deliveries: list[tuple[int]]) -> None:
    """They begin anew, with the parts that the target has not taken yet; those that were delivered, with all parts."""
    connection.executemany(
        "UPDATE deliveries SET state = 'waiting', tries = 0, first_try_at = NULL,"
        " done = iif(state = 'delivered', 0, done) WHERE id = ?",
        deliveries,
    )
    connection.executemany(
        "INSERT OR IGNORE INTO lanes (target, lane, effect, due)"
        " SELECT target, lane, effect, 0 FROM deliveries WHERE id = ?",
        deliveries,
    )
