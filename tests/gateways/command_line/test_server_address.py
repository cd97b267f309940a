"""The address of a server is checked."""

import click
import pytest

from gateways.command_line.server_address import parse_url

CONTEXT = click.Context(click.Command("play"))
PARAMETER = click.Option(["--url"])


@pytest.mark.parametrize("value", ["http://127.0.0.1:8080", "https://chat.example.org/path", "http://[::1]:8080"])
def test_http_addresses_are_accepted(value: str) -> None:
    assert parse_url(CONTEXT, PARAMETER, value) == value


@pytest.mark.parametrize("value", ["127.0.0.1:8080", "ftp://example.org", "http://", "http://a:b:c", ""])
def test_other_addresses_are_refused(value: str) -> None:
    with pytest.raises(click.BadParameter, match="is no address such as"):
        parse_url(CONTEXT, PARAMETER, value)
