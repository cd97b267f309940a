"""Fixtures that the tests of several commands share."""

from pathlib import Path

import pytest

from tests.gateways.command_line.journals import write_conversation


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory whose journal holds one conversation."""
    write_conversation(tmp_path)
    return tmp_path
