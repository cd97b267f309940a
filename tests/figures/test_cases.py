"""Small stories with the right figures written down by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schemas.content import Sender
from schemas.events import BotFailed, CustomerReturned
from tests.figures.story import Story
from tests.postgresql import PostgresqlServer

Row = dict[str, Any]

ALICE = Sender("agent", "alice", "Alice")


@pytest.fixture
def story(tmp_path: Path, postgresql_server: PostgresqlServer) -> Iterator[Story]:
    story = Story(tmp_path, postgresql_server)
    yield story
    story.close()


def some(rows: list[Row], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


@pytest.mark.parametrize(
    ("zone", "from_", "to", "hours"),
    [
        ("Europe/Vienna", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 25),
        ("Europe/Vienna", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", 23),
        ("America/St_Johns", "2026-03-08T00:00:00-03:30", "2026-03-09T00:00:00-02:30", 23),
        ("America/St_Johns", "2026-11-01T00:00:00-02:30", "2026-11-02T00:00:00-03:30", 25),
        ("Australia/Lord_Howe", "2026-04-05T00:00:00+11:00", "2026-04-06T00:00:00+10:30", 24.5),
        ("Australia/Lord_Howe", "2026-10-04T00:00:00+10:30", "2026-10-05T00:00:00+11:00", 23.5),
        ("Africa/Cairo", "2026-04-24T01:00:00+03:00", "2026-04-25T00:00:00+03:00", 23),
    ],
)
def test_a_day_is_as_long_as_clocks_make_it(story: Story, zone: str, from_: str, to: str, hours: float) -> None:
    story.logs_in("alice")
    rows = story.rows("agent-availability", from_, to, zone=zone)
    assert some(rows, "interval", "logged_in", "not_ready") == [(from_, hours * 3600, hours * 3600)]
    quarters = story.rows("agent-availability", from_, to, zone=zone, interval="15")
    assert len(quarters) == hours * 4
    assert {row["logged_in"] for row in quarters} == {900.0}


def test_the_hour_that_comes_twice_is_distinguished_by_its_offset(story: Story) -> None:
    for number, instant in enumerate(["2026-10-24T23:50:00Z", "2026-10-25T00:10:00Z", "2026-10-25T01:10:00Z"]):
        story.at(instant)
        story.starts(f"c{number}", bot="greeter")
    rows = story.rows(
        "bots", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", zone="Europe/Vienna", interval="60"
    )
    assert some(rows, "interval", "turns", "open") == [
        ("2026-10-25T01:00:00+02:00", 1, 1),
        ("2026-10-25T02:00:00+02:00", 1, 1),
        ("2026-10-25T02:00:00+01:00", 1, 1),
    ]


def test_the_hour_that_is_missing_has_no_interval(story: Story) -> None:
    for number, instant in enumerate(["2026-03-08T05:20:00Z", "2026-03-08T05:40:00Z"]):
        story.at(instant)
        story.starts(f"c{number}", bot="greeter")
    rows = story.rows(
        "bots", "2026-03-08T00:00:00-03:30", "2026-03-09T00:00:00-02:30", zone="America/St_Johns", interval="30"
    )
    assert some(rows, "interval", "turns") == [("2026-03-08T01:30:00-03:30", 1), ("2026-03-08T03:00:00-02:30", 1)]


def test_half_an_hour_that_comes_twice_remains_in_one_hour(story: Story) -> None:
    story.at("2026-04-04T14:00:00Z")
    story.logs_in("alice")
    story.at("2026-04-04T16:00:00Z")
    story.logs_out("alice")
    range_ = ("2026-04-05T00:00:00+11:00", "2026-04-06T00:00:00+10:30")
    hours = story.rows("agent-availability", *range_, zone="Australia/Lord_Howe", interval="60")
    assert some(hours, "interval", "logged_in") == [
        ("2026-04-05T01:00:00+11:00", 5400.0),
        ("2026-04-05T02:00:00+10:30", 1800.0),
    ]
    halves = story.rows("agent-availability", *range_, zone="Australia/Lord_Howe", interval="30")
    assert some(halves, "interval", "logged_in") == [
        ("2026-04-05T01:00:00+11:00", 1800.0),
        ("2026-04-05T01:30:00+11:00", 1800.0),
        ("2026-04-05T01:30:00+10:30", 1800.0),
        ("2026-04-05T02:00:00+10:30", 1800.0),
    ]


def test_a_state_across_midnight_counts_on_both_days(story: Story) -> None:
    """Midnight in Kathmandu is at 18:15 UTC."""
    story.at("2026-06-10T18:00:00Z")
    story.logs_in("alice")
    story.goes("alice", "ready")
    story.at("2026-06-10T18:20:30Z")
    story.goes("alice", "not_ready", "lunch")
    story.at("2026-06-10T18:50:00Z")
    story.logs_out("alice")
    range_ = ("2026-06-10T00:00:00+05:45", "2026-06-12T00:00:00+05:45")
    days = story.rows("agent-availability", *range_, zone="Asia/Kathmandu")
    assert some(days, "interval", "logged_in", "ready", "not_ready") == [
        ("2026-06-10T00:00:00+05:45", 900.0, 900.0, 0.0),
        ("2026-06-11T00:00:00+05:45", 2100.0, 330.0, 1770.0),
    ]
    halves = story.rows("agent-availability", *range_, zone="Asia/Kathmandu", interval="30")
    assert some(halves, "interval", "ready", "not_ready", "availability") == [
        ("2026-06-10T23:30:00+05:45", 900.0, 0.0, 100.0),
        ("2026-06-11T00:00:00+05:45", 330.0, 1470.0, pytest.approx(18.3333, abs=1e-4)),
        ("2026-06-11T00:30:00+05:45", 0.0, 300.0, 0.0),
    ]


def test_an_agent_logged_in_over_days(story: Story) -> None:
    story.at("2026-06-10T08:00:00Z")
    story.logs_in("alice")
    story.at("2026-06-13T06:00:00Z")
    story.logs_out("alice")
    rows = story.rows("agent-availability", "2026-06-09T00:00:00Z", "2026-06-20T00:00:00Z")
    assert some(rows, "interval", "logged_in") == [
        ("2026-06-10T00:00:00+00:00", 16 * 3600.0),
        ("2026-06-11T00:00:00+00:00", 24 * 3600.0),
        ("2026-06-12T00:00:00+00:00", 24 * 3600.0),
        ("2026-06-13T00:00:00+00:00", 6 * 3600.0),
    ]
    (part,) = story.rows("agent-availability", "2026-06-11T10:30:00Z", "2026-06-11T11:00:00Z")
    assert (part["interval"], part["logged_in"]) == ("2026-06-11T00:00:00+00:00", 1800.0)
    (state,) = story.rows("agent-states", "2026-06-11T10:30:00Z", "2026-06-11T11:00:00Z")
    assert (state["state"], state["reason"], state["duration"]) == ("not_ready", "login", 70 * 3600.0)


def test_another_reason_of_the_same_state_is_another_row(story: Story) -> None:
    story.at("2026-06-10T08:00:00Z")
    story.logs_in("alice")
    story.at("2026-06-10T08:10:00Z")
    story.goes("alice", "not_ready", "lunch")
    story.at("2026-06-10T09:00:00Z")
    story.goes("alice", "ready")
    rows = story.rows("agent-states", "2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z", now="2026-06-10T09:00:30Z")
    assert some(rows, "state", "reason", "duration") == [
        ("not_ready", "login", 600.0),
        ("not_ready", "lunch", 3000.0),
        ("ready", None, 30.0),
    ]
    assert rows[-1]["to"] is None


def test_a_conversation_that_never_ends_counts_up_to_now_or_to_the_end_of_the_range(story: Story) -> None:
    story.at("2026-06-10T08:00:00Z")
    story.starts("c1")
    story.asks("c1", "t1")
    range_ = ("2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z")
    for now, seconds in [("2026-06-10T08:00:09Z", 9.0), ("2027-06-10T08:00:00Z", 16 * 3600.0)]:
        (row,) = story.rows("conversations", *range_, now=now)
        assert (row["duration"], row["waiting"], row["ended_at"]) == (seconds, seconds, None)
        assert (row["status"], row["bot_share"], row["disposition"]) == ("waiting_for_agent", None, None)
        (session,) = story.rows("channel-sessions", *range_, now=now)
        assert (session["duration"], session["ended_at"]) == (seconds, None)
        rows = story.rows("queue-intervals", *range_, now=now, interval="total")
        columns = ("offered", "waiting", "longest_queued", "max_queued", "service_level")
        assert some(rows, *columns) == [(1, 1, seconds, 1, 0.0)]
    later = story.rows("queue-intervals", "2026-06-12T00:00:00Z", "2026-06-13T00:00:00Z", interval="day")
    assert some(later, "offered", "waiting", "longest_queued", "max_queued") == [(0, 0, None, 1)]


def test_a_task_that_moves_counts_in_both_queues(story: Story) -> None:
    story.sets_service_level("sales", 30.0)
    story.at("2026-06-10T08:14:00Z")
    story.starts("c1")
    story.asks("c1", "t1", queue="sales")
    story.at("2026-06-10T08:15:40Z")
    story.moves("t1", "support")
    story.at("2026-06-10T08:15:50Z")
    story.offers("t1", "alice")
    story.at("2026-06-10T08:16:40Z")
    story.accepts("t1", "alice")
    range_ = ("2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z")
    rows = story.rows("queue-intervals", *range_, interval="15")
    columns = ("interval", "queue", "offered", "moved", "answered", "longest_queued", "max_queued")
    assert some(rows, *columns) == [
        ("2026-06-10T08:00:00+00:00", "sales", 1, 1, 0, 100.0, 1),
        ("2026-06-10T08:15:00+00:00", "sales", 0, 0, 0, None, 1),
        ("2026-06-10T08:15:00+00:00", "support", 1, 0, 1, 60.0, 1),
    ]
    assert some(rows, "average_speed_of_answer", "answered_within_60", "answered_in_threshold", "service_level") == [
        (None, 0, 0, 0.0),
        (None, 0, 0, None),
        (60.0, 1, 1, 100.0),
    ]
    (conversation,) = story.rows("conversations", *range_)
    assert (conversation["queue"], conversation["waiting"]) == ("support", 160.0)


def test_an_agent_who_does_not_answer_has_a_rona_and_the_task_keeps_waiting(story: Story) -> None:
    story.at("2026-06-10T08:00:00Z")
    story.logs_in("alice")
    story.goes("alice", "ready")
    story.starts("c1")
    story.asks("c1", "t1")
    story.offers("t1", "alice")
    story.at("2026-06-10T08:00:20Z")
    story.does_not_answer("t1", "alice")
    story.offers("t1", "bob")
    story.at("2026-06-10T08:00:25Z")
    story.accepts("t1", "bob")
    story.at("2026-06-10T08:03:25Z")
    story.closes("t1", "bob")
    range_ = ("2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z")
    columns = ("agent_id", "offered", "accepted", "rona", "done", "average_answer", "average_handle")
    assert some(story.rows("queue-productivity", *range_), *columns) == [
        ("alice", 1, 0, 1, 0, None, None),
        ("bob", 1, 1, 0, 1, 5.0, 180.0),
    ]
    tasks = story.rows("agent-tasks", *range_)
    assert some(tasks, "agent_id", "alert", "talk", "disposition") == [
        ("alice", 20.0, None, "rona"),
        ("bob", 5.0, 180.0, "done"),
    ]
    (queue,) = story.rows("queue-intervals", *range_, interval="total")
    assert (queue["offered"], queue["answered"], queue["average_speed_of_answer"]) == (1, 1, 25.0)


def test_a_transfer_is_counted_as_out_for_one_agent_and_as_in_for_the_other(story: Story) -> None:
    story.at("2026-06-10T08:00:00Z")
    story.starts("c1")
    story.asks("c1", "t1")
    story.offers("t1", "alice")
    story.accepts("t1", "alice")
    story.at("2026-06-10T08:05:00Z")
    story.leaves("t1", "alice", "transferred", "transferred")
    story.asks("c1", "t2", queue="sales", by=ALICE, direction="transfer_direct")
    story.at("2026-06-10T08:05:10Z")
    story.offers("t2", "bob")
    story.accepts("t2", "bob")
    story.at("2026-06-10T08:10:00Z")
    story.ends("c1")
    story.closes("t2", "bob")
    range_ = ("2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z")
    columns = ("agent_id", "queue", "offered", "accepted", "transferred_out", "transferred_in", "done")
    assert some(story.rows("queue-productivity", *range_), *columns) == [
        ("alice", "support", 1, 1, 1, 0, 0),
        ("bob", "sales", 1, 1, 0, 1, 1),
    ]
    (conversation,) = story.rows("conversations", *range_)
    assert conversation["agents"] == ["alice", "bob"]
    assert (conversation["transfers"], conversation["queue"], conversation["waiting"]) == (1, "sales", 10.0)
    direct = story.rows("queue-intervals", *range_, interval="total", direction=frozenset(["transfer_direct"]))
    assert some(direct, "queue", "offered", "answered") == [("sales", 1, 1)]


def test_a_scheduled_task_counts_from_when_it_is_due_and_not_if_it_is_cancelled_before(story: Story) -> None:
    story.at("2026-06-10T08:00:00Z")
    for number in range(3):
        story.starts(f"c{number}", direction="outbound")
        story.asks(f"c{number}", f"t{number}", direction="outbound", due="2026-06-10T12:00:00Z")
    story.at("2026-06-10T11:00:00Z")
    story.cancels("t0", "customer_left")
    story.ends("c0")
    range_ = ("2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z")
    assert story.rows("queue-intervals", *range_, now="2026-06-10T11:00:00Z", interval="60") == []
    story.at("2026-06-10T12:00:45Z")
    story.cancels("t1", "customer_left")
    story.ends("c1")
    rows = story.rows("queue-intervals", *range_, now="2026-06-10T12:01:00Z", interval="60")
    columns = ("interval", "offered", "abandoned", "waiting", "max_queued", "abandoned_in_threshold", "service_level")
    assert some(rows, *columns) == [("2026-06-10T12:00:00+00:00", 2, 1, 1, 2, 1, 0.0)]
    conversations = story.rows("conversations", *range_, now="2026-06-10T12:01:00Z")
    assert some(conversations, "waiting") == [(0.0,), (45.0,), (60.0,)]


def test_the_turns_of_bots_have_an_ending(story: Story) -> None:
    story.at("2026-06-10T08:00:00Z")
    for conversation_id in ("contained", "handed_off", "failed", "taken_over", "open"):
        story.starts(conversation_id, bot="greeter")
        story.posts(conversation_id, Sender("bot", "greeter"))
    story.at("2026-06-10T08:01:00Z")
    story.ends("contained")
    story.asks("handed_off", "t1")
    story.record("conversation-failed", BotFailed(bot="greeter", attempts=3, error="no answer"))
    story.asks("failed", "t2", by=Sender("system"))
    story.asks("taken_over", "t3", by=ALICE, direction="transfer_direct")
    story.joins("taken_over", "alice", "t3")
    story.at("2026-06-10T08:04:00Z")
    story.ends("taken_over")
    range_ = ("2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z")
    (row,) = story.rows("bots", *range_)
    assert row["containment"] == 25.0, "of four turns that are over"
    outcomes = ("contained", "handed_off", "failed", "taken_over", "open")
    assert some([row], "conversations", "turns", "replies", *outcomes) == [(5, 5, 5, 1, 1, 1, 1, 1)]
    shares = {each["conversation_id"]: each["bot_share"] for each in story.rows("conversations", *range_)}
    assert shares == {"contained": 100.0, "handed_off": None, "failed": None, "taken_over": 25.0, "open": None}


def test_a_customer_who_returns_has_another_session(story: Story) -> None:
    story.at("2026-06-10T23:00:00Z")
    story.starts("c1", bot="greeter")
    story.at("2026-06-11T01:00:00Z")
    story.record("conversation-c1", CustomerReturned(returned_at=story.now))
    story.at("2026-06-11T01:00:30Z")
    story.ends("c1", "customer_inactive")
    rows = story.rows("channel-sessions", "2026-06-10T00:00:00Z", "2026-06-12T00:00:00Z")
    assert some(rows, "number", "duration", "disposition") == [(1, 7200.0, "returned"), (2, 30.0, "customer_inactive")]


def test_a_team_counts_as_it_was_made_up_at_the_time(story: Story) -> None:
    story.at("2026-06-10T08:00:00Z")
    story.puts_into_team("alice", "first")
    story.logs_in("alice")
    story.at("2026-06-10T09:00:00Z")
    story.puts_into_team("alice", "second")
    story.at("2026-06-10T10:00:00Z")
    story.goes("alice", "ready")
    story.at("2026-06-10T10:30:00Z")
    story.logs_out("alice")
    seconds = {}
    for team in ("first", "second", "third"):
        rows = story.rows("agent-availability", "2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z", team=frozenset([team]))
        seconds[team] = some(rows, "not_ready", "ready")
    assert seconds == {"first": [(7200.0, 0.0)], "second": [(0.0, 1800.0)], "third": []}


def test_the_three_definitions_of_the_service_level(story: Story) -> None:
    """Of four tasks one is answered in time and one late, one is abandoned in time and one late. A wait of exactly the
    threshold is in time."""
    story.sets_service_level("support", 20.0)
    story.at("2026-06-10T08:00:00Z")
    for number in range(4):
        story.starts(f"c{number}")
        story.asks(f"c{number}", f"t{number}")
    story.offers("t0", "alice")
    story.offers("t2", "alice")
    story.sets_service_level("support", 3600.0)
    story.at("2026-06-10T08:00:20Z")
    story.accepts("t0", "alice")
    story.cancels("t1", "customer_left")
    story.at("2026-06-10T08:00:20.000001Z")
    story.accepts("t2", "alice")
    story.cancels("t3", "customer_inactive")
    (row,) = story.rows("queue-intervals", "2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z", interval="total")
    assert (row["answered"], row["abandoned"], row["max_queued"]) == (2, 2, 4)
    assert (row["answered_in_threshold"], row["abandoned_in_threshold"]) == (1, 1)
    assert row["service_level"] == pytest.approx(100 / 3, abs=1e-4)
    assert (row["service_level_of_offered"], row["service_level_with_abandoned"]) == (25.0, 50.0)


DAY = ("2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z")


def test_the_first_response_counts_from_the_request_for_an_agent(story: Story) -> None:
    """Of four customers two have a response after 40 and 100 seconds, one gives up, and one waits."""
    story.at("2026-06-10T08:00:00Z")
    story.starts("bot", bot="greeter")
    story.posts("bot", Sender("bot", "greeter"))
    story.at("2026-06-10T08:10:00Z")
    for conversation_id in ("late", "gone", "waiting"):
        story.starts(conversation_id)
        story.asks(conversation_id, f"task-{conversation_id}")
    story.asks("bot", "task-bot")
    story.at("2026-06-10T08:10:40Z")
    story.offers("task-bot", "alice")
    story.accepts("task-bot", "alice")
    story.posts("bot", ALICE)
    story.offers("task-late", "alice")
    story.accepts("task-late", "alice")
    story.at("2026-06-10T08:11:00Z")
    story.posts("bot", ALICE)
    story.ends("gone")
    story.at("2026-06-10T08:11:40Z")
    story.posts("late", ALICE)
    (row,) = story.rows("first-responses", *DAY, by=())
    assert some([row], "asked", "responded", "unanswered", "awaiting") == [(4, 2, 1, 1)]
    assert some([row], "response_time", "average_response", "maximum_response") == [(140.0, 70.0, 100.0)]
    assert some([row], "median_response", "p90_response") == [(40.0, 100.0)]
    by_agent = story.rows("first-responses", *DAY, by=("agent",))
    assert some(by_agent, "agent_id", "asked", "responded") == [("alice", 2, 2), (None, 2, 0)]
    (nobody,) = story.rows("first-responses", *DAY, by=("agent",), agent=frozenset("-"))
    assert some([nobody], "agent_id", "asked", "unanswered") == [(None, 2, 1)]


def test_a_conversation_is_resolved_unless_it_ends_while_an_agent_is_waited_for(story: Story) -> None:
    story.at("2026-06-10T08:00:00Z")
    story.starts("by bot", bot="greeter")
    for conversation_id in ("by agent", "abandoned", "open"):
        story.starts(conversation_id)
        story.asks(conversation_id, f"task-{conversation_id}")
    story.at("2026-06-10T08:01:00Z")
    story.offers("task-by agent", "alice")
    story.accepts("task-by agent", "alice")
    story.ends("abandoned")
    story.ends("by bot")
    story.at("2026-06-11T08:00:00Z")
    story.ends("by agent", "agent_ended", ALICE)
    story.rates("by agent", 4)
    story.rates("by bot", 1)
    rows = story.rows("resolutions", *DAY, by=("agent", "queue"), now="2026-06-11T12:00:00Z")
    columns = ("agent_id", "queue", "conversations", "resolved", "unresolved", "open", "resolution_time")
    assert some(rows, *columns) == [
        ("alice", "support", 1, 1, 0, 0, 24 * 3600.0),
        (None, "support", 2, 0, 1, 1, 0.0),
        (None, None, 1, 1, 0, 0, 60.0),
    ]
    assert some(rows, "average_resolution", "median_resolution")[1] == (None, None)
    ratings = story.rows("ratings", *DAY, now="2026-06-11T12:00:00Z")
    scores = ("rated_1", "rated_4", "score", "average_rating", "satisfaction")
    assert some(ratings, "agent_id", "queue", "ended", "rated", *scores) == [
        ("alice", "support", 1, 1, 0, 1, 4, 4.0, 100.0),
        (None, "support", 1, 0, 0, 0, 0, None, None),
        (None, None, 1, 1, 1, 0, 1, 1.0, 0.0),
    ]
    (total,) = story.rows("ratings", *DAY, now="2026-06-11T12:00:00Z", by=())
    assert some([total], "rated", "average_rating", "response_rate") == [(2, 2.5, pytest.approx(66.6667, abs=1e-4))]


def test_the_volume_of_an_hour_that_comes_twice(story: Story) -> None:
    for number, instant in enumerate(["2026-10-25T00:10:00Z", "2026-10-25T00:50:00Z", "2026-10-25T01:10:00Z"]):
        story.at(instant)
        story.starts(f"c{number}", bot="greeter" if number else None)
        story.posts(f"c{number}", Sender("customer"))
    story.asks("c0", "t0")
    range_ = ("2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00")
    rows = story.rows("volume", *range_, zone="Europe/Vienna")
    assert some(rows, "interval", "channel", "conversations", "with_bot_first", "asked", "customer_messages") == [
        ("2026-10-25T02:00:00+02:00", "web", 2, 1, 1, 2),
        ("2026-10-25T02:00:00+01:00", "web", 1, 1, 0, 1),
    ]


def test_occupancy_is_the_share_of_the_ready_time_with_work(story: Story) -> None:
    story.at("2026-06-10T08:00:00Z")
    story.logs_in("alice")
    story.at("2026-06-10T08:30:00Z")
    story.goes("alice", "ready")
    for minute, state in (("10", "reserved"), ("11", "active"), ("26", "busy"), ("29", "pending_not_ready")):
        story.at(f"2026-06-10T09:{minute}:00Z")
        story.is_now("alice", state)  # type: ignore[arg-type] # a state
    story.at("2026-06-10T09:30:00Z")
    story.is_now("alice", "interrupted")
    story.at("2026-06-10T10:00:00Z")
    story.logs_out("alice")
    (row,) = story.rows("agent-availability", *DAY)
    assert some([row], "logged_in", "not_ready", "ready", "reserved") == [(7200.0, 1800.0, 2400.0, 60.0)]
    assert row["occupancy"] == pytest.approx(100 * 19 / 60, abs=1e-4)


def test_the_handle_times_of_a_queue(story: Story) -> None:
    """Ten tasks of 1 to 10 minutes, half of them of another agent."""
    story.at("2026-06-10T08:00:00Z")
    for number in range(10):
        story.starts(f"c{number}")
        story.asks(f"c{number}", f"t{number}")
        story.offers(f"t{number}", f"agent{number % 2}")
        story.accepts(f"t{number}", f"agent{number % 2}")
    for number in range(10):
        story.at(f"2026-06-10T08:{number + 1:02}:00Z")
        story.closes(f"t{number}", f"agent{number % 2}")
    (row,) = story.rows("queue-productivity", *DAY, by=("queue",))
    assert some([row], "queue", "agent_id", "handled", "handle_time") == [("support", None, 10, 3300.0)]
    assert some([row], "average_handle", "median_handle", "p90_handle") == [(330.0, 300.0, 540.0)]
