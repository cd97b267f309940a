"""``hybridchat deliveries targets``, ``list`` and ``show``."""

from typing import get_args
from urllib.parse import urlencode

import click

from gateways.command_line.deliveries.tables import print_deliveries, print_delivery, print_targets
from gateways.command_line.running_server import RunningServer, server_options
from gateways.command_line.terminal import print_json_line
from schemas.api.deliveries import Deliveries, DeliveryState, DeliveryTargets, DeliveryWithEvent

__all__ = ["list_", "show", "targets"]

_json_lines = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


@click.command()
@_json_lines
@server_options
def targets(as_json: bool, url: str, user: str | None, password_stdin: bool) -> None:
    """List the systems that get deliveries: what waits for each, and what is parked."""
    server = RunningServer(url, user, password_stdin)
    found = server.ask(DeliveryTargets, "GET", "/inspect/v1/targets").targets
    if not as_json:
        print_targets(found)
        return
    for target in found:
        print_json_line(target)


@click.command("list")
@click.option("--target", help="Only deliveries to this target, such as webhook:crm.")
@click.option(
    "--state", "states", multiple=True, type=click.Choice(get_args(DeliveryState)), help="Only those in this state."
)
@click.option("--before", type=click.IntRange(min=1), help="Only deliveries before this one.")
@click.option("--limit", type=click.IntRange(1, 1_000), default=50, show_default=True, help="At most so many.")
@_json_lines
@server_options
def list_(
    target: str | None,
    states: tuple[str, ...],
    before: int | None,
    limit: int,
    as_json: bool,
    url: str,
    user: str | None,
    password_stdin: bool,
) -> None:
    """List deliveries, the latest first."""
    server = RunningServer(url, user, password_stdin)
    asked = {"target": target, "state": ",".join(states) or None, "before": before, "limit": limit}
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    page = server.ask(Deliveries, "GET", f"/inspect/v1/deliveries?{query}")
    if as_json:
        for delivery in page.deliveries:
            print_json_line(delivery)
    else:
        print_deliveries(page.deliveries)
    if page.next is not None:
        click.echo(f"there are more: --before {page.next}", err=True)


@click.command()
@click.argument("delivery", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on one line.")
@server_options
def show(delivery: int, as_json: bool, url: str, user: str | None, password_stdin: bool) -> None:
    """Print what became of a delivery, and where its event is."""
    server = RunningServer(url, user, password_stdin)
    found = server.ask(DeliveryWithEvent, "GET", f"/inspect/v1/deliveries/{delivery}")
    if as_json:
        print_json_line(found)
    else:
        print_delivery(found)
