"""Checking the address of a server that an option gives."""

import click
from yarl import URL

__all__ = ["parse_url"]


def parse_url(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Returns the address as it was given. Raises BadParameter when it is no address of a server."""
    if value is None:
        return None
    try:
        url = URL(value)
    except ValueError:
        url = URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise click.BadParameter(f"{value!r} is no address such as http://127.0.0.1:8080")
    return value
