"""What people look at in the outbox: deliveries, and the figures of each target."""

from typing import Literal

import msgspec

from gateways.outbox.delivery import Delivery, DeliveryState
from gateways.outbox.outbox import Outbox
from gateways.outbox.rows import delivery_of

__all__ = ["TargetFigures", "effect_of_target", "find_delivery", "list_deliveries", "target_figures"]

_RECENT_SECONDS = 300.0


class TargetFigures(msgspec.Struct, frozen=True, kw_only=True):
    """``oldest_seconds`` is how long the first of those that wait has waited. ``delivered`` and ``failed`` are the
    calls of the last five minutes. ``stopped`` says why no call can succeed, and ``replayed_to`` is how far the target,
    which is rewound, has come."""

    target: str
    effect: str
    state: Literal["working", "stopped", "rewound"]
    waiting: int
    parked: int
    oldest_seconds: float | None
    delivered: int
    failed: int
    stopped: str | None
    replayed_to: int | None


def list_deliveries(
    outbox: Outbox,
    target: str | None = None,
    states: tuple[DeliveryState, ...] = (),
    before: int | None = None,
    limit: int = 100,
) -> list[Delivery]:
    """The latest deliveries first: of this target, in one of these states, with ids below ``before``, as far as these
    are given."""
    query = (
        "SELECT * FROM deliveries WHERE (?1 IS NULL OR target = ?1) AND id < coalesce(?2, 9e18)"
        " AND (?3 = '' OR instr(?3, ',' || state || ',')) ORDER BY id DESC LIMIT ?4"
    )
    wanted = f",{','.join(states)}," if states else ""
    with outbox.file.transaction() as connection:
        return [delivery_of(row) for row in connection.execute(query, (target, before, wanted, limit))]


def find_delivery(outbox: Outbox, delivery: int) -> Delivery | None:
    with outbox.file.transaction() as connection:
        found = connection.execute("SELECT * FROM deliveries WHERE id = ?", (delivery,)).fetchone()
    return delivery_of(found) if found else None


def effect_of_target(outbox: Outbox, target: str) -> str | None:
    """The effect that a target belongs to; None for a target that has never had a delivery, or is long gone."""
    query = (
        "SELECT effect FROM targets WHERE name = ?1 UNION ALL SELECT effect FROM deliveries WHERE target = ?1 LIMIT 1"
    )
    with outbox.file.transaction() as connection:
        found = connection.execute(query, (target,)).fetchone()
    return found[0] if found else None


def target_figures(outbox: Outbox, now: float) -> list[TargetFigures]:
    """The figures of all targets that have deliveries, by name."""
    query = (
        "SELECT deliveries.target, deliveries.effect,"
        " sum(state IN ('waiting', 'calling')), sum(state = 'parked'),"
        " min(CASE WHEN state IN ('waiting', 'calling') THEN planned_at END),"
        " sum(state = 'delivered' AND last_try_at > ?1), sum(state != 'delivered' AND last_try_at > ?1),"
        " stopped, replayed_to FROM deliveries LEFT JOIN targets ON targets.name = deliveries.target"
        " GROUP BY deliveries.target, deliveries.effect ORDER BY deliveries.target"
    )
    with outbox.file.transaction() as connection:
        rows = connection.execute(query, (now - _RECENT_SECONDS,)).fetchall()
    return [_figures(row, now) for row in rows]


def _figures(
    row: tuple[str, str, int, int, float | None, int, int, str | None, int | None], now: float
) -> TargetFigures:
    target, effect, waiting, parked, oldest, delivered, failed, stopped, replayed_to = row
    return TargetFigures(
        target=target,
        effect=effect,
        state="stopped" if stopped is not None else "rewound" if replayed_to is not None else "working",
        waiting=waiting,
        parked=parked,
        oldest_seconds=None if oldest is None else max(now - oldest, 0.0),
        delivered=delivered,
        failed=failed,
        stopped=stopped,
        replayed_to=replayed_to,
    )
