"""Checking and reading the options of ``hybridchat play``."""

import re
from collections.abc import Sequence
from importlib.util import find_spec

import click

from config.demo import DEMO_PASSWORD, demo_settings
from gateways.client.agent_session import Credentials

__all__ = [
    "CHARACTERS_PER_SECOND",
    "DEFAULT_AGENTS",
    "named_agents",
    "parse_in_browser",
    "parse_names",
    "parse_reconnect_every",
    "parse_speed",
]

CHARACTERS_PER_SECOND = 5.0
"""The speed at which a person types: speed 1."""
DEFAULT_AGENTS = "3"

_INSTALLATION = "pip install playwright; playwright install chromium, or CHROMIUM= names one"
_MAX_AGENTS = 100_000
_MIN_FEED_SECONDS, _MAX_FEED_SECONDS = 0.1, 86_400.0
_NUMBER = re.compile(r"%(0?[1-9])?d")


def named_agents(values: Sequence[str], pattern: str | None = None, password: str = DEMO_PASSWORD) -> list[Credentials]:
    """Returns the credentials of the agents that the values name.

    A value is ``user:password``, or the number of agents with one password: the first of the ``pattern`` or, without
    one, of the demo. An agent who is named twice plays once. Raises BadParameter for another value.
    """
    named = [each for value in values or [DEFAULT_AGENTS] for each in _agents(value, pattern, password)]
    return list({each.username: each for each in named}.values())


def parse_names(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Returns a pattern as it was given. Raises BadParameter unless it has exactly one place for a number."""
    if value is not None and (len(_NUMBER.findall(value)) != 1 or "%" in _NUMBER.sub("", value)):
        raise click.BadParameter(f"{value!r} has not exactly one place for a number; write agent-%03d")
    return value


def parse_in_browser(context: click.Context, parameter: click.Parameter, value: int) -> int:
    """Returns the number as it was given. Raises BadParameter when pages are wanted and there is no Playwright."""
    if value and find_spec("playwright") is None:
        raise click.BadParameter(f"{parameter.name} need Playwright and Chromium: {_INSTALLATION}")
    return value


def parse_speed(context: click.Context, parameter: click.Parameter, value: str) -> float | None:
    """Returns the speed in characters a second, or None for typing without waiting. Raises BadParameter."""
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
    """Returns the seconds as they were given. Raises BadParameter when they are out of bounds: a feed needs some time
    between two cuts to make progress."""
    if value is not None and not _MIN_FEED_SECONDS <= value <= _MAX_FEED_SECONDS:
        raise click.BadParameter(f"{value:g} is not from {_MIN_FEED_SECONDS:g} to {_MAX_FEED_SECONDS:g} seconds")
    return value


def _agents(value: str, pattern: str | None, password: str) -> list[Credentials]:
    username, _, own_password = value.partition(":")
    if username and own_password:
        return [Credentials(username, own_password)]
    demo = list(demo_settings("")["agents"])
    highest = len(demo) if pattern is None else _MAX_AGENTS
    if not (value.isdecimal() and 1 <= int(value) <= highest):
        hint = "" if pattern else "; name more with --agent-names"
        reason = f"{value!r} is neither user:password nor a number from 1 to {highest}{hint}"
        raise click.BadParameter(reason, param_hint="'--agents'")
    numbers = range(1, int(value) + 1)
    names = demo[: int(value)] if pattern is None else [pattern % number for number in numbers]
    return [Credentials(name, password) for name in names]
