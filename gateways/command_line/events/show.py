"""``hybridchat events show``: one event with everything that is recorded about it."""

from pathlib import Path

import click
from rich.text import Text

from actors.journal import Journal
from actors.journal.places import record_at
from gateways.command_line.data_directory_options import data_directory_options, opened_journal
from gateways.command_line.events.cloud_events import cloud_event_line, json_text
from gateways.command_line.neutralising import neutralise
from gateways.command_line.terminal import print_json, print_line, standard_output
from schemas.records import Record

__all__ = ["show"]

_METADATA = [name for name in ("position", *Record.__struct_fields__[:-1]) if name != "data"]


@click.command()
@click.argument("event", metavar="EVENT_ID|POSITION")
@click.option("--json", "as_json", is_flag=True, help="Print the event as a CloudEvent, one JSON object on one line.")
@data_directory_options
def show(event: str, as_json: bool, data_dir: str | None, config_file: Path | None) -> None:
    """Print one event with everything that is recorded about it."""
    with opened_journal(data_dir, config_file) as journal:
        record = _find(journal, event)
        if as_json:
            click.echo(cloud_event_line(record).encode())
        else:
            _print(record)


def _find(journal: Journal, event: str) -> Record:
    if not (event.isascii() and event.isdecimal()):
        record = journal.read_event(event)
        if record is None:
            raise click.ClickException(f"there is no event with the id {neutralise(event)}")
        return record
    last = journal.last_position()
    position = int(event)
    found = record_at(journal, position) if position <= last else None
    if found is None:
        raise click.ClickException(f"there is no event at position {event}; the last position is {last}")
    return found


def _print(record: Record) -> None:
    console = standard_output()
    for name in _METADATA:
        line = Text()
        line.append(f"{name:<16}", style="dim")
        line.append(neutralise(str(getattr(record, name))))
        print_line(console, line)
    print_json(console, json_text(record))
