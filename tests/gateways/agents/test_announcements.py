"""Announcements, without HTTP."""

import pytest

from gateways.agents.announcements import announce
from gateways.services import Services
from schemas.events import REGISTRY, AnnouncementReceived
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import agent_types, log_in, principal, refused

pytestmark = pytest.mark.asyncio


async def test_an_announcement_reaches_supervised_agents_who_are_logged_in(services: Services) -> None:
    await log_in(services, "alice", "sue", "root")
    made = await announce(services, principal(services, "sue"), "The shop is down")
    assert (made.agents, made.replayed) == (2, False)
    received = REGISTRY.decode(services.journal.read_stream("agent-alice")[-1])
    assert isinstance(received, AnnouncementReceived)
    assert (received.announced_by, received.text) == ("sue", "The shop is down")
    assert "AnnouncementReceived" not in agent_types(services, "root") + agent_types(services, "bob")


async def test_an_announcement_reaches_one_team(services: Services) -> None:
    await log_in(services, "alice", "sue", "root")
    assert (await announce(services, principal(services, "root"), "The shop is down", "service")).agents == 1


async def test_a_repeated_announcement_reaches_agents_who_logged_in_later(services: Services) -> None:
    await log_in(services, "alice")
    sue, id_ = principal(services, "sue"), new_id()
    assert await announce(services, sue, "The shop is down", announcement_id=id_) == (id_, 1, False)
    assert await announce(services, sue, "The shop is down", announcement_id=id_) == (id_, 1, True)
    await log_in(services, "bob")
    assert await announce(services, sue, "The shop is down", announcement_id=id_) == (id_, 2, False)
    assert agent_types(services, "alice").count("AnnouncementReceived") == 1
    with refused(services, RefusalCode.ID_CONFLICT):
        await announce(services, sue, "The shop is up", announcement_id=id_)


async def test_an_announcement_is_refused(services: Services) -> None:
    with refused(services, RefusalCode.ROLE_MISSING):
        await announce(services, principal(services, "alice"), "The shop is down")
    await log_in(services, "alice")
    with refused(services, RefusalCode.INVALID_INPUT, "team"):
        await announce(services, principal(services, "sue"), "The shop is down", "nowhere")
