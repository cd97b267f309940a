"""Live views that keep rows of their own beside the entities' states, as the snapshotter needs them."""

from collections.abc import Mapping
from typing import Protocol

from actors.snapshots.snapshots import SnapshotReader
from schemas.events import Event
from schemas.records import Record

__all__ = ["Changes", "SnapshottedView"]

Changes = Mapping[str, Mapping[str, bytes | None]]
"""Rows by the names under which a view keeps them and by their keys; None for a row that is gone."""


class SnapshottedView(Protocol):
    def apply(self, record: Record, event: Event) -> None: ...

    def restore(self, reader: SnapshotReader) -> None:
        """Takes over the saved rows, into a view that has seen no event yet."""

    def take_changes(self) -> Changes:
        """The rows that have changed since this was last called, new ones in the order in which they came. Changes
        are noted from the first call on."""
