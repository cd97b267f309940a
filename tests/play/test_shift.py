"""A small play of the kind that ``make play`` runs at scale."""

from pathlib import Path

from tests.crash.crashed_play import write_dialogues
from tests.play.shift import Shift, play_a_shift


def test_feeds_that_are_cut_all_the_time_lose_nothing(tmp_path: Path) -> None:
    dialogues = tmp_path / "dialogues.jsonl"
    write_dialogues(dialogues, dialogues=75, turns=8)
    shift = Shift(agents=20, capacity=5, repeat=2, speed="50", reconnect_every=0.5)

    report = play_a_shift(tmp_path, dialogues, shift)

    assert report.sound, report
    summary = report.summary
    assert (summary.conversations, summary.verified, summary.peak_open) == (150, 150, 100)
    assert summary.messages == report.findings.acknowledged == 150 * 8
    assert summary.reconnects >= 20
    assert summary.resumed_feeds >= 20


def test_desks_show_their_agents_what_widgets_and_the_api_show_the_customers(tmp_path: Path, chromium: None) -> None:
    dialogues = tmp_path / "dialogues.jsonl"
    write_dialogues(dialogues, dialogues=6, turns=5)
    shift = Shift(agents=3, capacity=2, speed="max", widget=2, desk=2)

    report = play_a_shift(tmp_path, dialogues, shift)

    assert report.sound, report
    summary = report.summary
    assert (summary.conversations, summary.verified, summary.in_widgets, summary.at_desks) == (6, 6, 2, 4)
    assert summary.messages == report.findings.acknowledged == 6 * 5


def test_widgets_of_one_page_show_their_customers_each_conversation(tmp_path: Path, chromium: None) -> None:
    dialogues = tmp_path / "dialogues.jsonl"
    write_dialogues(dialogues, dialogues=8, turns=7)
    shift = Shift(agents=2, capacity=4, speed="max", widget=5)

    report = play_a_shift(tmp_path, dialogues, shift)

    assert report.sound, report
    summary = report.summary
    assert (summary.conversations, summary.verified, summary.peak_open, summary.in_widgets) == (8, 8, 8, 5)
    assert summary.messages == report.findings.acknowledged == 8 * 7
