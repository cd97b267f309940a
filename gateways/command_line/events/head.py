"""``hybridchat events head``: the digest at the journal's end, by which its past can be proven later."""

from pathlib import Path

import click

from actors.journal import Head, head_of
from gateways.command_line.data_directory_options import data_directory_options, opened_journal

__all__ = ["HEAD", "head"]


class _HeadType(click.ParamType[Head]):
    name = "POSITION:DIGEST"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        try:
            return value if isinstance(value, Head) else Head.parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


HEAD = _HeadType()
"""The type of an option that takes a head."""


@click.command()
@data_directory_options
def head(data_dir: str | None, config_file: Path | None) -> None:
    """Print the journal's end as POSITION:DIGEST.

    Note it where nobody who can write to the journal can write. events verify --head proves with it that nothing up to
    that position was altered, removed or added since.
    """
    with opened_journal(data_dir, config_file) as journal:
        click.echo(str(head_of(journal, journal.last_position())))
