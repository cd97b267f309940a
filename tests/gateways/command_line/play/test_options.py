"""What the options may say."""

import click
import pytest

from gateways.command_line.play.command import play
from gateways.command_line.play.options import parse_agents, parse_speed, parse_url

CONTEXT = click.Context(play)
PARAMETER = play.params[0]


def names(*values: str) -> list[str]:
    return [each.username for each in parse_agents(CONTEXT, PARAMETER, values)]


def test_three_agents_of_the_demo_play_by_default() -> None:
    assert names() == ["alice", "bob", "carol"]
    assert {each.password for each in parse_agents(CONTEXT, PARAMETER, ())} == {"demo"}


def test_agents_are_named_or_numbered() -> None:
    assert names("1") == ["alice"]
    assert names("dora:secret", "2") == ["dora", "alice", "bob"]
    assert parse_agents(CONTEXT, PARAMETER, ["dora:with:colons"])[0].password == "with:colons"


def test_who_is_named_twice_plays_once() -> None:
    assert names("2", "alice:other") == ["alice", "bob"]


@pytest.mark.parametrize("value", ["0", "6", "-1", "alice", "alice:", ":demo", ""])
def test_other_agents_are_refused(value: str) -> None:
    with pytest.raises(click.BadParameter, match="neither user:password nor a number from 1 to 5"):
        names(value)


@pytest.mark.parametrize(("value", "characters_per_second"), [("max", None), ("1", 5.0), ("0.5", 2.5), ("100", 500.0)])
def test_speed_is_a_multiple_of_how_people_type(value: str, characters_per_second: float | None) -> None:
    assert parse_speed(CONTEXT, PARAMETER, value) == characters_per_second


@pytest.mark.parametrize("value", ["0", "-1", "fast", "inf", "nan", ""])
def test_other_speeds_are_refused(value: str) -> None:
    with pytest.raises(click.BadParameter, match="neither max nor a number above 0"):
        parse_speed(CONTEXT, PARAMETER, value)


@pytest.mark.parametrize("value", ["http://127.0.0.1:8080", "https://chat.example.org/path", "http://[::1]:8080"])
def test_addresses_are_taken(value: str) -> None:
    assert parse_url(CONTEXT, PARAMETER, value) == value


@pytest.mark.parametrize("value", ["127.0.0.1:8080", "ftp://example.org", "http://", "http://a:b:c", ""])
def test_other_addresses_are_refused(value: str) -> None:
    with pytest.raises(click.BadParameter, match="is no address such as"):
        parse_url(CONTEXT, PARAMETER, value)
