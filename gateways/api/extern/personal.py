"""Personal data in the answers to other applications: in clear for keys that have the scope personal too."""

import msgspec

from gateways.api.call import Call
from gateways.feeds.audiences import FeedEvent
from gateways.identity.personal import sees_personal
from gateways.inspection.masking import MASK, masked
from gateways.inspection.viewer import STRANGER, SUPERUSER, Viewer
from schemas.api.agent import ConversationDetail, Conversations
from schemas.events import REGISTRY

__all__ = ["sees", "viewer_of", "without_personal", "without_personal_details"]


def sees(call: Call) -> bool:
    return sees_personal(call.principal, call.services.configuration)


def viewer_of(call: Call) -> Viewer:
    return SUPERUSER if sees(call) else STRANGER


def without_personal(page: Conversations) -> Conversations:
    return msgspec.convert(masked(msgspec.to_builtins(page), Conversations), Conversations)


def without_personal_details(detail: ConversationDetail) -> ConversationDetail:
    """Attributes have any names, which may be personal too: there are none in the answer."""
    customer = msgspec.structs.replace(detail.customer, attributes={})
    bare = msgspec.structs.replace(detail, events=[], customer=customer)
    hidden = masked(msgspec.to_builtins(bare), ConversationDetail)
    plain: ConversationDetail = msgspec.convert({**hidden, "attributes": {}}, ConversationDetail)
    return msgspec.structs.replace(plain, events=[_without_personal(event) for event in detail.events])


def _without_personal(event: FeedEvent) -> FeedEvent:
    type_ = REGISTRY.types.get(event.type)
    data = MASK if type_ is None else masked(msgspec.json.decode(event.data), type_)
    return msgspec.structs.replace(event, data=msgspec.Raw(msgspec.json.encode(data)))
