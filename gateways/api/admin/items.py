"""Reading, configuring and removing single items; the same for every table."""

from typing import Any

import msgspec

from gateways.api.admin.configuring import configure, refuse_faulty_calendars
from gateways.api.admin.stranding import refuse_to_strand
from gateways.api.call import Call
from gateways.exceptions import RefusedError, invalid_field
from gateways.http.answer import Answer
from gateways.http.endpoints import Handler, declared
from schemas.api.admin import PAGES, ListedKey
from schemas.commands import ConfigureItem, RemoveItem
from schemas.configuration import TABLES, ApiKey, Calendar, Item, TableName, Tables
from schemas.field_errors import FieldError
from schemas.identifiers import ConfiguredName
from schemas.replies import RefusalCode

__all__ = ["configuring", "listing", "name_of", "reading", "removing"]


def listing(table: TableName) -> Handler:
    async def handler(call: Call) -> Answer[Any]:
        limit = call.number("limit", 100, 1, 1000)
        after = call.query.get("after", "")
        items = getattr(call.services.configuration.tables, table)
        names = sorted(name for name in items if name > after)
        page = {name: _described(items[name]) for name in names[:limit]}
        return Answer(PAGES[table](page, names[limit - 1] if len(names) > limit else None))

    return declared(handler, name=table, description="In the order of their names.", answer=PAGES[table])


def reading(table: TableName, noun: str) -> Handler:
    async def handler(call: Call) -> Answer[Any]:
        return Answer(_described(_find(call, table)))

    return declared(handler, name=noun, description=None, answer=_shape(table))


def configuring(table: TableName, noun: str) -> Handler:
    async def handler(call: Call, body: Item) -> Answer[Any]:
        name = name_of(call)
        try:
            if isinstance(body, Calendar):
                refuse_faulty_calendars(Tables(calendars={name: body}))
            reply = await configure(call, ConfigureItem(at=call.services.clock(), name=name, item=body))
        except RefusedError as refused:
            raise _relative(refused, f"{table}.{name}.") from None
        return Answer(_described(body), 201 if reply.added else 200, reply.replayed)

    description = "Adds the item, or replaces the one there is; fields that are left out take their defaults."
    return declared(
        handler, name=f"configure_{noun}", description=description, answer=_shape(table), body=TABLES[table]
    )


def removing(table: TableName, noun: str) -> Handler:
    async def handler(call: Call) -> Answer[None]:
        _find(call, table)
        name = name_of(call)
        if table in ("queues", "mrds"):
            refuse_to_strand(call.services, **{table: {name}})
        await configure(call, RemoveItem(at=call.services.clock(), table=table, name=name))
        return Answer(None, 204)

    description = "Refused while something else uses the item, or customers wait in it."
    return declared(handler, name=f"remove_{noun}", description=description, answer=None)


def name_of(call: Call) -> str:
    """The name in the path, as one that an item can have."""
    try:
        return msgspec.convert(call.parameter("name"), ConfiguredName)
    except msgspec.ValidationError:
        message = "must be made of lower-case letters, digits, '.', '_' and '-', at most 64"
        raise invalid_field("name", message) from None


def _find(call: Call, table: TableName) -> Item:
    name = call.parameter("name")
    item: Item | None = getattr(call.services.configuration.tables, table).get(name)
    if item is None:
        raise RefusedError(RefusalCode.NOT_FOUND, f"nothing is configured as {table}.{name[:64]!r}")
    return item


def _relative(refused: RefusedError, place: str) -> RefusedError:
    """Names the fields as the body does."""
    errors = [FieldError(error.path.removeprefix(place), error.message) for error in refused.errors]
    return RefusedError(refused.code, refused.detail.removeprefix(place), errors)


def _shape(table: TableName) -> Any:
    """The type of an item as the API tells it."""
    return ListedKey if table == "api_keys" else TABLES[table]


def _described(item: Item) -> Any:
    """An item as the API tells it: of a key only what it opens."""
    return ListedKey(item.scopes) if isinstance(item, ApiKey) else item
