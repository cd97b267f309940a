"""The conversations, for other applications: what is said in them, and their labels and attributes."""

import msgspec

from gateways.api.bodies import conversation_body
from gateways.api.call import Call
from gateways.api.extern.personal import sees, without_personal, without_personal_details
from gateways.api.zone_parameter import zone_of
from gateways.conversations import marking
from gateways.conversations.listing import ConversationFilter, list_conversations, list_previous
from gateways.conversations.reading import find_conversation, read_events
from gateways.conversations.transcript import as_html, as_text, by_clock_of, read_transcript
from gateways.exceptions import RefusedError
from gateways.http.answer import Answer
from schemas.api.agent import AttributesRequest, ConversationDetail, Conversations, LabelsRequest
from schemas.api.customer import Acknowledged, Transcript
from schemas.content import Sender
from schemas.replies import Done, RefusalCode

__all__ = [
    "all_conversations",
    "change_conversation_attributes",
    "change_conversation_labels",
    "conversation_transcript",
    "one_conversation",
]


async def all_conversations(call: Call) -> Answer[Conversations]:
    """Conversations are listed newest first: the open ones and those that ended last. The older ones are found by `q`
    alone, which needs the scope personal."""
    if call.query.get("q") and not sees(call):
        raise RefusedError(
            RefusalCode.SCOPE_MISSING, "q looks into personal data: the API key needs the scope personal"
        )
    team = call.query.get("team")
    members = None
    if team is not None:
        agents = call.services.configuration.agents
        members = frozenset(agent_id for agent_id, agent in agents.items() if agent.team == team)
    wanted = ConversationFilter(
        status=call.query.get("status"),
        channel=call.query.get("channel"),
        queue=call.query.get("queue"),
        members=members,
        label=call.query.get("label"),
        text=call.query.get("q"),
    )
    limit = call.number("limit", 50, 500)
    page = await list_conversations(call.services, call.principal, wanted, call.query.get("after"), limit)
    found = Conversations([conversation_body(view) for view in page.conversations], page.next)
    return Answer(found if sees(call) else without_personal(found))


async def one_conversation(call: Call) -> Answer[ConversationDetail]:
    """The events are those that agents see. Without the scope personal there are no attributes."""
    view = await find_conversation(call.services, call.identifier("id"))
    events = await read_events(call.services, view.conversation_id)
    earlier = [conversation_body(other) for other in list_previous(call.services, view)]
    detail = ConversationDetail(conversation_body(view), events, view.customer, view.attributes, earlier)
    return Answer(detail if sees(call) else without_personal_details(detail))


async def conversation_transcript(call: Call) -> Answer[Transcript]:
    """The conversation as its customer sees it. Instants are by the clock of `zone`, which the text and the page
    name. Without the scope personal, words and names are `•••`."""
    zone = zone_of(call)
    made = await read_transcript(call.services, call.identifier("id"), in_clear=sees(call))
    match call.query.get("format", "json"):
        case "text":
            return Answer(as_text(made, zone).encode(), media="text/plain; charset=utf-8")
        case "html":
            return Answer(as_html(made, zone).encode(), media="text/html; charset=utf-8")
    return Answer(msgspec.convert(by_clock_of(zone, made), Transcript, from_attributes=True))


async def change_conversation_labels(call: Call, body: LabelsRequest) -> Answer[Acknowledged]:
    sender = Sender("application", call.principal.subject)
    done = await marking.change_labels(call.services, call.identifier("id"), sender, body.add, body.remove)
    return _acknowledged(done)


async def change_conversation_attributes(call: Call, body: AttributesRequest) -> Answer[Acknowledged]:
    """Attributes that are null are removed."""
    sender = Sender("application", call.principal.subject)
    return _acknowledged(await marking.change_attributes(call.services, call.identifier("id"), sender, body.attributes))


def _acknowledged(done: Done) -> Answer[Acknowledged]:
    return Answer(Acknowledged(done.version), replayed=done.replayed)
