"""Reading, configuring and removing single items, in the same way for every table."""

import msgspec

from gateways.api.admin.versions import etag, version_asked_for
from gateways.api.call import Call
from gateways.configuration.changing import configure_item, find_versioned, remove_item
from gateways.exceptions import RefusedError, invalid_field
from gateways.http.answer import Answer
from gateways.http.endpoints import Handler, declared
from schemas.api.admin import PAGES, ListedKey
from schemas.configuration import TABLES, ApiKey, Item, TableName
from schemas.identifiers import ConfiguredName

__all__ = ["configuring", "listing", "name_of", "reading", "removing"]


def listing(table: TableName) -> Handler:
    async def handler(call: Call) -> Answer[msgspec.Struct]:
        limit = call.number("limit", 100, 1000)
        after = call.query.get("after", "")
        configuration = call.services.configuration
        items = getattr(configuration.tables, table)
        names = sorted(name for name in items if name > after)
        page = {name: _described(items[name]) for name in names[:limit]}
        versions = {name: configuration.last_change(table, name) for name in page}
        return Answer(PAGES[table](page, names[limit - 1] if len(names) > limit else None, versions))

    description = "The items are in the order of their names, each with the version that its own ``ETag`` names."
    return declared(handler, name=table, description=description, answer=PAGES[table])


def reading(table: TableName, noun: str) -> Handler:
    async def handler(call: Call) -> Answer[Item | ListedKey]:
        found = find_versioned(call.services, table, call.parameter("name"))
        return Answer(_described(found.item), headers=etag(found.version))

    description = "The ``ETag`` names the version of the item's last change."
    return declared(handler, name=noun, description=description, answer=_answer_type(table))


def configuring(table: TableName, noun: str) -> Handler:
    async def handler(call: Call, body: Item) -> Answer[Item | ListedKey]:
        name, based_on = name_of(call), version_asked_for(call)
        try:
            reply = await configure_item(call.services, name, body, call.principal.actor, based_on=based_on)
        except RefusedError as refused:
            raise refused.relative_to(f"{table}.{name}.") from None
        status, version = 201 if reply.added else 200, etag(reply.item_version)
        return Answer(_described(body), status, reply.replayed, headers=version)

    description = (
        "Adds the item, or replaces the one there is; fields that are left out take their defaults. With ``If-Match`` "
        "the change is refused when the item is not at the version of this ``ETag`` any more, and with "
        "``If-None-Match: *`` when it is there already; what is there as wished already is no conflict."
    )
    return declared(
        handler, name=f"configure_{noun}", description=description, answer=_answer_type(table), body=TABLES[table]
    )


def removing(table: TableName, noun: str) -> Handler:
    async def handler(call: Call) -> Answer[None]:
        name, based_on = call.parameter("name"), version_asked_for(call)
        await remove_item(call.services, table, name, call.principal.actor, based_on=based_on)
        return Answer(None, 204)

    description = (
        "Refused while something else uses the item, or customers wait in it; with ``If-Match`` also when the item is "
        "not at the version of this ``ETag`` any more."
    )
    return declared(handler, name=f"remove_{noun}", description=description, answer=None)


def name_of(call: Call) -> str:
    """The name in the path. Raises RefusedError unless an item can have it."""
    try:
        return msgspec.convert(call.parameter("name"), ConfiguredName)
    except msgspec.ValidationError:
        message = "must be made of lower-case letters, digits, '.', '_' and '-', at most 64"
        raise invalid_field("name", message) from None


def _answer_type(table: TableName) -> type[Item | ListedKey]:
    """The type of an item in answers."""
    return ListedKey if table == "api_keys" else TABLES[table]


def _described(item: Item) -> Item | ListedKey:
    """An item as answers hold it. Of an API key they hold only the scopes."""
    return ListedKey(item.scopes) if isinstance(item, ApiKey) else item
