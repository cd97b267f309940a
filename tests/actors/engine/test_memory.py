"""Entities in memory, and their return to it."""

import pytest

from schemas.exceptions import UnknownEventTypeError
from schemas.records import conversation_stream
from schemas.replies import MessageReply
from tests.actors.engine.harness import Harness, accept, end, log_in, log_out, post, ready, start
from tests.actors.engine.journals import FragileJournal
from tests.examples import SALES, identifier, later, new_record


def in_memory(harness: Harness) -> set[str]:
    return {entity.stream for entity in harness.system.entities}


def conversation(number: int) -> str:
    return conversation_stream(identifier(number))


@pytest.fixture
def busy(harness: Harness) -> Harness:
    """Conversations with the bot (1), in line (2), with alice (3), in wrap-up (4) and ended (5); bob has logged out."""
    harness.run(log_in(11, "alice", max_tasks=2), ready(12, "alice"), log_in(13, "bob"), ready(14, "bob"))
    harness.run(log_out(15, "bob"))
    harness.run(start(3), accept(16, "alice", 3), start(4, queue=SALES), accept(17, "alice", 4), end(18, 4))
    harness.run(start(1, bot="greeter"), start(2), start(5, bot="greeter"), end(19, 5))
    return harness


OPEN = {"router-chat", "agent-alice", *map(conversation, (1, 2, 3, 4))}


class TestEntityRegistry:
    def test_are_those_with_something_to_expect(self, busy: Harness) -> None:
        assert in_memory(busy) == OPEN

    def test_have_the_state_in_the_journal(self, busy: Harness) -> None:
        for entity in busy.system.entities:
            assert entity.state == busy.stored(entity.stream)

    def test_that_left_come_back_when_they_are_asked(self, busy: Harness) -> None:
        assert busy.ask(post(20, 1)) == MessageReply(identifier(20), 2)
        busy.ask(end(21, 1))
        assert conversation(1) not in in_memory(busy)
        assert busy.ask(post(20, 1)) == MessageReply(identifier(20), 2, replayed=True)
        assert conversation(1) not in in_memory(busy)

    def test_are_not_unknown_entities(self, harness: Harness) -> None:
        harness.run(*(post(number, number) for number in range(1, 50)))
        assert len(harness.system.entities) == 0

    def test_leave_their_actors_to_others(self, harness: Harness) -> None:
        harness.ask(start(1, bot="greeter"))
        first = harness.system.entities.get(conversation(1))
        assert first is not None
        harness.ask(end(2, 1))
        harness.ask(start(3, bot="greeter"))
        second = harness.system.entities.get(conversation(3))
        assert second is not None
        assert second.address == first.address

    def test_leave_nothing_of_themselves_in_the_actor(self, harness: Harness) -> None:
        for number in range(1, 20):
            harness.run(start(number, bot="greeter"), post(100 + number, number), end(200 + number, number))
            assert harness.types(conversation(number)) == ["ConversationStarted", "MessagePosted", "ConversationEnded"]
        assert len(harness.system.entities) == 0


class TestPassivation:
    def test_takes_entities_that_have_long_not_been_used(self, journal: FragileJournal) -> None:
        harness = Harness(journal, idle_seconds=60)
        harness.run(start(1, bot="greeter"), start(2, bot="greeter"))
        harness.now = later(50)
        harness.ask(post(3, 1))
        harness.now = later(70)
        harness.system.passivate_idle()
        assert in_memory(harness) == {conversation(1)}
        harness.now = later(111)
        harness.system.passivate_idle()
        assert in_memory(harness) == set()

    def test_spares_those_that_stay(self, journal: FragileJournal) -> None:
        harness = Harness(journal, idle_seconds=1)
        harness.run(start(1))
        harness.now = later(100_000)
        harness.system.passivate_idle()
        assert in_memory(harness) == {"router-chat"}

    def test_is_not_noticed(self, journal: FragileJournal) -> None:
        harness = Harness(journal, idle_seconds=1)
        harness.run(log_in(11, "alice"), ready(12, "alice"), start(1, bot="greeter"), post(2, 1))
        for number in range(3, 30):
            harness.now = later(10 * number)
            harness.system.passivate_idle()
            assert in_memory(harness) == {"router-chat"}
            assert harness.ask(post(100 + number, 1)) == MessageReply(identifier(100 + number), number)
        assert harness.stored(conversation(1)).version == 29

    def test_spares_recovered_entities(self, busy: Harness) -> None:
        restarted = busy.restarted()
        restarted.system.recover()
        restarted.system.passivate_idle()
        assert in_memory(restarted) == OPEN


class TestRecovery:
    def test_brings_back_open_entities(self, busy: Harness) -> None:
        restarted = busy.restarted()
        assert restarted.system.recover() == busy.journal.last_position()
        assert in_memory(restarted) == OPEN
        for entity in restarted.system.entities:
            live = busy.system.entities.get(entity.stream)
            assert live is not None
            assert entity.state == live.state
        assert len(restarted.system.timers) == len(busy.system.timers) == 1

    def test_goes_on_where_it_stopped(self, busy: Harness) -> None:
        restarted = busy.restarted()
        restarted.system.recover()
        assert restarted.ask(post(20, 3)) == MessageReply(identifier(20), 4)
        restarted.advance(30)
        assert busy.stored(conversation(4)).status == "ended"

    def test_of_an_empty_journal_finds_nothing(self, harness: Harness) -> None:
        assert harness.system.recover() == 0
        assert len(harness.system.entities) == 0

    def test_knows_entities_that_came_back(self, harness: Harness) -> None:
        harness.run(log_in(1, "alice"), ready(2, "alice"))
        harness.run(log_out(3, "alice"))
        harness.run(log_in(4, "alice", max_tasks=5), start(5, bot="greeter"), end(6, 5), post(7, 5))
        restarted = harness.restarted()
        restarted.system.recover()
        assert in_memory(restarted) == {"agent-alice", "router-chat"}
        live = restarted.system.entities.get("agent-alice")
        assert live is not None
        assert live.state == harness.stored("agent-alice")

    def test_reads_a_long_record_in_parts(self, harness: Harness) -> None:
        harness.ask(start(1, bot="greeter"))
        harness.run(*(post(number, 1) for number in range(2, 4_502)))
        restarted = harness.restarted()
        assert restarted.system.recover() == 4_501
        entity = restarted.system.entities.get(conversation(1))
        assert entity is not None
        assert entity.state == harness.stored(conversation(1))

    def test_does_not_go_past_an_unreadable_event(self, harness: Harness) -> None:
        record = new_record("agent-alice", 1)
        record.type = "SomethingNewer"
        harness.journal.append([record])
        with pytest.raises(UnknownEventTypeError, match="agent-alice version 1"):
            harness.restarted().system.recover()
