"""``hybridchat projections`` lists, watches and rebuilds the tables built from the journal."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from gateways.command_line import main
from gateways.data_directory import DataDirectory
from projections.all import PROJECTIONS
from projections.runner.database import sqlite_url
from tests.gateways.command_line.commands import lines_of, run

NAME = PROJECTIONS[0].name
INTO = sqlite_url(Path("part.db"))


@pytest.fixture(autouse=True)
def niceness(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How nice the commands became. The tests' own process stays as it is, because it could never go back."""
    asked: list[int] = []
    monkeypatch.setattr(os, "nice", asked.append)
    return asked


def positions(data_dir: Path) -> dict[str, int]:
    """Returns how far each projection that is built has come."""
    result = run("projections", "status", "--json", data_dir=data_dir)
    builds = [json.loads(line) for line in result.stdout.splitlines()]
    return {build["name"]: build["position"] for build in builds}


def test_every_projection_is_listed() -> None:
    lines = lines_of(CliRunner().invoke(main, ["projections", "list", "--json"]))
    assert [json.loads(line)["name"] for line in lines] == [projection.name for projection in PROJECTIONS]
    assert NAME in CliRunner().invoke(main, ["projections", "list"]).stdout


def test_the_status_names_projections_that_are_not_built(data_dir: Path) -> None:
    result = run("projections", "status", data_dir=data_dir)
    assert result.exit_code == 0
    assert NAME in result.stdout.partition("not built yet: ")[2]


@pytest.mark.parametrize("options", [[], ["--json"], ["--parked"]])
def test_a_look_at_the_status_makes_nothing(data_dir: Path, options: list[str]) -> None:
    """The server may build in another database, whose address the command was not given."""
    result = run("projections", "status", *options, data_dir=data_dir)
    assert result.exit_code == 0
    assert "HYBRIDCHAT__REPORTING__DATABASE_URL" in result.stderr
    assert [file.name for file in data_dir.iterdir() if file.name.startswith("reports")] == []


def test_a_look_at_a_file_without_projections_makes_no_tables(data_dir: Path) -> None:
    reports = DataDirectory(data_dir).reports
    with closing(sqlite3.connect(reports)) as connection:
        connection.execute("CREATE TABLE notes (line TEXT)")
    before = reports.read_bytes()
    result = run("projections", "status", data_dir=data_dir)
    assert "Nothing has been built" in result.stderr
    assert reports.read_bytes() == before


def test_a_rebuild_reads_the_whole_journal(data_dir: Path, niceness: list[int]) -> None:
    result = run("projections", "rebuild", NAME, data_dir=data_dir)
    assert niceness == [10]
    assert result.stderr == f"{NAME}: generation 1 is in use, up to position 19\n"
    assert positions(data_dir) == {NAME: 19}
    assert run("projections", "status", "--parked", data_dir=data_dir).stdout == ""


@pytest.mark.parametrize(
    ("bounds", "last"),
    [
        (["--to", "7"], 7),
        (["--from", "3", "--to", "7"], 7),
        (["--to", "2026-11-22T10:01:00Z"], 4),
        (["--from", "2026-11-22T10:01:00Z"], 19),
    ],
)
def test_a_rebuild_reads_a_part_of_the_journal(data_dir: Path, bounds: list[str], last: int) -> None:
    result = run("projections", "rebuild", NAME, "--into", sqlite_url(data_dir / "part.db"), *bounds, data_dir=data_dir)
    assert result.stderr == f"{NAME}: generation 1 is in use, up to position {last}\n"
    assert not DataDirectory(data_dir).reports.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "name the projections to rebuild, or give --all"),
        ([NAME, "--all"], "name the projections to rebuild, or give --all"),
        (["nonsense"], "nonsense"),
        ([NAME, "--to", "7"], "name another database with --into"),
        ([NAME, "--into", INTO, "--to", "20"], "the journal ends at position 19"),
        ([NAME, "--into", INTO, "--from", "x"], "'x' is neither a position nor an instant with an offset"),
    ],
)
def test_a_rebuild_that_cannot_begin_is_an_error(
    data_dir: Path, options: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data_dir)
    result = run("projections", "rebuild", *options, data_dir=data_dir)
    assert result.exit_code != 0
    assert message in result.stderr
