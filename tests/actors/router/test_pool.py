"""The agents of an MRD as sets of bits."""

import pytest

from actors.router import AgentPool, Availability
from tests.examples import NOW, later


def pool_of(*names: str) -> AgentPool:
    pool = AgentPool()
    for name in names:
        pool.admit(name, NOW)
    return pool


def set_free(pool: AgentPool, agent_id: str, seconds: float = 0, max_tasks: int = 1) -> Availability:
    agent = pool.admit(agent_id, NOW)
    agent.accepting, agent.max_tasks, agent.available_since = True, max_tasks, later(seconds)
    pool.index(agent)
    return agent


def test_numbers_agents_as_they_come() -> None:
    pool = pool_of("alice", "bob")
    assert [(agent.agent_id, agent.number) for agent in pool] == [("alice", 0), ("bob", 1)]


def test_keeps_the_number_of_an_agent() -> None:
    pool = pool_of("alice", "bob")
    assert pool.admit("alice", later(9)) is pool.get("alice")
    assert pool.admit("alice", later(9)).available_since == NOW


def test_knows_no_other_agent() -> None:
    assert pool_of("alice").get("bob") is None


class TestFreeSlots:
    @pytest.mark.parametrize(
        ("accepting", "active_tasks", "offers", "slots"),
        [(True, 0, {}, 3), (True, 1, {"t": NOW}, 1), (True, 2, {"t": NOW}, 0), (True, 4, {}, -1), (False, 0, {}, 0)],
    )
    def test_are_the_capacity_without_tasks_and_offers(
        self, accepting: bool, active_tasks: int, offers: dict[str, object], slots: int
    ) -> None:
        agent = Availability("alice", 0, NOW, accepting, 3, active_tasks, offers=dict.fromkeys(offers, NOW))
        assert agent.free_slots == slots


class TestIndex:
    def test_has_the_free_and_the_accepting(self) -> None:
        pool = pool_of("alice", "bob", "carol")
        set_free(pool, "bob")
        full = set_free(pool, "carol")
        full.active_tasks = 1
        pool.index(full)
        assert (pool.free, pool.accepting) == (0b010, 0b110)

    def test_forgets_an_agent_who_is_away(self) -> None:
        pool = pool_of("alice")
        agent = set_free(pool, "alice")
        agent.accepting = False
        pool.index(agent)
        assert (pool.free, pool.accepting, list(pool.order), agent.standing) == (0, 0, [], None)

    def test_has_each_agent_once_after_any_number_of_reports(self) -> None:
        pool = pool_of("alice")
        for seconds in (1, 1, 5):
            set_free(pool, "alice", seconds)
        assert list(pool.order) == [(later(5), 0)]


class TestLongestAvailable:
    @pytest.mark.parametrize("others", [0, 300], ids=["few", "many"])
    def test_come_in_order_of_time_then_number(self, others: int) -> None:
        pool = pool_of("alice", "bob", "carol")
        set_free(pool, "alice", 5)
        set_free(pool, "bob", 1)
        set_free(pool, "carol", 1)
        for number in range(others):
            set_free(pool, f"agent-{number}", 10 + number)
        found = pool.longest_available(pool.free, 3)
        assert [agent.agent_id for agent in found] == ["bob", "carol", "alice"]

    @pytest.mark.parametrize("others", [0, 300], ids=["few", "many"])
    def test_are_among_those_asked_for(self, others: int) -> None:
        pool = pool_of("alice", "bob")
        set_free(pool, "alice", 1)
        set_free(pool, "bob", 2)
        for number in range(others):
            set_free(pool, f"agent-{number}", 10 + number)
        among = pool.free & ~0b01
        assert [agent.agent_id for agent in pool.longest_available(among, 1)] == ["bob"]

    def test_are_all_where_there_are_not_more(self) -> None:
        pool = pool_of("alice")
        set_free(pool, "alice")
        assert len(pool.longest_available(pool.free, 10)) == 1
        assert pool.longest_available(0, 10) == []

    def test_of_many_are_all_where_there_are_not_more(self) -> None:
        pool = pool_of()
        for number in range(300):
            set_free(pool, f"agent-{number}", number)
        assert len(pool.longest_available(pool.free, 1_000)) == 300


class TestExcludedCounts:
    def test_count_agents_by_what_excludes_them(self) -> None:
        pool = pool_of("away", "busy", "unskilled", "candidate")
        set_free(pool, "busy", max_tasks=0)
        set_free(pool, "unskilled")
        set_free(pool, "candidate")
        assert pool.excluded_counts(0b1000) == {"not_ready": 1, "busy": 1, "criterion": 1}

    def test_leave_out_reasons_that_exclude_no_agent(self) -> None:
        pool = pool_of("alice")
        set_free(pool, "alice")
        assert pool.excluded_counts(0b1) == {}
