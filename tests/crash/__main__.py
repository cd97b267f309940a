"""``python -m tests.crash [KILLS]``: many kills, with what was found."""

import sys
import tempfile
import time
from pathlib import Path

from tests.crash.crashed_play import play_through_crashes, write_dialogues

__all__ = ["main"]


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    seed = time.time_ns()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        write_dialogues(directory / "dialogues.jsonl", dialogues=kills * 15, turns=20)
        report = play_through_crashes(directory, directory / "dialogues.jsonl", kills, seed)
    print(f"seed {seed}: {report.kills} kills, {report.findings.acknowledged} acknowledged messages")
    for flaw in ("missing", "duplicated", "out_of_order", "altered"):
        print(f"  {flaw.replace('_', ' '):<13} {len(getattr(report.findings, flaw))}")
    print(f"  play exit     {report.exit_code} {report.play}")
    print(f"  verify exit   {report.verify_exit_code} {report.verified}")
    return 0 if report.sound and report.kills == kills else 1


if __name__ == "__main__":
    sys.exit(main())
