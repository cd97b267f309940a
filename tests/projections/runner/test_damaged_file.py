"""A damaged file is set aside, and nothing else is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from projections.runner.damaged_file import set_aside_if_damaged
from projections.runner.database import sqlite_url

NO_DATABASE = b"This is not a database, and longer than a header." * 100


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reports.db"


def test_a_damaged_file_is_kept_under_another_name(file: Path) -> None:
    for number in range(2):
        file.write_bytes(NO_DATABASE + bytes([number]))
        set_aside_if_damaged(sqlite_url(file))
        assert not file.exists()
        assert file.with_name("reports.db.damaged").read_bytes() == NO_DATABASE + bytes([number])


def test_a_sound_file_is_left_as_it_is(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE notes (line TEXT)")
    before = file.read_bytes()
    set_aside_if_damaged(sqlite_url(file))
    assert file.read_bytes() == before


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:9/reports", "nonsense", "sqlite://", "sqlite:////no/where"])
def test_other_addresses_are_left_alone(url: str) -> None:
    set_aside_if_damaged(url)
