"""What people look at in the outbox: deliveries, and the figures of each target."""

from typing import Literal, get_args

import msgspec

from gateways.outbox.delivery import Delivery, DeliveryState
from gateways.outbox.outbox import Outbox
from gateways.outbox.rows import delivery_of
from gateways.outbox.tables import NAMES

__all__ = [
    "TargetFigures",
    "effect_of_target",
    "find_delivery",
    "list_deliveries",
    "parked_deliveries",
    "target_figures",
]

_RECENT_SECONDS = 300.0
_LAST = 2**62
_STATES: tuple[DeliveryState, ...] = get_args(DeliveryState)
_FIGURES = """
SELECT
    names.name,
    coalesce(targets.effect, (SELECT effect FROM deliveries WHERE target = names.name LIMIT 1)),
    (SELECT count(*) FROM deliveries WHERE target = names.name AND state IN ('waiting', 'calling')),
    (SELECT count(*) FROM deliveries WHERE target = names.name AND state = 'parked'),
    (SELECT min(planned_at) FROM deliveries WHERE id IN (
        (SELECT min(id) FROM deliveries WHERE target = names.name AND state = 'waiting'),
        (SELECT min(id) FROM deliveries WHERE target = names.name AND state = 'calling')
    )),
    (SELECT count(*) FROM deliveries WHERE target = names.name AND last_try_at > ?1 AND state = 'delivered'),
    (SELECT count(*) FROM deliveries WHERE target = names.name AND last_try_at > ?1 AND state != 'delivered'),
    stopped,
    replayed_to
FROM names LEFT JOIN targets ON targets.name = names.name ORDER BY names.name
"""
"""Every figure comes from an index, because the history may be long."""


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
    are given. The deliveries of each state come from an index in their order, so that a rare state is found at once."""
    bounds = {"target": target, "before": _LAST if before is None else before, "limit": limit}
    of_target = "" if target is None else " AND target = :target"
    kinds = [f" AND state = '{state}'" for state in _STATES if state in states]
    if target is not None and not states:
        kinds = [f" AND state = '{state}'" for state in _STATES]
    page = "SELECT * FROM (SELECT * FROM deliveries WHERE id < :before{} ORDER BY id DESC LIMIT :limit)"
    query = " UNION ALL ".join(page.format(of_target + kind) for kind in kinds or [""])
    with outbox.file.transaction() as connection:
        return [delivery_of(row) for row in connection.execute(f"{query} ORDER BY id DESC LIMIT :limit", bounds)]


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
    """The figures of all targets that have deliveries or are stopped or rewound, by name."""
    with outbox.file.transaction() as connection:
        rows = connection.execute(NAMES + _FIGURES, (now - _RECENT_SECONDS,)).fetchall()
    return [_figures(row, now) for row in rows]


def parked_deliveries(outbox: Outbox) -> dict[str, int]:
    """How many deliveries are parked, by target."""
    query = "SELECT target, count(*) FROM deliveries WHERE state = 'parked' GROUP BY target"
    with outbox.file.transaction() as connection:
        return dict(connection.execute(query).fetchall())


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
