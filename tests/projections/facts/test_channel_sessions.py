"""Channel sessions, event by event."""

from projections.facts.channel_sessions import CHANNEL_SESSIONS, SESSIONS
from schemas.events import Customer, CustomerReturned, Event
from tests.examples import later
from tests.projections.facts.conversing import BOT, CUSTOMER, conversing, ended, posted, started
from tests.projections.facts.given import Facts, given


def sessions(*moments: tuple[float, *tuple[Event, ...]]) -> Facts:
    return given(CHANNEL_SESSIONS, *conversing(*moments))


def returned(seconds: float) -> CustomerReturned:
    return CustomerReturned(returned_at=later(seconds))


def times(facts: Facts) -> list[tuple[object, ...]]:
    return facts.rows(SESSIONS, "number", "started_at", "ended_at", "disposition")


def test_a_session_lasts_as_long_as_the_conversation() -> None:
    assert times(sessions((0, started()), (3, posted(CUSTOMER)))) == [(1, 0, None, None)]
    assert times(sessions((0, started()), (9, ended("bot_ended", BOT)))) == [(1, 0, 9, "bot_ended")]
    assert times(sessions((0, started(), ended()))) == [(1, 0, 0, "customer_left")]


def test_a_session_has_its_customer_and_its_channel() -> None:
    customer = Customer(id="7", name="Ann", email="ann@example.com", phone="+1", attributes={"vip": True})
    facts = sessions((0, started(customer=customer, channel="sms", language="de")), (5, returned(5)))
    who = ("c1", "sms", "7", "Ann", "ann@example.com", "+1", "de")
    columns = ("customer_id", "customer_name", "customer_email", "customer_phone", "language")
    assert facts.rows(SESSIONS, "position", "conversation_id", "channel", *columns) == [(1, *who), (2, *who)]


def test_a_customer_who_returns_begins_another_session() -> None:
    facts = sessions((0, started()), (5, returned(5)), (9, returned(9)), (20, ended("customer_inactive")))
    assert times(facts) == [(1, 0, 5, "returned"), (2, 5, 9, "returned"), (3, 9, 20, "customer_inactive")]


def test_a_customer_who_returns_after_the_end_has_no_session() -> None:
    facts = sessions((0, started()), (5, ended()), (9, returned(9)), (12, ended("force_closed")))
    assert times(facts) == [(1, 0, 5, "customer_left")]


def test_events_of_unknown_conversations_change_nothing() -> None:
    assert times(sessions((0, returned(0)), (1, posted(CUSTOMER)), (5, ended()))) == []
