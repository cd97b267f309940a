"""Tables of deliveries and targets for people."""

from collections.abc import Sequence
from datetime import datetime

import click

from gateways.command_line.neutralising import neutralise
from schemas.api.deliveries import Delivery, DeliveryTarget, DeliveryWithEvent
from schemas.instants import format_instant

__all__ = ["print_deliveries", "print_delivery", "print_targets"]


def print_targets(targets: Sequence[DeliveryTarget]) -> None:
    if not targets:
        click.echo("nothing has been delivered yet", err=True)
        return
    rows = [
        (
            each.target,
            each.state,
            str(each.waiting),
            str(each.parked),
            "-" if each.oldest_seconds is None else f"{each.oldest_seconds:,.0f} s",
            str(each.delivered),
            str(each.failed),
            each.stopped or ("" if each.replayed_to is None else f"planned again up to {each.replayed_to}"),
        )
        for each in targets
    ]
    _print(("target", "state", "waiting", "parked", "oldest", "delivered", "failed", "why"), rows)


def print_deliveries(deliveries: Sequence[Delivery]) -> None:
    if not deliveries:
        click.echo("no such deliveries", err=True)
        return
    rows = [
        (
            str(each.id),
            each.target,
            each.state,
            "-" if each.position is None else str(each.position),
            str(each.tries),
            _short(each.last_try_at or each.planned_at),
            " ".join(part for part in (each.outcome, each.code, each.detail) if part),
        )
        for each in deliveries
    ]
    _print(("id", "target", "state", "position", "tries", "last", "outcome"), rows)


def print_delivery(found: DeliveryWithEvent) -> None:
    each, event = found.delivery, found.event
    came = "something that came in" if event is None else f"{event.type}, position {event.position} of {event.stream}"
    lines = {
        "delivery": f"{each.id} to {each.target}",
        "state": each.state,
        "event": came,
        "event id": event.event_id if event else None,
        "planned": format_instant(each.planned_at),
        "first try": each.first_try_at and format_instant(each.first_try_at),
        "last try": each.last_try_at and format_instant(each.last_try_at),
        "tries": str(each.tries),
        "parts": str(each.parts) if each.parts > 1 else None,
        "outcome": each.outcome,
        "code": each.code,
        "detail": each.detail,
        "there known as": each.provider_id,
    }
    for name, value in lines.items():
        if value:
            click.echo(neutralise(f"{name:16}{value}"))


def _print(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Prints whole lines, which a terminal wraps: a cell that is cut to its width cannot be copied."""
    cells = [columns, *(tuple(neutralise(cell) for cell in row) for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(columns))]
    for row in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _short(instant: datetime) -> str:
    return f"{format_instant(instant)[:19]}Z"
