"""Reads a request item by item, so that one that is of no known form does not lose the others."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from gateways.connectors.channels.exceptions import UnreadableRequestError
from gateways.connectors.channels.inbound import Inbound, InboundItem

__all__ = ["GatheredItems", "LeftOutError", "decoded", "seconds", "thousandths"]

T = TypeVar("T")


class LeftOutError(Exception):
    """Raised when an item is understood and nothing can be made of it. Its words do not repeat the customer's."""


class GatheredItems:
    """The items of a request by the account that they are for, in their order, and what is left out of it."""

    def __init__(self) -> None:
        self._items: dict[str | None, list[InboundItem]] = {}
        self._left_out: dict[str | None, list[str]] = {}

    def add(self, account: str | None, items: list[InboundItem]) -> None:
        self._items.setdefault(account, []).extend(items)

    def leave_out(self, account: str | None, reason: str) -> None:
        self._items.setdefault(account, [])
        self._left_out.setdefault(account, []).append(reason)

    @contextmanager
    def alone(self, account: str | None, what: str) -> Iterator[None]:
        """What cannot be read within is left out alone. Errors of decoding name places and types, and no contents."""
        try:
            yield
        except (LeftOutError, msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as error:
            reason = error if isinstance(error, LeftOutError | msgspec.MsgspecError) else type(error).__name__
            self.leave_out(account, f"{what}: {reason}")

    def inbounds(self) -> list[Inbound]:
        return [
            Inbound(account=account, items=items, left_out=self._left_out.get(account, []))
            for account, items in self._items.items()
        ]


def decoded(body: bytes, type_: type[T]) -> T:
    """The whole request. Raises UnreadableRequestError."""
    try:
        return msgspec.json.decode(body, type=type_)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise UnreadableRequestError(f"the body is not of the Graph API's form: {type(error).__name__}") from None


def seconds(timestamp: str | int | None) -> datetime | None:
    """The instant of a timestamp in seconds. Raises ValueError or OverflowError for one that is none."""
    return None if timestamp is None else datetime.fromtimestamp(int(timestamp), UTC)


def thousandths(timestamp: str | int | None) -> datetime | None:
    """The instant of a timestamp in milliseconds. Raises ValueError or OverflowError for one that is none."""
    return None if timestamp is None else datetime.fromtimestamp(int(timestamp) / 1000, UTC)
