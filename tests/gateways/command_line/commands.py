"""Running a command of ``hybridchat`` in the test's process or in one of its own."""

import sys
from pathlib import Path

from click.testing import CliRunner, Result

from gateways.command_line import main

__all__ = ["HYBRIDCHAT", "lines_of", "run"]

HYBRIDCHAT = [sys.executable, "-m", "gateways.command_line"]
"""The beginning of a command in a process of its own."""


def run(*arguments: str, data_dir: Path, stdin: str | None = None) -> Result:
    """Runs a command in this process on a data directory."""
    return CliRunner().invoke(main, [*arguments, "--data-dir", str(data_dir)], input=stdin)


def lines_of(result: Result) -> list[str]:
    """Returns the lines that a command printed, which must have succeeded."""
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()
