"""The ledger finds messages that are lost, duplicated or out of order, and finds nothing else."""

import pytest

from gateways.command_line.play.ledger import Faults, Message, Sighting, Thread, Witness

ONE = Message("one", 1, "customer", "Hello", version=4)
TWO = Message("two", 2, "agent", "Good morning", version=5)
THREE = Message("three", 3, "customer", "My card is gone", version=6)
NO_FAULTS = Faults()


def sighting_of(message: Message) -> Sighting:
    return Sighting(message.message_id, message.version, message.speaker, message.text)


ALL = [sighting_of(ONE), sighting_of(TWO), sighting_of(THREE)]


def thread_of(*messages: Message) -> Thread:
    thread = Thread("conversation")
    thread.messages = list(messages)
    return thread


def see(witness: Witness, *sightings: Sighting, complete: bool = True) -> None:
    for sighting in sightings:
        witness.saw(sighting)
    witness.complete = complete


@pytest.fixture(params=["customer_screen", "agent_screen", "read_back"])
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def faults_when(place: str, *sightings: Sighting, complete: bool = True) -> Faults:
    """Returns the faults when one place shows these sightings and the others show everything as it was sent."""
    thread = thread_of(ONE, TWO, THREE)
    for name in ("customer_screen", "agent_screen", "read_back"):
        if name == place:
            see(getattr(thread, name), *sightings, complete=complete)
        else:
            see(getattr(thread, name), *ALL)
    return thread.faults()


def test_each_message_once_and_in_order_is_faultless(place: str) -> None:
    assert faults_when(place, *ALL) == NO_FAULTS


def test_an_acknowledged_message_that_is_missing_is_lost(place: str) -> None:
    assert faults_when(place, ALL[0], ALL[2]) == Faults(lost=frozenset({"two"}))


def test_nothing_is_lost_where_more_may_appear(place: str) -> None:
    assert faults_when(place, ALL[0], complete=False) == NO_FAULTS


def test_another_text_counts_as_lost(place: str) -> None:
    assert faults_when(place, *ALL[:2], ALL[2]._replace(text="My car is gone")) == Faults(lost=frozenset({"three"}))


def test_another_sender_counts_as_lost(place: str) -> None:
    assert faults_when(place, *ALL[:2], ALL[2]._replace(speaker="agent")) == Faults(lost=frozenset({"three"}))


def test_a_message_shown_twice_is_duplicated(place: str) -> None:
    assert faults_when(place, ALL[0], *ALL) == Faults(duplicated=frozenset({"one"}))


def test_a_message_that_nobody_sent_is_duplicated(place: str) -> None:
    assert faults_when(place, *ALL, ALL[2]._replace(message_id="four", version=7)) == Faults(
        duplicated=frozenset({"four"})
    )


def test_a_message_after_a_later_one_is_out_of_order(place: str) -> None:
    assert faults_when(place, ALL[0], ALL[2], ALL[1]) == Faults(out_of_order=frozenset({"two"}))


def test_a_message_at_another_version_than_acknowledged_is_out_of_order(place: str) -> None:
    assert faults_when(place, *ALL[:2], ALL[2]._replace(version=9)) == Faults(out_of_order=frozenset({"three"}))


def test_a_message_that_was_never_acknowledged_may_be_seen_or_not() -> None:
    unsure = Message("four", 4, "agent", "Which one?")
    for sightings in (ALL, [*ALL, Sighting("four", 7, "agent", "Which one?")]):
        thread = thread_of(ONE, TWO, THREE, unsure)
        see(thread.read_back, *sightings)
        assert thread.faults() == NO_FAULTS


def test_a_message_wrong_in_several_places_counts_once() -> None:
    thread = thread_of(ONE, TWO, THREE)
    see(thread.customer_screen, ALL[0])
    see(thread.read_back, ALL[0], ALL[1])
    assert thread.faults() == Faults(lost=frozenset({"two", "three"}))


def test_dropping_the_sightings_keeps_the_faults() -> None:
    thread = thread_of(ONE, TWO, THREE)
    see(thread.agent_screen, ALL[0], *ALL)
    see(thread.customer_screen, ALL[0], ALL[2])
    thread.drop_sightings()
    assert thread.agent_screen.sightings == []
    see(thread.read_back, ALL[0], ALL[2], ALL[1])
    thread.drop_sightings()
    assert thread.faults() == Faults(
        lost=frozenset({"two"}), duplicated=frozenset({"one"}), out_of_order=frozenset({"two"})
    )


def test_acknowledged_messages_are_counted() -> None:
    assert thread_of(ONE, TWO, Message("three", 3, "agent", "Hm")).acknowledged == 2


def test_a_place_that_shows_everything_anew_shows_nothing_twice() -> None:
    thread = thread_of(ONE, TWO, THREE)
    for sightings in (ALL[:1], ALL[:2], ALL):
        thread.customer_screen.show(sightings)
    assert thread.customer_screen.seen == {"one", "two", "three"}
    see(thread.agent_screen, *ALL)
    thread.customer_screen.complete = True
    assert thread.faults() == NO_FAULTS
    thread.customer_screen.show([*ALL[1:], ALL[1]])
    assert thread.faults() == Faults(frozenset({"one"}), frozenset({"two"}), frozenset({"two"}))
