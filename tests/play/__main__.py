"""``python -m tests.play [FILE]``: 200 agents and 2,000 conversations at once, with what was found."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from gateways.command_line.play.summary import as_text
from tests.crash.crashed_play import write_dialogues
from tests.play.shift import Report, Shift, play_a_shift

__all__ = ["main"]


def main() -> int:
    given = _options()
    shift = Shift(
        agents=given.agents,
        capacity=given.capacity,
        concurrency=given.concurrency,
        repeat=given.repeat,
        speed=given.speed,
        reconnect_every=given.reconnect_every,
        ramp_up=given.ramp_up,
        widget=given.widget,
        desk=given.desk,
    )
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        dialogues = given.file
        if dialogues is None or not dialogues.is_file():
            dialogues = directory / "dialogues.jsonl"
            write_dialogues(dialogues, dialogues=2500, turns=15)
        report = play_a_shift(directory, dialogues, shift)
    _print(report)
    return 0 if report.sound else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.play", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="recorded dialogues; without it, some are made up")
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--capacity", type=int, default=10, help="conversations that an agent can hold")
    parser.add_argument("--concurrency", type=int, help="conversations at once; as many as the agents can hold")
    parser.add_argument("--repeat", type=int, default=2, help="how often each dialogue is played")
    parser.add_argument("--speed", default="2", help="how fast people type, or max")
    parser.add_argument("--reconnect-every", type=float, default=10.0, help="seconds between two cuts of a feed")
    parser.add_argument("--ramp-up", type=float, default=30.0, help="seconds over which the first customers come")
    parser.add_argument("--widget", type=int, help="how many of the conversations are held in widgets")
    parser.add_argument("--desk", type=int, help="how many of the agents work at desks in a browser")
    return parser.parse_args()


def _print(report: Report) -> None:
    findings = report.findings
    print(as_text(report.summary))
    rows = {
        "Player's exit code": report.exit_code,
        "In the journal": f"{findings.acknowledged:,} acknowledged messages, {len(findings.missing)} missing,"
        f" {len(findings.duplicated)} duplicated, {len(findings.out_of_order)} out of order,"
        f" {len(findings.altered)} altered",
        "Events verify": f"{report.verified} (exit code {report.verify_exit_code})",
        "Server": f"started in {report.start_seconds:.1f} s, {report.resident_megabytes:,.0f} MiB at the end",
        "Load average": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }
    for name, value in rows.items():
        print(f"{name:<28}{value}")


if __name__ == "__main__":
    sys.exit(main())
