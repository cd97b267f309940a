"""What the options of ``hybridchat play`` may say."""

from collections.abc import Sequence

import click
from yarl import URL

from config.demo import DEMO_PASSWORD, demo_settings
from gateways.command_line.play.agent_session import Credentials

__all__ = ["CHARACTERS_PER_SECOND", "DEFAULT_AGENTS", "parse_agents", "parse_speed", "parse_url"]

CHARACTERS_PER_SECOND = 5.0
"""How fast a person types, at speed 1."""
DEFAULT_AGENTS = "3"


def parse_agents(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> list[Credentials]:
    """Each ``user:password``, or a number of users of the demo; who is named twice plays once."""
    named = [each for value in values or [DEFAULT_AGENTS] for each in _agents(value)]
    return list({each.username: each for each in named}.values())


def parse_speed(context: click.Context, parameter: click.Parameter, value: str) -> float | None:
    """In characters a second; None for no waiting."""
    if value == "max":
        return None
    try:
        factor = float(value)
    except ValueError:
        factor = 0.0
    if not 0 < factor < float("inf"):
        raise click.BadParameter(f"{value!r} is neither max nor a number above 0")
    return factor * CHARACTERS_PER_SECOND


def parse_url(context: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        url = URL(value)
    except ValueError:
        url = URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise click.BadParameter(f"{value!r} is no address such as http://127.0.0.1:8080")
    return value


def _agents(value: str) -> list[Credentials]:
    username, _, password = value.partition(":")
    if username and password:
        return [Credentials(username, password)]
    demo = [Credentials(name, DEMO_PASSWORD) for name in demo_settings("")["agents"]]
    if not (value.isdecimal() and 1 <= int(value) <= len(demo)):
        raise click.BadParameter(f"{value!r} is neither user:password nor a number from 1 to {len(demo)}")
    return demo[: int(value)]
