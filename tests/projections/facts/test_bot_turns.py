"""Bots' turns, event by event."""

from projections.facts.bot_turns import BOT_TURNS, TURNS
from schemas.content import Sender
from schemas.events import BotAssigned, BotFailed, Event
from tests.projections.facts.conversing import (
    ALICE,
    BOT,
    CUSTOMER,
    SYSTEM,
    conversing,
    ended,
    posted,
    requested,
    started,
)
from tests.projections.facts.given import Facts, given


def bots(*moments: tuple[float, *tuple[Event, ...]]) -> Facts:
    return given(BOT_TURNS, *conversing(*moments))


def assigned(bot: str = "helper") -> BotAssigned:
    return BotAssigned(bot=bot, suggests=False, assigned_by=ALICE, note=None)


def failed() -> BotFailed:
    return BotFailed(bot="greeter", attempts=3, error="it does not answer")


def turns(facts: Facts) -> list[tuple[object, ...]]:
    return facts.rows(TURNS, "bot", "started_at", "ended_at", "outcome")


def test_a_turn_that_lasts() -> None:
    facts = bots((3, started(channel="sms")))
    assert turns(facts) == [("greeter", 3, None, None)]
    assert facts.rows(TURNS, "position", "conversation_id", "channel", "replies", "failures") == [
        (1, "c1", "sms", 0, 0)
    ]


def test_a_turn_is_contained_when_the_conversation_ends_with_the_bot() -> None:
    assert turns(bots((0, started()), (9, ended("bot_ended", BOT)))) == [("greeter", 0, 9, "contained")]
    assert turns(bots((0, started()), (9, ended("customer_left")))) == [("greeter", 0, 9, "contained")]
    assert turns(bots((0, started(), ended()))) == [("greeter", 0, 0, "contained")]


def test_a_turn_is_handed_off_when_an_agent_is_asked_for() -> None:
    for by in (BOT, CUSTOMER, SYSTEM, Sender("application", "shop")):
        facts = bots((0, started()), (9, requested(by)), (20, ended()))
        assert turns(facts) == [("greeter", 0, 9, "handed_off")]


def test_a_turn_fails_when_an_agent_is_asked_for_after_the_bot_has_failed() -> None:
    facts = bots((0, started()), (5, failed()), (9, failed(), requested(SYSTEM)))
    assert turns(facts) == [("greeter", 0, 9, "failed")]
    assert facts.rows(TURNS, "failures") == [(2,)]


def test_a_bot_that_has_failed_and_recovered_contains_the_conversation() -> None:
    facts = bots((0, started()), (5, failed()), (6, posted(BOT)), (9, ended("bot_ended", BOT)))
    assert facts.rows(TURNS, "outcome", "failures", "replies") == [("contained", 1, 1)]


def test_a_supervisor_takes_over_also_from_a_bot_that_has_failed() -> None:
    facts = bots((0, started()), (5, failed()), (9, requested(ALICE)))
    assert turns(facts) == [("greeter", 0, 9, "taken_over")]


def test_only_messages_of_the_bot_in_its_turn_are_replies() -> None:
    facts = bots(
        (0, started()),
        (1, posted(CUSTOMER)),
        (2, posted(BOT), posted(BOT)),
        (3, posted(SYSTEM)),
        (4, requested()),
        (5, posted(BOT)),
        (6, posted(ALICE)),
    )
    assert facts.rows(TURNS, "replies") == [(2,)]


def test_a_bot_gets_the_conversation_back() -> None:
    facts = bots(
        (0, started()),
        (5, failed(), requested(SYSTEM)),
        (20, assigned()),
        (21, posted(BOT)),
        (30, requested(BOT)),
        (31, requested(ALICE)),
        (40, assigned("greeter")),
        (50, ended()),
    )
    assert turns(facts) == [
        ("greeter", 0, 5, "failed"),
        ("helper", 20, 30, "handed_off"),
        ("greeter", 40, 50, "contained"),
    ]
    assert facts.rows(TURNS, "replies", "failures") == [(0, 1), (1, 0), (0, 0)]


def test_a_conversation_without_a_bot_has_no_turn() -> None:
    facts = bots((0, started(bot=None), requested()), (3, posted(BOT)), (4, failed()), (9, ended()))
    assert turns(facts) == []


def test_a_bot_may_come_in_later() -> None:
    facts = bots((0, started(bot=None), requested()), (9, assigned()))
    assert turns(facts) == [("helper", 9, None, None)]


def test_events_after_the_end_change_nothing() -> None:
    facts = bots((0, started()), (5, ended()), (6, posted(BOT)), (7, failed()), (8, requested()), (9, assigned()))
    assert turns(facts) == [("greeter", 0, 5, "contained")]
    assert facts.rows(TURNS, "replies", "failures") == [(0, 0)]


def test_events_of_unknown_conversations_change_nothing() -> None:
    facts = bots((0, posted(BOT)), (1, failed()), (2, requested()), (3, assigned()), (4, ended()))
    assert turns(facts) == []
