"""``hybridchat projections list``: the projections with their tables."""

import click
from rich.table import Table

from gateways.command_line.terminal import print_json_line, standard_output
from projections.all import PROJECTIONS

__all__ = ["list_projections"]


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def list_projections(as_json: bool) -> None:
    """List the projections with the tables that they keep."""
    listing = Table("name", "version", "tables", "description", box=None, pad_edge=False)
    for projection in PROJECTIONS:
        tables = [table.name for table in projection.tables if not table.internal]
        if as_json:
            described = {"name": projection.name, "version": projection.version, "tables": tables}
            print_json_line({**described, "description": projection.description})
        else:
            listing.add_row(projection.name, str(projection.version), "\n".join(tables), projection.description)
    if not as_json:
        standard_output().print(listing)
