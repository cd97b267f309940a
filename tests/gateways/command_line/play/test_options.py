"""Which values the options take, and what they mean."""

import math

import click
import pytest

from gateways.command_line.play.command import play
from gateways.command_line.play.options import (
    named_agents,
    parse_names,
    parse_reconnect_every,
    parse_speed,
)

CONTEXT = click.Context(play)
PARAMETER = play.params[0]


def names(*values: str) -> list[str]:
    return [each.username for each in named_agents(values)]


def test_three_agents_of_the_demo_play_by_default() -> None:
    assert names() == ["alice", "bob", "carol"]
    assert {each.password for each in named_agents(())} == {"demo"}


def test_agents_are_named_or_numbered() -> None:
    assert names("1") == ["alice"]
    assert names("dora:secret", "2") == ["dora", "alice", "bob"]
    assert named_agents(["dora:with:colons"])[0].password == "with:colons"


def test_an_agent_named_twice_plays_once() -> None:
    assert names("2", "alice:other") == ["alice", "bob"]


@pytest.mark.parametrize("value", ["0", "6", "-1", "alice", "alice:", ":demo", ""])
def test_other_agents_are_refused(value: str) -> None:
    with pytest.raises(click.BadParameter, match="neither user:password nor a number from 1 to 5"):
        names(value)


def test_many_agents_are_named_after_a_pattern() -> None:
    agents = named_agents(["2", "dora:hers"], "agent-%03d", "secret")
    assert agents == [("agent-001", "secret"), ("agent-002", "secret"), ("dora", "hers")]
    assert named_agents(["100000"], "%d")[-1].username == "100000"
    with pytest.raises(click.BadParameter, match="a number from 1 to 100000"):
        named_agents(["100001"], "agent-%d")


@pytest.mark.parametrize("value", ["agent-%03d", "%d", "a%5d@example.org", None])
def test_patterns_have_a_place_for_the_number(value: str | None) -> None:
    assert parse_names(CONTEXT, PARAMETER, value) == value


@pytest.mark.parametrize("value", ["agent", "", "%s", "%d-%d", "%%d", "100%-%d", "%0999999999d", "%(name)d"])
def test_other_patterns_are_refused(value: str) -> None:
    with pytest.raises(click.BadParameter, match="has not exactly one place for a number; write agent-%03d"):
        parse_names(CONTEXT, PARAMETER, value)


@pytest.mark.parametrize("value", [0.1, 86_400.0, None])
def test_feeds_are_cut_at_a_sensible_pace(value: float | None) -> None:
    assert parse_reconnect_every(CONTEXT, PARAMETER, value) == value


@pytest.mark.parametrize("value", [0.0, 0.09, -1.0, 86_401.0, math.inf, math.nan])
def test_other_paces_are_refused(value: float) -> None:
    with pytest.raises(click.BadParameter, match="seconds"):
        parse_reconnect_every(CONTEXT, PARAMETER, value)


@pytest.mark.parametrize(("value", "characters_per_second"), [("max", None), ("1", 5.0), ("0.5", 2.5), ("100", 500.0)])
def test_speed_is_a_multiple_of_how_people_type(value: str, characters_per_second: float | None) -> None:
    assert parse_speed(CONTEXT, PARAMETER, value) == characters_per_second


@pytest.mark.parametrize("value", ["0", "-1", "fast", "inf", "nan", ""])
def test_other_speeds_are_refused(value: str) -> None:
    with pytest.raises(click.BadParameter, match="neither max nor a number above 0"):
        parse_speed(CONTEXT, PARAMETER, value)
