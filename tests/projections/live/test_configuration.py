"""The live view of the configuration."""

import pytest

from projections import ConfigurationView
from schemas.agents import AgentSettings, MrdSettings
from schemas.configuration import Agent, Channel, Mrd, Queue, Tables
from schemas.events import REGISTRY, Event, ItemConfigured, ItemRemoved
from schemas.queues import QueueSettings
from schemas.records import CENTRE, Record
from tests.examples import identifier


def view_of(*events: Event, stream: str = CENTRE) -> ConfigurationView:
    view = ConfigurationView()
    for version, event in enumerate(events, 1):
        record = Record(
            stream=stream,
            version=version,
            event_id=identifier(version),
            type=type(event).__name__,
            at="2026-11-22T10:00:00.000000Z",
            schema_version=1,
            correlation_id="correlation",
            causation_id="causation",
            actor="system",
            data=REGISTRY.encode(event),
            position=version,
        )
        view.apply(record, event)
    return view


CENTRE_TABLES = Tables(
    mrds={"chat": Mrd(max_tasks=3), "voice": Mrd(interruptible=False)},
    queues={"support": Queue(mrd="chat", priority=8, wrap_up_seconds=30.0), "calls": Queue(mrd="voice")},
    channels={"web": Channel(queue="support")},
    agents={"alice": Agent(name="Alice", mrds=["voice"])},
)
CONFIGURED = ItemConfigured(item=CENTRE_TABLES)


def test_follows_its_stream_and_no_other() -> None:
    assert view_of(CONFIGURED).tables == CENTRE_TABLES
    assert view_of(CONFIGURED).version == 1
    assert view_of(CONFIGURED, stream="agent-alice").tables == Tables()


def test_the_live_configuration_resolves_settings() -> None:
    view = view_of(CONFIGURED)
    support = QueueSettings(name="support", mrd="chat", priority=8, wrap_up_seconds=30.0)
    assert view.queue_settings("support") == support
    assert view.agent_settings("alice") == AgentSettings(name="Alice", mrds={"voice": MrdSettings(1, False)})
    with pytest.raises(KeyError):
        view.queue_settings("sales")
    with pytest.raises(KeyError):
        view.agent_settings("bob")


def test_finds_a_line_for_every_conversation() -> None:
    view = view_of(CONFIGURED)
    assert view.queue_settings_of("calls", "voice", "web").name == "calls"
    assert view.queue_settings_of("removed", "chat", "web").name == "support"
    assert view.queue_settings_of("removed", "mail", "removed") == QueueSettings(name="removed", mrd="mail")


def test_knows_the_agents_who_were_removed_and_not_added_again() -> None:
    removed = ItemRemoved(table="agents", name="alice")
    assert view_of(CONFIGURED).former_agents == set()
    assert view_of(CONFIGURED, removed).former_agents == {"alice"}
    assert view_of(CONFIGURED, ItemRemoved(table="queues", name="calls")).former_agents == set()
    assert view_of(CONFIGURED, removed, CONFIGURED).former_agents == set()


def test_knows_since_when_an_agent_bears_the_name_of_a_removed_one() -> None:
    removed = ItemRemoved(table="agents", name="alice")
    assert view_of(CONFIGURED, CONFIGURED).namesakes == {}
    assert view_of(CONFIGURED, removed).namesakes == {}
    assert view_of(CONFIGURED, removed, CONFIGURED).namesakes == {"alice": 3}
