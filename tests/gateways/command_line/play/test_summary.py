"""The summary at the end of a play."""

from gateways.command_line.play.ledger import Message, Thread
from gateways.command_line.play.measurements import Measurements, percentile
from gateways.command_line.play.summary import Latency, Summary, as_text, summarise


def played(conversation_id: str = "conversation") -> Thread:
    thread = Thread(conversation_id)
    thread.started = thread.played = thread.verified = True
    return thread


def broken_off(reason: str) -> Thread:
    thread = played()
    thread.played, thread.broken_off = False, reason
    return thread


def summary_of(*threads: Thread, seconds: float = 2.0) -> Summary:
    measurements = Measurements()
    measurements.acknowledged = sum(thread.acknowledged for thread in threads)
    return summarise(threads, measurements, seconds, retried=0, reconnects=0, resumed_feeds=0)


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert percentile(values, 50) == 50.0
    assert percentile(values, 99) == 99.0
    assert percentile([7.0], 1) == percentile([7.0], 99) == 7.0


def test_latencies_are_printed_in_milliseconds() -> None:
    measurements = Measurements()
    measurements.acknowledgement_seconds.extend([0.001, 0.002, 0.0301])
    summary = summarise([], measurements, 1.0, retried=0, reconnects=0, resumed_feeds=0)
    assert summary.acknowledgement == Latency(2.0, 30.1)
    assert summary.to_agent is None
    assert "p50 2.0 ms, p99 30.1 ms" in as_text(summary)


def test_messages_a_second_are_computed() -> None:
    thread = played()
    thread.messages = [Message("one", 1, "customer", "Hello", version=4)]
    summary = summary_of(thread, seconds=0.5)
    assert (summary.conversations, summary.verified, summary.messages, summary.messages_per_s) == (1, 1, 1, 2.0)
    assert summary.faultless


def test_faults_of_all_conversations_add_up() -> None:
    threads = [played("one"), played("two")]
    for thread in threads:
        thread.messages = [Message(thread.conversation_id, 1, "customer", "Hello", version=4)]
        thread.read_back.complete = True
    summary = summary_of(*threads)
    assert (summary.lost, summary.duplicated, summary.out_of_order) == (2, 0, 0)
    assert not summary.faultless


def test_a_conversation_that_never_started_does_not_count() -> None:
    assert summary_of(Thread("one"), played()).conversations == 1
    assert summary_of(Thread("one")).broken_off == 0


def test_reasons_for_breaking_off_are_named_once() -> None:
    summary = summary_of(broken_off("the server hiccuped"), broken_off("the server hiccuped"), played())
    assert (summary.conversations, summary.broken_off, summary.reasons) == (1, 2, ["the server hiccuped"])
    assert "2 broken off: the server hiccuped" in as_text(summary)


def test_interruptions_are_printed_only_when_there_were_any() -> None:
    assert "Interruptions" not in as_text(summary_of(played()))
    interrupted = summarise([], Measurements(), 0.0, retried=3, reconnects=0, resumed_feeds=2)
    assert "Interruptions               2 feeds resumed, 3 retries" in as_text(interrupted)
    cut = summarise([], Measurements(), 0.0, retried=0, reconnects=1_000, resumed_feeds=2_000)
    assert "1,000 feeds cut on purpose, 2,000 feeds resumed" in as_text(cut)


def test_the_highest_number_of_open_conversations_is_printed() -> None:
    measurements = Measurements()
    for change in (measurements.opened, measurements.opened, measurements.closed, measurements.opened):
        change()
    summary = summarise([], measurements, 1.0, retried=0, reconnects=0, resumed_feeds=0)
    assert summary.peak_open == 2
    assert "Open at once                2\n" in as_text(summary)


def test_conversations_in_widgets_are_counted_where_there_are_any() -> None:
    options = {"retried": 0, "reconnects": 0, "resumed_feeds": 0}
    without, with_one = (summarise([played()], Measurements(), 1.0, **options, in_widgets=count) for count in (0, 1))
    assert "In widgets" not in as_text(without)
    assert "In widgets                  1\n" in as_text(with_one)
