"""Finding and opening the journal of a data directory."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from gateways.command_line import main
from gateways.data_directory import DataDirectory
from tests.gateways.command_line.commands import lines_of, run
from tests.gateways.command_line.journals import write_conversation


def test_the_data_directory_comes_from_the_settings(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "HYBRIDCHAT__SERVER__DATA_DIR", str(data_dir))
    assert len(lines_of(CliRunner().invoke(main, ["events", "tail"]))) == 19


def test_the_data_directory_comes_from_a_settings_file(data_dir: Path) -> None:
    config = data_dir / "settings.toml"
    config.write_text(f'[server]\ndata_dir = "{data_dir}"\n')
    assert len(lines_of(CliRunner().invoke(main, ["events", "tail", "--config", str(config)]))) == 19


def test_wrong_settings_are_an_error(data_dir: Path) -> None:
    config = data_dir / "settings.toml"
    config.write_text("[server]\nport = -1\n")
    result = run("events", "tail", "--config", str(config), data_dir=data_dir)
    assert result.exit_code == 1
    assert "server.port: Expected `int` >= 0" in result.stderr


def test_a_data_directory_whose_name_has_the_marks_of_a_url_is_read(tmp_path: Path) -> None:
    directory = tmp_path / "a?b#c%41 d"
    directory.mkdir()
    write_conversation(directory)
    assert len(lines_of(run("events", "tail", data_dir=directory))) == 19


@pytest.mark.parametrize("missing", ["missing", "journal.db/data"])
def test_a_missing_journal_is_an_error_that_names_the_fix(data_dir: Path, missing: str) -> None:
    result = run("events", "tail", data_dir=data_dir / missing)
    assert result.exit_code == 1
    assert f"no journal at {DataDirectory(data_dir / missing).journal}; start the server once" in result.stderr
    assert not (data_dir / "missing").exists()


@pytest.mark.parametrize(
    ("content", "message"), [(b"", "no such table: events"), (b"no database" * 100, "file is not a database")]
)
def test_a_file_that_is_no_journal_is_an_error(tmp_path: Path, content: bytes, message: str) -> None:
    DataDirectory(tmp_path).journal.write_bytes(content)
    result = run("events", "tail", data_dir=tmp_path)
    assert result.exit_code == 1
    assert message in result.stderr


def test_a_folder_named_like_the_journal_is_an_error(tmp_path: Path) -> None:
    DataDirectory(tmp_path).journal.mkdir()
    result = run("events", "tail", data_dir=tmp_path)
    assert result.exit_code == 1
    assert "Is a directory" in result.stderr


def test_a_journal_that_may_not_be_read_is_an_error(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    result = run("events", "tail", data_dir=data_dir)
    assert result.exit_code == 1
    assert f"cannot read the journal at {DataDirectory(data_dir).journal}: Permission denied" in result.stderr


def test_a_journal_closed_and_in_a_read_only_directory_is_an_error(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(DataDirectory(data_dir).journal)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    result = run("events", "tail", data_dir=data_dir)
    assert result.exit_code == 1
    assert "copy the journal to where you may write" in result.stderr
