"""The summary at the end of a play."""

from collections.abc import Iterable, Sequence

import msgspec

from gateways.command_line.play.ledger import Thread
from gateways.command_line.play.measurements import Measurements, percentile

__all__ = ["Latency", "Summary", "as_text", "summarise"]

_MAX_REASONS = 5


class Latency(msgspec.Struct, frozen=True):
    """Percentiles of a time, in milliseconds."""

    p50_ms: float
    p99_ms: float


class Summary(msgspec.Struct, frozen=True):
    """``conversations`` counts those that were played to their end, ``broken_off`` those that were not, and
    ``verified`` those that were read back at the end.

    ``to_agent`` is the time from just before a customer's POST until the message is on the agent's screen,
    ``acknowledgement`` the time from just before any POST until its 2xx. Both include retries and are None without
    samples. ``lost``, ``duplicated`` and ``out_of_order`` count messages, on either screen or in what was read back. At
    most ``peak_open`` conversations were open at once. ``reconnects`` counts the feeds that were cut on purpose,
    ``resumed_feeds`` those that went on from their cursors after a cut or any other break. ``in_widgets`` counts the
    conversations that were played to their end in a widget, ``at_desks`` those at a desk.
    """

    conversations: int
    broken_off: int
    messages: int
    seconds: float
    messages_per_s: float
    to_agent: Latency | None
    acknowledgement: Latency | None
    verified: int
    lost: int
    duplicated: int
    out_of_order: int
    retried: int
    peak_open: int
    reconnects: int
    resumed_feeds: int
    in_widgets: int = 0
    at_desks: int = 0
    reasons: list[str] = []

    @property
    def faultless(self) -> bool:
        return not (self.lost or self.duplicated or self.out_of_order)


def summarise(
    threads: Iterable[Thread],
    measurements: Measurements,
    seconds: float,
    *,
    retried: int,
    reconnects: int,
    resumed_feeds: int,
    in_widgets: int = 0,
) -> Summary:
    started = [thread for thread in threads if thread.started]
    faults = [thread.faults() for thread in started]
    reasons = [thread.broken_off for thread in started if thread.broken_off is not None]
    return Summary(
        conversations=sum(thread.played for thread in started),
        broken_off=sum(not thread.played for thread in started),
        messages=measurements.acknowledged,
        seconds=round(seconds, 3),
        messages_per_s=round(measurements.acknowledged / seconds, 1) if seconds else 0.0,
        to_agent=_latency(measurements.to_agent_seconds),
        acknowledgement=_latency(measurements.acknowledgement_seconds),
        verified=sum(thread.verified for thread in started),
        lost=sum(len(found.lost) for found in faults),
        duplicated=sum(len(found.duplicated) for found in faults),
        out_of_order=sum(len(found.out_of_order) for found in faults),
        retried=retried,
        peak_open=measurements.peak_open,
        reconnects=reconnects,
        resumed_feeds=resumed_feeds,
        in_widgets=in_widgets,
        at_desks=sum(thread.played and thread.at_desk for thread in started),
        reasons=list(dict.fromkeys(reasons))[:_MAX_REASONS],
    )


def as_text(summary: Summary) -> str:
    rows = [
        ("Conversations", f"{summary.conversations:,} played, {summary.verified:,} read back{_broken_off(summary)}"),
        ("Open at once", f"{summary.peak_open:,}"),
        ("Messages", f"{summary.messages:,} in {summary.seconds:,.1f} s: {summary.messages_per_s:,.0f} a second"),
        ("Customer to agent's screen", _in_words(summary.to_agent)),
        ("Acknowledgement", _in_words(summary.acknowledgement)),
        ("Lost", f"{summary.lost:,}"),
        ("Duplicated", f"{summary.duplicated:,}"),
        ("Out of order", f"{summary.out_of_order:,}"),
    ]
    if summary.at_desks:
        rows.insert(1, ("At desks", f"{summary.at_desks:,}"))
    if summary.in_widgets:
        rows.insert(1, ("In widgets", f"{summary.in_widgets:,}"))
    if summary.retried or summary.resumed_feeds:
        rows.append(("Interruptions", _interruptions(summary)))
    return "\n".join(f"{name:<28}{value}" for name, value in rows)


def _latency(seconds: Sequence[float]) -> Latency | None:
    if not seconds:
        return None
    return Latency(round(percentile(seconds, 50) * 1000, 3), round(percentile(seconds, 99) * 1000, 3))


def _in_words(latency: Latency | None) -> str:
    if latency is None:
        return "none"
    return f"p50 {latency.p50_ms:,.1f} ms, p99 {latency.p99_ms:,.1f} ms"


def _interruptions(summary: Summary) -> str:
    cut = f"{summary.reconnects:,} feeds cut on purpose, " if summary.reconnects else ""
    return f"{cut}{summary.resumed_feeds:,} feeds resumed, {summary.retried:,} retries"


def _broken_off(summary: Summary) -> str:
    if not summary.broken_off:
        return ""
    reasons = f": {'; '.join(summary.reasons)}" if summary.reasons else ""
    return f", {summary.broken_off:,} broken off{reasons}"
