"""Rows of the outbox as deliveries."""

from typing import Any

from gateways.outbox.delivery import Delivery

__all__ = ["delivery_of"]


def delivery_of(row: tuple[Any, ...]) -> Delivery:
    """The delivery of a row with all columns of the table, which are in the order of its fields."""
    return Delivery(**dict(zip(Delivery.__struct_fields__, row, strict=True)))
