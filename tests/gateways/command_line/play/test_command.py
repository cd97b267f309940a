"""The errors of the command for wrong input."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateways.command_line.play import play
from tests.gateways.command_line.play.servers import SAMPLE


def invoked(*arguments: object) -> Result:
    return CliRunner().invoke(play, [str(argument) for argument in arguments])


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    result = invoked(tmp_path / "missing.jsonl")
    assert result.exit_code == 2
    assert "missing.jsonl' does not exist" in result.stderr


@pytest.mark.parametrize("name", ["dialogues.jsonl", "dialogues.jsonl.gz"])
def test_a_bad_file_is_an_error_in_one_line(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text('{"id": "1"}\n')
    result = invoked(file)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert result.stderr.startswith(f"Error: {file}")


@pytest.mark.parametrize(
    "options",
    [
        ("--agents", "alice"),
        ("--agent-names", "agent"),
        ("--reconnect-every", "0"),
        ("--repeat", "0"),
        ("--ramp-up", "-1"),
        ("--speed", "fast"),
        ("--url", "localhost"),
        ("--limit", "0"),
        ("--concurrency", "0"),
        ("--keep-trying", "-1"),
    ],
)
def test_wrong_options_are_errors(options: tuple[str, str]) -> None:
    result = invoked(SAMPLE, *options)
    assert result.exit_code == 2
    assert f"Invalid value for '{options[0]}'" in result.stderr


def test_a_file_of_acknowledgements_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "missing" / "acknowledged.jsonl"
    result = invoked(SAMPLE, "--acknowledged", file)
    assert (result.exit_code, result.stderr) == (2, f"Error: cannot write {file}: No such file or directory\n")


def test_a_server_that_is_not_there_is_an_error(unused_tcp_port: int) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}"
    result = invoked(SAMPLE, "--url", url)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: cannot reach {url}: connection refused; is the server running?")
