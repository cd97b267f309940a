"""``hybridchat projections list``."""

import click
import msgspec
from rich.table import Table as Printed

from gateways.command_line.terminal import standard_output
from projections.all import PROJECTIONS

__all__ = ["list_projections"]


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def list_projections(as_json: bool) -> None:
    """List the projections, with the tables that they keep."""
    printed = Printed("name", "version", "tables", "description", box=None, pad_edge=False)
    for projection in PROJECTIONS:
        tables = [table.name for table in projection.tables if not table.internal]
        if as_json:
            shown = {"name": projection.name, "version": projection.version, "tables": tables}
            click.echo(msgspec.json.encode({**shown, "description": projection.description}))
        else:
            printed.add_row(projection.name, str(projection.version), "\n".join(tables), projection.description)
    if not as_json:
        standard_output().print(printed)
