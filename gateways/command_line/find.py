"""``hybridchat find``: what an id, the end of one, a name or a position means."""

from pathlib import Path

import click

from actors.configuration import CONFIGURATION
from actors.folding import fold_as
from gateways.command_line.data_directory_options import data_directory_options, opened_journal
from gateways.command_line.neutralising import neutralise
from gateways.inspection.finding import Finding, find, scanned_subjects
from schemas.records import CENTRE

__all__ = ["find_command"]

_COMMANDS = {
    "event": "hybridchat events show {}",
    "stream": "hybridchat events tail --stream {}",
    "correlation": "hybridchat trace {}",
}


@click.command("find")
@click.argument("text")
@data_directory_options
def find_command(text: str, data_dir: str | None, config_file: Path | None) -> None:
    """Find what TEXT names, and print the command that shows it.

    TEXT is a stream, a position, an agent, a queue or an MRD, a whole id, or the end of the id of a conversation or a
    task as sentences show it. For the end of an id the whole journal is read.
    """
    with opened_journal(data_dir, config_file) as journal:
        tables = fold_as(CONFIGURATION, CENTRE, journal.read_stream(CENTRE)).tables
        found = find(journal, tables, text, scanned_subjects(journal))
    if not found:
        raise click.ClickException(
            f"the journal has nothing that {neutralise(text)} names; events tail shows what it has"
        )
    for finding in found:
        click.echo(_line(finding))


def _line(finding: Finding) -> str:
    return neutralise(f"{finding.description}:  {_COMMANDS[finding.kind].format(finding.id)}")
