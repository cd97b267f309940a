"""The state of a stream's entity at any version or instant."""

from datetime import datetime

import msgspec

from actors.journal import Journal
from actors.journal.places import last_version, version_at, versions_between
from gateways.api.call import Call
from gateways.api.inspection.events import describe_event
from gateways.api.inspection.parameters import instant, no_such_stream, stream_name
from gateways.api.inspection.viewers import viewer_of
from gateways.http.answer import Answer
from gateways.http.problems import Problem, invalid_input
from gateways.inspection.exceptions import UnfoldableStreamError
from gateways.inspection.folding import FoldedStates
from gateways.inspection.masking import masked, without_secrets
from gateways.inspection.state import evolve_all, patch_between, readable
from gateways.inspection.viewer import Viewer
from schemas.api.inspection import StateAt
from schemas.exceptions import SchemaError

__all__ = ["state"]


async def state(call: Call) -> Answer[StateAt]:
    """The answer is the state at a version or at an instant, or the newest state. ``changes`` lead to it from the state
    before, as JSON Patch (RFC 6902)."""
    stream, at = stream_name(call), instant(call, "at")
    version = call.number("version", 0, 2**62)
    services = call.services
    body = await services.inspector.work(
        _state,
        services.journal,
        services.inspector.states,
        stream,
        version,
        at,
        viewer_of(call),
    )
    return Answer(body)


def _state(
    journal: Journal, states: FoldedStates, stream: str, version: int, at: datetime | None, viewer: Viewer
) -> bytes:
    last = last_version(journal, stream)
    if not last:
        raise no_such_stream(stream)
    version = _version(journal, stream, version, at, last)
    try:
        return msgspec.json.encode(_state_at(journal, states, stream, version, last, viewer))
    except (UnfoldableStreamError, SchemaError) as error:
        raise Problem("unfoldable_stream", str(error)) from error


def _version(journal: Journal, stream: str, version: int, at: datetime | None, last: int) -> int:
    if version > last:
        raise invalid_input("version", f"must be at most {last}, at which the stream stands")
    if at is None:
        return version or last
    found = version_at(journal, stream, at, last)
    if not found:
        begins = journal.read_stream(stream, 0, 1)[0].at
        raise invalid_input("at", f"must be {begins} or later: then the stream begins")
    return found


def _state_at(journal: Journal, states: FoldedStates, stream: str, version: int, last: int, viewer: Viewer) -> StateAt:
    """The changes are those between the masked states, as the answer holds them."""
    sees = viewer.sees(stream)
    hide = without_secrets if sees else masked
    entity = states.at(stream, version - 1)
    before = hide(readable(entity), type(entity))
    [record] = versions_between(journal, stream, version - 1, version)
    evolve_all(stream, entity, [record])
    after = hide(readable(entity), type(entity))
    return StateAt(
        stream=stream,
        version=version,
        at=record.at,
        event=describe_event(record, viewer),
        state=after,
        previous_version=version - 1 or None,
        changes=patch_between(before, after),
        last_version=last,
        masked=not sees,
    )
