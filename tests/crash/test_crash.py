"""A few rounds of the kills of ``make crash``."""

from pathlib import Path

import pytest

from actors.journal import SqliteJournal
from schemas.content import Sender, TextContent
from schemas.events import REGISTRY, MessagePosted
from tests.crash.acknowledged import Acknowledged, compare
from tests.crash.crashed_play import play_through_crashes, write_dialogues
from tests.examples import new_record


def test_acknowledged_messages_survive_kills_in_the_middle_of_play(tmp_path: Path) -> None:
    dialogues = tmp_path / "dialogues.jsonl"
    write_dialogues(dialogues, dialogues=40, turns=30)

    report = play_through_crashes(tmp_path, dialogues, kills=4, seed=1)

    assert report.sound, report
    assert report.kills == 4
    assert report.findings.acknowledged == 40 * 30


@pytest.mark.parametrize("flaw", ["missing", "altered", "out_of_order"])
def test_the_comparison_finds_each_flaw(tmp_path: Path, flaw: str) -> None:
    acknowledged = _append_messages(tmp_path / "journal.db", 3)
    claims = {
        "missing": [Acknowledged("c", "nobody-posted-this", 9, 1, "?")],
        "altered": [Acknowledged(acknowledged[0].conversation_id, acknowledged[0].message_id, 0, 1, "something else")],
        "out_of_order": [
            Acknowledged(item.conversation_id, item.message_id, -item.version, item.version, item.text)
            for item in acknowledged
        ],
    }

    findings = compare(claims[flaw], tmp_path / "journal.db")

    assert getattr(findings, flaw)
    assert not findings.sound


def _append_messages(journal_file: Path, count: int) -> list[Acknowledged]:
    acknowledged = [
        Acknowledged("c", f"message-{version}", version, version, "Hello") for version in range(1, count + 1)
    ]
    journal = SqliteJournal(journal_file)
    for item in acknowledged:
        record = new_record("conversation-c", item.version)
        record.type = "MessagePosted"
        posted = MessagePosted(message_id=item.message_id, sender=Sender("customer"), content=TextContent(item.text))
        record.data = REGISTRY.encode(posted)
        journal.append([record])
    journal.close()
    return acknowledged
