"""``hybridchat deliveries retry``, ``drop``, ``resume`` and ``rewind``."""

from urllib.parse import quote

import click
import msgspec

from gateways.command_line.instants import instant_of_option
from gateways.command_line.neutralising import neutralise
from gateways.command_line.running_server import RunningServer, server_options
from schemas.api.deliveries import Delivery, Retried, RewindRequest, Rewound

__all__ = ["drop", "resume", "retry", "rewind"]

_TARGETS = "/inspect/v1/targets"
_DELIVERIES = "/inspect/v1/deliveries"


@click.command()
@click.argument("delivery", type=click.IntRange(min=1), required=False)
@click.option("--target", help="All parked deliveries of this target, such as webhook:crm.")
@server_options
def retry(delivery: int | None, target: str | None, url: str, user: str | None, password_stdin: bool) -> None:
    """Try a delivery again that is parked, was refused or was delivered.

    One that was delivered is sent a second time.
    """
    if (delivery is None) == (target is None):
        raise click.UsageError("name a delivery, or give --target")
    server = RunningServer(url, user, password_stdin)
    if target is None:
        waiting = server.ask(Delivery, "POST", f"{_DELIVERIES}/{delivery}/retry")
        click.echo(neutralise(f"Delivery {waiting.id} waits for {waiting.target} again"))
    else:
        count = server.ask(Retried, "POST", f"{_TARGETS}/{quote(target, safe='')}/retry").deliveries
        click.echo(neutralise(f"Waiting for {target} again: {count}"))


@click.command()
@click.argument("delivery", type=click.IntRange(min=1))
@server_options
def drop(delivery: int, url: str, user: str | None, password_stdin: bool) -> None:
    """Drop a delivery that waits or is parked. It is never made."""
    RunningServer(url, user, password_stdin).call("DELETE", f"{_DELIVERIES}/{delivery}")
    click.echo(f"Dropped delivery {delivery}")


@click.command()
@click.argument("target")
@server_options
def resume(target: str, url: str, user: str | None, password_stdin: bool) -> None:
    """Let a target work again that was stopped, because no call could succeed."""
    RunningServer(url, user, password_stdin).call("POST", f"{_TARGETS}/{quote(target, safe='')}/resume")
    click.echo(neutralise(f"Resumed {target}"))


@click.command()
@click.argument("target")
@click.argument("place")
@click.option("--yes", is_flag=True, help="Do not ask.")
@server_options
def rewind(target: str, place: str, yes: bool, url: str, user: str | None, password_stdin: bool) -> None:
    """Send a target events again.

    PLACE is the position after which, or the instant from which on, such as 2026-11-22T10:00:00Z. A target that does
    not recognise repetitions takes them twice.
    """
    wish = _wish(place)
    server = RunningServer(url, user, password_stdin)
    if not yes:
        click.confirm(f"Send {target} everything from {place} on again?", abort=True)
    path = f"{_TARGETS}/{quote(target, safe='')}/rewind"
    rewound = server.ask(Rewound, "POST", path, msgspec.json.encode(wish))
    click.echo(neutralise(f"{rewound.target} gets the events after position {rewound.position} again"))


def _wish(place: str) -> RewindRequest:
    if place.isascii() and place.isdigit():
        return RewindRequest(position=int(place))
    return RewindRequest(at=instant_of_option(place, "is neither a position nor an instant"))
