"""The history of the configuration, and undoing a change."""

from gateways.api.admin.versions import etag
from gateways.api.call import Call
from gateways.configuration.history import HistoryEntry, WantedChanges, read_history
from gateways.configuration.recorded_changes import described
from gateways.configuration.undoing import undo_change
from gateways.http.answer import Answer
from schemas.api.admin import ConfigurationChange, History, Undone
from schemas.instants import parse_instant

__all__ = ["history", "undo"]

_PAGE = 50
_MAX_PAGE = 200


async def history(call: Call) -> Answer[History]:
    """The newest change comes first. An import is one change of many items, which have the same ``correlation_id``.
    Items are as reading them answers: of an API key, the scopes alone."""
    query = call.query
    wanted = WantedChanges(
        limit=call.number("limit", _PAGE, _MAX_PAGE),
        before=int(query["before"]) if "before" in query else None,
        kind=query.get("kind"),
        name=query.get("name"),
        changed_by=query.get("changed_by"),
        correlation_id=query.get("correlation_id"),
    )
    page = await read_history(call.services, wanted)
    return Answer(History([_described(entry) for entry in page.entries], page.next))


async def undo(call: Call) -> Answer[Undone]:
    """Puts back what was before the change, as a new change. An undone creation removes the item, an undone removal
    adds it again; the password of an agent who is added again has to be set. Refused when the item has been changed
    since, and as every change is: while something else uses what would be removed, or customers wait in it."""
    undone = await undo_change(call.services, call.identifier("event_id"), call.principal.actor)
    answer = Undone(undone.table, undone.name, described(undone.item), undone.version)
    return Answer(answer, replayed=undone.replayed, headers=etag(undone.version))


def _described(entry: HistoryEntry) -> ConfigurationChange:
    change, record = entry.change, entry.change.record
    return ConfigurationChange(
        event_id=record.event_id,
        version=record.version,
        position=record.position,
        at=parse_instant(record.at),
        actor=record.actor,
        kind=change.table,
        name=change.name,
        before=described(entry.before),
        after=described(change.item),
        correlation_id=record.correlation_id,
        together=entry.together,
        undoable=entry.undoable,
    )
