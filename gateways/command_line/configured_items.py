"""Reading all configured items of one kind from a running server."""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from gateways.command_line.running_server import RunningServer

__all__ = ["configured_items"]

T = TypeVar("T")


class _Page(msgspec.Struct):
    items: dict[str, msgspec.Raw]
    next: str | None


def configured_items(server: RunningServer, table: str, kind: type[T]) -> Iterator[tuple[str, T]]:
    """Yields the name of each item and what ``kind`` reads of it. ``table`` is the name in the Admin API's paths."""
    after: str | None = ""
    while after is not None:
        page = server.ask(_Page, "GET", f"/admin/v1/{table}?limit=1000&after={after}")
        for name, item in page.items.items():
            yield name, server.decode(kind, bytes(item))
        after = page.next
