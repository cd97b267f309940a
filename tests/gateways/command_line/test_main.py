"""The command ``hybridchat`` itself."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from gateways.command_line import main
from gateways.command_line.lazy_group import LazyGroup


def lazy_commands() -> list[str]:
    assert isinstance(main, LazyGroup)
    return sorted(main.lazy)


@pytest.mark.parametrize("name", lazy_commands())
def test_the_help_of_a_command_is_its_own_first_line(name: str) -> None:
    assert isinstance(main, LazyGroup)
    command = main.lazy[name].load()
    assert main.lazy[name].help == command.get_short_help_str(limit=200)


def test_the_help_names_every_command() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    assert [line.split()[0] for line in output.partition("Commands:\n")[2].splitlines()] == main.list_commands(
        click.Context(main)
    )


def test_an_unknown_command_is_an_error() -> None:
    result = CliRunner().invoke(main, ["sing"])
    assert result.exit_code == 2
    assert "No such command 'sing'" in result.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["version"]])
def test_help_and_version_import_no_command(arguments: list[str]) -> None:
    script = f"""import sys
from gateways.command_line import main
try:
    main({arguments})
finally:
    print({{"uvicorn", "sqlalchemy", "actors", "rich"}} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_serving_loads_no_library_that_a_start_does_not_need() -> None:
    """Each takes long to load: the terminal's, the HTTP client, Markdown, and what SQLAlchemy knows of PostgreSQL."""
    script = """import sys
import gateways.command_line.serve.command
print({"rich", "aiohttp", "httpx2", "authlib", "markdown_it", "sqlalchemy.dialects.postgresql"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
