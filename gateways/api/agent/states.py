"""The agent's own state, and all that a desktop needs at its start."""

from functools import partial

import msgspec

from actors.agent import HeldTask
from gateways.agents import states
from gateways.agents.feed_signals import heartbeat_of
from gateways.agents.offered import list_offers
from gateways.agents.offers import note_of_task
from gateways.agents.sessions import profile_of
from gateways.agents.standings import mrds_of
from gateways.api.bodies import conversation_body, mrd_body, offer_body, task_body
from gateways.api.call import Call
from gateways.feeds import AgentSource, FeedAnswer
from gateways.feeds.hub import feed_owner
from gateways.http.answer import Answer
from gateways.http.problems import invalid_input
from gateways.services import Services
from schemas.api.agent import Me, PrimaryPlace, PrimaryRequest, Profile, SetStateRequest, States, Task

__all__ = ["agent_events", "claim_primary", "describe_states", "me", "report_activity", "set_mrd_state", "set_state"]


async def me(call: Call) -> Answer[Me]:
    """The agent's states, tasks and conversations are those at ``position``: the events of the feed beyond it change
    them into those of a later answer. What is offered to the agent is described in ``offers`` as far as it is known by
    now."""
    agent_id, present = call.principal.subject, _present(call)
    offers = [offer_body(each, agent_id) for each in await list_offers(call.services, agent_id)]
    return Answer(msgspec.structs.replace(present, offers=offers))


def _present(call: Call) -> Me:
    """What is there at this moment; it waits for nothing, so that all of it is of the same position."""
    services, agent_id = call.services, call.principal.subject
    state = services.agents.view(agent_id)
    tasks = [_with_note(call, task) for task in services.agents.held(agent_id)]
    held = [services.conversations.get(task.conversation_id) for task in tasks if task.state != "reserved"]
    return Me(
        agent=Profile(*profile_of(services, agent_id)),
        state=state.state,
        connected=services.hub.listens(feed_owner(agent_id)),
        reason=state.reason,
        mrds=[mrd_body(mrd) for mrd in mrds_of(services, agent_id)],
        tasks=tasks,
        conversations=[conversation_body(view, agent_id) for view in held if view is not None],
        position=services.hub.position,
        server_time=services.clock(),
        primary=services.primary_places.holder(feed_owner(agent_id)),
    )


def _with_note(call: Call, task: HeldTask) -> Task:
    return task_body(task, note_of_task(call.services, task.conversation_id, task.task_id))


async def set_state(call: Call, body: SetStateRequest) -> Answer[States]:
    agent_id = call.principal.subject
    await states.set_state(call.services, agent_id, body.state, body.reason)
    return describe_states(call.services, agent_id)


async def set_mrd_state(call: Call, body: SetStateRequest) -> Answer[States]:
    agent_id = call.principal.subject
    await states.set_mrd_state(call.services, agent_id, call.parameter("mrd"), body.state, body.reason)
    return describe_states(call.services, agent_id)


async def report_activity(call: Call) -> Answer[None]:
    """Keeps an agent who is not ready from being logged out as idle."""
    await states.report_activity(call.services, call.principal.subject)
    return Answer(None, 204)


async def claim_primary(call: Call, body: PrimaryRequest) -> Answer[PrimaryPlace]:
    """Of the places where an agent's desktop is open, the primary one alone rings. It is the one that claimed it last,
    and while none of those that did is open, the one whose live feed has been open longest. The signal `PrimaryChanged`
    is sent to all of the agent's live feeds."""
    owner = feed_owner(call.principal.subject)
    return Answer(PrimaryPlace(call.services.primary_places.claim(owner, body.place)))


async def agent_events(call: Call) -> FeedAnswer:
    agent_id, place = call.principal.subject, call.query.get("place")
    claims = call.query.get("primary") == "true"
    if "primary" in call.query and place is None:
        raise invalid_input("primary", "applies only with place")
    begins = call.services.configuration.namesakes.get(agent_id, 0)
    source = AgentSource(agent_id, call.services.agents.involvement(agent_id), begins)
    return FeedAnswer(
        source,
        feed_owner(agent_id),
        heartbeat=partial(heartbeat_of, call.services, agent_id),
        opened=partial(call.services.primary_places.open, place=place, claims=claims),
    )


def describe_states(services: Services, agent_id: str) -> Answer[States]:
    view = services.agents.view(agent_id)
    return Answer(States(view.state, [mrd_body(mrd) for mrd in view.mrds], view.reason))
