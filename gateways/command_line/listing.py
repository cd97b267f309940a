"""Everything of one table, page by page."""

from collections.abc import Iterator
from typing import Any

import msgspec

from gateways.command_line.running_server import RunningServer

__all__ = ["all_items"]


def all_items(server: RunningServer, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """``table`` as the Admin API's paths name it."""
    after: str | None = ""
    while after is not None:
        page = msgspec.json.decode(server.call("GET", f"/admin/v1/{table}?limit=1000&after={after}"))
        yield from page["items"].items()
        after = page["next"]
