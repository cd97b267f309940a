"""Deadlines, derived from state: they are met although no one sends a command."""

import pytest

from actors.engine import NotDurableError
from schemas.records import agent_stream, conversation_stream
from tests.actors.engine.harness import Harness, accept, end, log_in, post, ready, start, task_of
from tests.actors.engine.journals import FragileJournal
from tests.examples import SALES, identifier, later

ONE = conversation_stream(identifier(1))


@pytest.fixture
def offered(harness: Harness) -> Harness:
    """Conversation 1 is offered to alice; bob comes after her."""
    harness.run(log_in(11, "alice"), ready(12, "alice"), log_in(13, "bob"), ready(14, "bob"), start(1, queue=SALES))
    assert task_of(1) in harness.stored("agent-alice").tasks
    return harness


def state_of_agent(harness: Harness, agent_id: str) -> tuple[str, list[str]]:
    agent = harness.stored(agent_stream(agent_id))
    return agent.state, [task.state for task in agent.tasks.values()]


class TestOffer:
    def test_stands_until_its_time_is_over(self, offered: Harness) -> None:
        position = offered.journal.last_position()
        offered.advance(19.999)
        assert offered.journal.last_position() == position
        assert offered.system.timers.next_instant() == later(20)

    def test_goes_to_the_next_when_it_is(self, offered: Harness) -> None:
        offered.advance(20)
        assert state_of_agent(offered, "alice") == ("not_ready", [])
        assert state_of_agent(offered, "bob") == ("ready", ["reserved"])
        assert offered.stored("agent-alice").reason == "rona"
        assert offered.system.timers.next_instant() == later(40)

    def test_waits_in_line_when_nobody_answers(self, offered: Harness) -> None:
        offered.advance(20)
        offered.advance(20)
        router = offered.stored("router-chat")
        assert [place.task_id for place in router.lines["sales"]] == [task_of(1)]
        excluded = router.tasks[task_of(1)].excluded
        assert {agent_id: let_go.reason for agent_id, let_go in excluded.items()} == {"alice": "rona", "bob": "rona"}
        assert offered.system.timers.next_instant() is None
        offered.ask(ready(15, "alice", later(41)))
        assert state_of_agent(offered, "alice") == ("ready", ["reserved"])

    def test_that_was_accepted_has_no_deadline(self, offered: Harness) -> None:
        offered.ask(accept(15, "alice", 1))
        assert offered.system.timers.next_instant() is None
        position = offered.journal.last_position()
        offered.advance(1_000)
        assert offered.journal.last_position() == position

    def test_is_stamped_with_the_time_at_which_it_fires(self, offered: Harness) -> None:
        position = offered.journal.last_position()
        offered.advance(25)
        records = offered.journal.read_all(position)
        assert {(record.at, record.actor) for record in records} == {("2026-11-22T10:00:25.000000Z", "system")}


class TestWrapUp:
    def test_ends_with_its_time(self, offered: Harness) -> None:
        offered.run(accept(15, "alice", 1), end(16, 1))
        assert offered.stored(ONE).status == "wrap_up"
        assert state_of_agent(offered, "alice") == ("ready", ["wrap_up"])
        assert offered.system.timers.next_instant() == later(30)
        offered.advance(30)
        assert offered.stored(ONE).status == "ended"
        assert state_of_agent(offered, "alice") == ("ready", [])
        assert offered.system.timers.next_instant() is None


class TestDeadlines:
    @pytest.mark.parametrize("seconds", [20, 3_600])
    def test_survive_a_restart(self, offered: Harness, seconds: float) -> None:
        restarted = offered.restarted()
        restarted.system.recover()
        assert restarted.system.timers.next_instant() == later(20)
        restarted.advance(seconds)
        assert state_of_agent(restarted, "alice") == ("not_ready", [])
        assert state_of_agent(restarted, "bob") == ("ready", ["reserved"])

    def test_survive_that_their_entity_leaves_memory(self, journal: FragileJournal) -> None:
        harness = Harness(journal, idle_seconds=5)
        harness.run(log_in(11, "alice"), ready(12, "alice"), start(1))
        harness.now = later(10)
        harness.system.passivate_idle()
        assert {entity.stream for entity in harness.system.entities} == {"router-chat"}
        harness.advance(10)
        assert state_of_agent(harness, "alice") == ("not_ready", [])

    def test_fire_in_the_order_of_their_instants(self, harness: Harness) -> None:
        agents = ("alice", "bob", "carol")
        for number, agent_id in enumerate(agents):
            harness.now = later(number)
            harness.run(
                log_in(20 + number, agent_id),
                ready(30 + number, agent_id),
                start(40 + number, at=harness.now),
            )
        harness.advance(60)
        expired = [record.stream for record in harness.journal.read_all() if record.type == "OfferExpired"]
        assert expired[:3] == ["agent-alice", "agent-bob", "agent-carol"]

    def test_that_could_not_be_met_are_tried_again(self, offered: Harness, journal: FragileJournal) -> None:
        journal.faults = ["before"] * 4
        offered.advance(20)
        assert isinstance(offered.outcomes[-1][1].error, NotDurableError)
        assert state_of_agent(offered, "alice") == ("ready", ["reserved"])
        assert offered.system.timers.next_instant() == later(21)
        offered.advance(1)
        assert state_of_agent(offered, "alice") == ("not_ready", [])

    def test_do_not_fire_for_an_offer_that_was_accepted_in_the_meantime(self, offered: Harness) -> None:
        offered.now = later(20)
        offered.run(accept(15, "alice", 1))
        offered.system.fire()
        assert state_of_agent(offered, "alice") == ("ready", ["active"])

    def test_of_a_batch_that_also_fails_elsewhere_stand(self, offered: Harness) -> None:
        offered.run(post(16, 1), post(17, 99), accept(18, "bob", 1))
        assert offered.system.timers.next_instant() == later(20)
