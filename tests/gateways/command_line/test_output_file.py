"""What the command line writes is for its owner alone."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from gateways.command_line import main
from gateways.command_line.output_file import write_export


@pytest.mark.parametrize("there_before", [False, True])
def test_only_its_owner_can_read_an_export(tmp_path: Path, there_before: bool) -> None:
    file = tmp_path / "agents.csv"
    if there_before:
        file.write_text("an earlier export")
        file.chmod(0o644)
    before = os.umask(0o022)
    try:
        CliRunner().invoke(main, ["version"])
        write_export(b"agents", file)
    finally:
        os.umask(before)
    assert file.read_bytes() == b"agents"
    assert file.stat().st_mode & 0o777 == 0o600
