"""Reading, configuring and removing single items; the same for every table."""

from typing import Any

import msgspec

from gateways.api.admin.configuring import configure, refuse_faulty_calendars
from gateways.api.admin.stranding import refuse_to_strand
from gateways.http.call import Answer, Call
from gateways.http.endpoints import Handler
from gateways.http.problems import Problem
from schemas.api.admin import PAGES, ShownKey
from schemas.api.problem import FieldError
from schemas.commands import ConfigureItem, RemoveItem
from schemas.configuration import ApiKey, Calendar, Item, TableName, Tables
from schemas.identifiers import ConfiguredName

__all__ = ["configuring", "listing", "name_of", "reading", "removing"]


def listing(table: TableName) -> Handler:
    async def handler(call: Call) -> Answer:
        """In the order of their names."""
        limit = call.number("limit", 100, 1, 1000)
        after = call.query.get("after", "")
        items = getattr(call.services.configuration.tables, table)
        names = sorted(name for name in items if name > after)
        page = {name: _shown(items[name]) for name in names[:limit]}
        return Answer(PAGES[table](page, names[limit - 1] if len(names) > limit else None))

    handler.__name__ = table
    return handler


def reading(table: TableName, noun: str) -> Handler:
    async def handler(call: Call) -> Answer:
        return Answer(_shown(_found(call, table)))

    handler.__name__ = noun
    handler.__doc__ = None
    return handler


def configuring(table: TableName, noun: str) -> Handler:
    async def handler(call: Call) -> Answer:
        """Adds the item, or replaces the one there is; fields that are left out take their defaults."""
        name, item = name_of(call), call.body
        try:
            if isinstance(item, Calendar):
                refuse_faulty_calendars(Tables(calendars={name: item}))
            reply = await configure(call, ConfigureItem(at=call.services.clock(), name=name, item=item))
        except Problem as problem:
            raise _relative(problem, f"{table}.{name}.") from None
        return Answer(_shown(item), 201 if reply.added else 200, reply.replayed)

    handler.__name__ = f"configure_{noun}"
    return handler


def removing(table: TableName, noun: str) -> Handler:
    async def handler(call: Call) -> Answer:
        """Refused while something else uses the item, or customers wait in it."""
        _found(call, table)
        name = name_of(call)
        if table in ("queues", "mrds"):
            refuse_to_strand(call.services, **{table: {name}})
        await configure(call, RemoveItem(at=call.services.clock(), table=table, name=name))
        return Answer(b"", 204)

    handler.__name__ = f"remove_{noun}"
    return handler


def name_of(call: Call) -> str:
    """The name in the path, as one that an item can have."""
    try:
        return msgspec.convert(call.parameter("name"), ConfiguredName)
    except msgspec.ValidationError:
        message = "must be made of lower-case letters, digits, '.', '_' and '-', at most 64"
        raise Problem(422, "invalid_input", f"name: {message}", [FieldError("name", message)]) from None


def _found(call: Call, table: TableName) -> Item:
    name = call.parameter("name")
    item: Item | None = getattr(call.services.configuration.tables, table).get(name)
    if item is None:
        raise Problem(404, "not_found", f"nothing is configured as {table}.{name[:64]!r}")
    return item


def _relative(problem: Problem, place: str) -> Problem:
    """Names the fields as the body does."""
    problem.errors = [FieldError(error.path.removeprefix(place), error.message) for error in problem.errors]
    problem.detail = problem.detail.removeprefix(place)
    return problem


def _shown(item: Item) -> Any:
    return ShownKey(item.scopes) if isinstance(item, ApiKey) else item
