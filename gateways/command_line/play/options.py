"""What the options of ``hybridchat play`` may say."""

import re
from collections.abc import Sequence

import click

from config.demo import DEMO_PASSWORD, demo_settings
from gateways.client.agent_session import Credentials

__all__ = [
    "CHARACTERS_PER_SECOND",
    "DEFAULT_AGENTS",
    "named_agents",
    "parse_names",
    "parse_reconnect_every",
    "parse_speed",
]

CHARACTERS_PER_SECOND = 5.0
"""How fast a person types, at speed 1."""
DEFAULT_AGENTS = "3"

_MOST_AGENTS = 100_000
_SHORTEST_FEED, _LONGEST_FEED = 0.1, 86_400.0
_NUMBER = re.compile(r"%(0?[1-9])?d")


def named_agents(values: Sequence[str], pattern: str | None = None, password: str = DEMO_PASSWORD) -> list[Credentials]:
    """Each ``user:password``, or a number of agents with one password: the first of the ``pattern``, or the demo's.

    Who is named twice plays once. Raises BadParameter.
    """
    named = [each for value in values or [DEFAULT_AGENTS] for each in _agents(value, pattern, password)]
    return list({each.username: each for each in named}.values())


def parse_names(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A pattern with one place for a number."""
    if value is not None and (len(_NUMBER.findall(value)) != 1 or "%" in _NUMBER.sub("", value)):
        raise click.BadParameter(f"{value!r} has not exactly one place for a number; write agent-%03d")
    return value


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


def parse_reconnect_every(context: click.Context, parameter: click.Parameter, value: float | None) -> float | None:
    """In seconds; a feed needs some time to get anywhere between two cuts."""
    if value is not None and not _SHORTEST_FEED <= value <= _LONGEST_FEED:
        raise click.BadParameter(f"{value:g} is not from {_SHORTEST_FEED:g} to {_LONGEST_FEED:g} seconds")
    return value


def _agents(value: str, pattern: str | None, password: str) -> list[Credentials]:
    username, _, own_password = value.partition(":")
    if username and own_password:
        return [Credentials(username, own_password)]
    demo = list(demo_settings("")["agents"])
    most = len(demo) if pattern is None else _MOST_AGENTS
    if not (value.isdecimal() and 1 <= int(value) <= most):
        hint = "" if pattern else "; name more with --agent-names"
        reason = f"{value!r} is neither user:password nor a number from 1 to {most}{hint}"
        raise click.BadParameter(reason, param_hint="'--agents'")
    numbers = range(1, int(value) + 1)
    names = demo[: int(value)] if pattern is None else [pattern % number for number in numbers]
    return [Credentials(name, password) for name in names]
