"""Logging in and out, without HTTP."""

import msgspec
import pytest

from config.demo import DEMO_PASSWORD
from gateways.agents.offers import accept_task
from gateways.agents.sessions import (
    end_other_sessions,
    end_session,
    log_in,
    log_out,
    open_session,
    profile_of,
    refresh_session,
)
from gateways.agents.shifts import begin_shift
from gateways.agents.states import set_state
from gateways.feeds.hub import Ending
from gateways.services import Services
from gateways.services.asking import ask
from schemas.commands import ConfigureItem
from schemas.events import REGISTRY, AgentLoggedOut
from schemas.records import CENTRE
from schemas.replies import ConfigurationReply, RefusalCode
from tests.gateways.calling import agent_types, offered, ready, refused, serve, start, types
from tests.gateways.centre import eventually

pytestmark = pytest.mark.asyncio

ADDRESS = "192.0.2.1"


async def test_logging_in_with_a_password(services: Services) -> None:
    services.accounts.set_passwords({"alice": DEMO_PASSWORD})
    session = await log_in(services, "alice", DEMO_PASSWORD, ADDRESS)
    assert session.agent == ("alice", "Alice", "agent")
    assert session.agent == profile_of(services, "alice")
    assert services.tokens.check(session.access_token).subject == "alice"
    assert agent_types(services, "alice") == []


async def test_logging_in_with_a_wrong_password_is_refused(services: Services) -> None:
    services.accounts.set_passwords({"alice": DEMO_PASSWORD, "gone": DEMO_PASSWORD})
    for username, password in (("alice", "wrong"), ("nobody", DEMO_PASSWORD), ("gone", DEMO_PASSWORD)):
        with refused(services, RefusalCode.INVALID_CREDENTIALS):
            await log_in(services, username, password, ADDRESS)


async def test_logging_in_after_too_many_failures_is_refused_by_address(services: Services) -> None:
    services.accounts.set_passwords({"alice": DEMO_PASSWORD})
    for _ in range(services.settings.limits.failed_logins_per_minute):
        with refused(services, RefusalCode.INVALID_CREDENTIALS):
            await log_in(services, "alice", "wrong", ADDRESS)
    with refused(services, RefusalCode.TOO_MANY_REQUESTS):
        await log_in(services, "alice", DEMO_PASSWORD, ADDRESS)
    assert await log_in(services, "alice", DEMO_PASSWORD, "192.0.2.2")


async def test_a_session_opens_without_a_password(services: Services) -> None:
    assert (await open_session(services, "alice")).agent.name == "Alice"
    with refused(services, RefusalCode.AGENT_REMOVED):
        await open_session(services, "nobody")
    with refused(services, RefusalCode.AGENT_REMOVED):
        profile_of(services, "nobody")


async def test_a_repeated_refresh_gives_the_same_successor(services: Services) -> None:
    session = await open_session(services, "alice")
    refreshed = [await refresh_session(services, session.refresh_token) for _ in range(3)]
    (successor,) = {each.refresh_token for each in refreshed}
    assert successor != session.refresh_token
    assert (await refresh_session(services, successor)).session_id == session.session_id


async def test_a_refresh_token_that_is_used_later_again_ends_the_session(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    stolen, other = await open_session(services, "alice"), await open_session(services, "alice")
    successor = await refresh_session(services, stolen.refresh_token)
    listener = services.hub.listen("agent:alice", stolen.session_id)
    monkeypatch.setattr("gateways.identity.sessions.REPEAT_SECONDS", 0.0)
    with refused(services, RefusalCode.INVALID_REFRESH_TOKEN):
        await refresh_session(services, stolen.refresh_token)
    with refused(services, RefusalCode.INVALID_REFRESH_TOKEN):
        await refresh_session(services, successor.refresh_token)
    assert (listener.closed, listener.ending) == (True, Ending.SESSION_ENDED)
    assert services.accounts.sessions.is_active(other.session_id)


async def test_an_agent_ends_one_session_or_all_others(services: Services) -> None:
    kept, one, other = [await open_session(services, "alice") for _ in range(3)]
    bobs = await open_session(services, "bob")
    with refused(services, RefusalCode.NOT_FOUND):
        await end_session(services, "alice", bobs.session_id)
    await end_session(services, "alice", one.session_id)
    assert [each.session_id for each in services.accounts.sessions.of_agent("alice")] == [
        other.session_id,
        kept.session_id,
    ]
    await end_other_sessions(services, "alice", kept.session_id)
    assert [each.session_id for each in services.accounts.sessions.of_agent("alice")] == [kept.session_id]
    assert services.accounts.sessions.is_active(bobs.session_id)


async def test_with_the_last_session_the_shift_ends(services: Services) -> None:
    desktop, phone = await open_session(services, "alice"), await open_session(services, "alice")
    await set_state(services, "alice", "ready")
    await end_session(services, "alice", phone.session_id)
    assert services.agents.view("alice").state == "ready"
    await end_session(services, "alice", desktop.session_id)
    assert "AgentLoggedOut" in agent_types(services, "alice")
    assert services.agents.view("alice").reason == "session_ended"


async def test_logging_out_ends_the_agents_sessions(services: Services) -> None:
    session = await open_session(services, "alice")
    await begin_shift(services, "alice")
    await log_out(services, "alice", "end_of_shift")
    last = REGISTRY.decode(services.journal.read_stream("agent-alice")[-1])
    assert isinstance(last, AgentLoggedOut)
    assert last.reason == "end_of_shift"
    with refused(services, RefusalCode.INVALID_REFRESH_TOKEN):
        await refresh_session(services, session.refresh_token)


async def test_logging_out_closes_the_conversations_of_an_mrd(services: Services) -> None:
    conversation_id = await serve(services)
    await log_out(services, "alice", tasks={"chat": "close"})
    await eventually(lambda: "ConversationEnded" in types(services, conversation_id))


async def test_logging_out_leaves_conversations_to_others(services: Services) -> None:
    conversation_id = await serve(services)
    await ready(services, "bob")
    await log_out(services, "alice")
    task = await offered(services, "bob")
    await accept_task(services, "bob", task.task_id)
    await eventually(lambda: types(services, conversation_id).count("AgentJoined") == 2)


async def test_logging_out_is_refused(services: Services) -> None:
    await ready(services, "alice")
    await start(services)
    await offered(services, "alice")
    with refused(services, RefusalCode.INVALID_INPUT, "reason"):
        await log_out(services, "alice", "lunch")
    with refused(services, RefusalCode.INVALID_INPUT, "tasks.email"):
        await log_out(services, "alice", tasks={"email": "close"})


async def disable(services: Services, agent_id: str, *, disabled: bool = True) -> None:
    agent = msgspec.structs.replace(services.configuration.agents[agent_id], disabled=disabled)
    command = ConfigureItem(at=services.clock(), name=agent_id, item=agent)
    await ask(services, CENTRE, command, "agent:root", ConfigurationReply)


async def test_a_disabled_agent_is_logged_out_and_cannot_log_in(services: Services) -> None:
    services.accounts.set_passwords({"alice": DEMO_PASSWORD})
    conversation_id = await serve(services)
    session = await open_session(services, "alice")
    listener = services.hub.listen("agent:alice", session.session_id)
    await disable(services, "alice")
    await eventually(lambda: listener.closed)
    assert listener.ending is Ending.SESSION_ENDED
    assert services.agents.view("alice").reason == "agent_disabled"
    await eventually(lambda: "AgentLeft" in types(services, conversation_id))
    with refused(services, RefusalCode.INVALID_REFRESH_TOKEN):
        await refresh_session(services, session.refresh_token)
    with refused(services, RefusalCode.INVALID_CREDENTIALS):
        await log_in(services, "alice", "wrong", ADDRESS)
    with refused(services, RefusalCode.AGENT_DISABLED):
        await log_in(services, "alice", DEMO_PASSWORD, ADDRESS)
    with refused(services, RefusalCode.AGENT_DISABLED):
        await open_session(services, "alice")
    with refused(services, RefusalCode.AGENT_DISABLED):
        await begin_shift(services, "alice")
    assert services.accounts.sessions.of_agent("alice") == []


async def test_an_agent_who_is_enabled_again_logs_in_with_the_same_password(services: Services) -> None:
    services.accounts.set_passwords({"alice": DEMO_PASSWORD})
    await disable(services, "alice")
    await disable(services, "alice", disabled=False)
    assert (await log_in(services, "alice", DEMO_PASSWORD, ADDRESS)).agent.agent_id == "alice"


async def test_the_last_administrator_cannot_be_disabled(services: Services) -> None:
    with refused(services, RefusalCode.CONFIGURATION_CONFLICT, "agents.root.disabled"):
        await disable(services, "root")
