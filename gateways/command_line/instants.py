"""Instants that are given to commands as text."""

from datetime import datetime

import click

from schemas.instants import parse_instant

__all__ = ["instant_of_option"]


def instant_of_option(text: str, problem: str = "is no instant") -> datetime:
    """Reads an instant. Raises BadParameter, whose message begins with ``problem``, when the text is none."""
    try:
        return parse_instant(text)
    except ValueError:
        example = "with an offset, such as 2026-11-22T10:00:00Z"
        raise click.BadParameter(f"{text!r} {problem} {example}") from None
