"""Team memberships, event by event."""

from projections.facts.team_memberships import MEMBERSHIPS, TEAM_MEMBERSHIPS
from schemas.configuration import Agent, Queue, Tables, Team
from schemas.events import Event, ItemConfigured, ItemRemoved
from tests.projections.facts.given import Facts, at, given


def configuration(*moments: tuple[float, Event]) -> Facts:
    return given(TEAM_MEMBERSHIPS, *(at(seconds, "configuration-centre", event) for seconds, event in moments))


def agent(team: str | None, agent_id: str = "alice", name: str = "Alice") -> ItemConfigured:
    return ItemConfigured(item=Tables(agents={agent_id: Agent(name=name, team=team)}))


def memberships(facts: Facts) -> list[tuple[object, ...]]:
    return facts.rows(MEMBERSHIPS, "agent_id", "team", "started_at", "ended_at")


def test_a_membership_lasts_until_the_agent_changes_teams() -> None:
    facts = configuration((0, agent("first")), (9, agent("second")))
    assert memberships(facts) == [("alice", "first", 0, 9), ("alice", "second", 9, None)]
    assert facts.rows(MEMBERSHIPS, "position") == [(1,), (2,)]


def test_other_changes_of_an_agents_configuration_change_no_membership() -> None:
    assert memberships(configuration((0, agent("first")), (9, agent("first", name="Al")))) == [
        ("alice", "first", 0, None)
    ]


def test_an_agent_without_a_team_belongs_to_none() -> None:
    assert memberships(configuration((0, agent(None)), (5, agent(None)))) == []
    facts = configuration((0, agent("first")), (5, agent(None)), (9, agent("first")))
    assert memberships(facts) == [("alice", "first", 0, 5), ("alice", "first", 9, None)]


def test_an_agent_who_is_removed_leaves_the_team() -> None:
    facts = configuration(
        (0, agent("first")),
        (5, ItemRemoved(table="agents", name="alice")),
        (6, ItemRemoved(table="agents", name="alice")),
        (9, agent("second")),
    )
    assert memberships(facts) == [("alice", "first", 0, 5), ("alice", "second", 9, None)]


def test_an_agent_who_has_no_team_or_is_not_known_may_be_removed() -> None:
    removed = ItemRemoved(table="agents", name="alice")
    assert memberships(configuration((0, removed), (1, agent(None)), (2, removed))) == []


def test_a_team_or_a_queue_of_an_agents_name_is_none_of_the_agent() -> None:
    facts = configuration(
        (0, agent("first")),
        (1, ItemConfigured(item=Tables(teams={"alice": Team()}))),
        (2, ItemRemoved(table="teams", name="alice")),
        (3, ItemConfigured(item=Tables(queues={"alice": Queue(mrd="chat")}))),
        (4, ItemRemoved(table="queues", name="alice")),
    )
    assert memberships(facts) == [("alice", "first", 0, None)]


def test_agents_have_nothing_to_do_with_each_other() -> None:
    facts = configuration((0, agent("first")), (1, agent("first", "bob")), (5, agent("second")))
    assert memberships(facts) == [
        ("alice", "first", 0, 5),
        ("bob", "first", 1, None),
        ("alice", "second", 5, None),
    ]
