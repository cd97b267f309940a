"""``hybridchat play``: its options, its output and its exit codes."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click
import uvloop

from config.demo import DEMO_PASSWORD
from gateways.client.exceptions import ClientError
from gateways.command_line.open_files import allow_many_open_files
from gateways.command_line.play.dialogues import Dialogue, read_dialogues
from gateways.command_line.play.exceptions import DialogueFileError, PlayError
from gateways.command_line.play.options import (
    DEFAULT_AGENTS,
    named_agents,
    parse_in_browser,
    parse_names,
    parse_reconnect_every,
    parse_speed,
)
from gateways.command_line.play.progress import ProgressBar
from gateways.command_line.play.run import Outcome, Plan, Run
from gateways.command_line.play.summary import as_text
from gateways.command_line.server_address import parse_url
from gateways.command_line.terminal import print_json_line

__all__ = ["play"]

_FAILED = 1
_INTERRUPTED = 130


class _InputError(click.ClickException):
    """Raised when the command cannot start with the input it was given."""

    exit_code = 2


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--url", callback=parse_url, default="http://127.0.0.1:8080", show_default=True, help="The server's address."
)
@click.option(
    "--channel",
    default="web-direct",
    show_default=True,
    help="The channel on which customers start their conversations.",
)
@click.option(
    "--agents",
    multiple=True,
    metavar="USER:PASSWORD|N",
    help="An agent to play, repeatable; N takes the first N of --agent-names, or of the demo's agents."
    f"  [default: {DEFAULT_AGENTS}]",
)
@click.option(
    "--agent-names",
    callback=parse_names,
    metavar="PATTERN",
    help="The names of N agents, such as agent-%03d for agent-001, agent-002 and so on.",
)
@click.option(
    "--agent-password",
    envvar="HYBRIDCHAT_AGENT_PASSWORD",
    show_envvar=True,
    default=DEMO_PASSWORD,
    help="The password of N agents.  [default: the demo's]",
)
@click.option(
    "--concurrency",
    type=click.IntRange(min=1),
    help="How many conversations run at once.  [default: as many as the agents have places for]",
)
@click.option(
    "--speed",
    callback=parse_speed,
    default="max",
    metavar="max|FACTOR",
    show_default=True,
    help="1 types 5 characters a second, as people do; 10 types ten times as fast; max types without waiting.",
)
@click.option(
    "--reconnect-every",
    type=float,
    callback=parse_reconnect_every,
    metavar="SECONDS",
    help="Cut every feed about once in so many seconds, without a closing frame, to see it resumed.",
)
@click.option("--repeat", type=click.IntRange(1, 1000), default=1, metavar="N", help="Play each dialogue N times.")
@click.option(
    "--ramp-up",
    type=click.FloatRange(0, 86_400),
    default=0.0,
    metavar="SECONDS",
    help="The time over which the first customers arrive.  [default: all at once]",
)
@click.option("--limit", type=click.IntRange(min=1), help="Play only the first N dialogues.")
@click.option(
    "--keep-trying",
    type=click.FloatRange(min=0),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to try again when the server is away or busy.",
)
@click.option("--clear", is_flag=True, help="First end the conversations that the agents hold or that wait for them.")
@click.option(
    "--acknowledged",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Append every acknowledged message to this file, a line of JSON each.",
)
@click.option(
    "--widget",
    "widgets",
    type=click.IntRange(0, 200),
    callback=parse_in_browser,
    default=0,
    metavar="N",
    help="Let the customers of the first N dialogues write in the widgets of a page, in Chromium without a window.",
)
@click.option(
    "--desk",
    "desks",
    type=click.IntRange(0, 50),
    callback=parse_in_browser,
    default=0,
    metavar="N",
    help="Let the first N agents work at the desk, each in a tab of its own, in Chromium without a window.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_context
def play(
    context: click.Context,
    file: Path,
    url: str,
    channel: str,
    agents: Sequence[str],
    agent_names: str | None,
    agent_password: str,
    concurrency: int | None,
    speed: float | None,
    reconnect_every: float | None,
    repeat: int,
    ramp_up: float,
    limit: int | None,
    keep_trying: float,
    clear: bool,
    acknowledged: Path | None,
    widgets: int,
    desks: int,
    as_json: bool,
) -> None:
    """Play recorded dialogues through a running server.

    FILE holds one dialogue a line, as JSON, gzipped or not: {"id": "1", "turns": [{"speaker": "customer", "text":
    "Hello"}, {"speaker": "agent", "text": "Good morning"}]}.

    Customers and agents use the server over HTTP and WebSockets, as real ones do. A turn is typed when the other side
    has seen the turn before it. A message that the server has acknowledged must appear once and in order on the screens
    of both sides, and again when every conversation is read back at the end.

    With --widget, that many conversations are held in widgets, all on one page: what the customer says is typed into
    the composer, and what the widget shows is the customer's screen. With --desk, that many agents log in at /desk:
    they accept, answer, end and wrap up there, and what the desk shows is the agent's screen. Everything else uses the
    APIs as ever. Both need Playwright (pip install playwright) and a Chromium: the one that CHROMIUM= names, or else
    the machine's, or else Playwright's (playwright install chromium).

    Conversations that are not part of the play are left alone: those that the agents hold stay with them and take up
    their places; those that are offered to them are declined and go to other agents. With --clear both are ended, even
    those of real customers: use it only on a server that holds nothing but leftovers of earlier plays. Agents who were
    not ready before the play are not ready again afterwards.

    The exit code is 0 if all was well, 1 if a message was lost, duplicated or out of order or a conversation was not
    played to its end, 2 for wrong input, and 130 after Ctrl-C.
    """
    plan = Plan(
        url=url,
        channel=channel,
        agents=named_agents(agents, agent_names, agent_password),
        concurrency=concurrency,
        characters_per_second=speed,
        keep_trying=keep_trying,
        reconnect_every=reconnect_every,
        ramp_up=ramp_up,
        clear=clear,
        acknowledged=acknowledged,
        widgets=widgets,
        desks=desks,
    )
    if desks > len(plan.agents):
        raise _InputError(f"there are {len(plan.agents)} agents for {desks} desks; name more with --agents")
    if widgets and not url.startswith("http://"):
        raise _InputError("widgets need the server's own address, which begins with http://")
    try:
        dialogues = read_dialogues(file, limit)
    except DialogueFileError as error:
        raise _InputError(str(error)) from error
    allow_many_open_files()
    context.exit(_print_outcome(_play(plan, dialogues * repeat), as_json))


def _play(plan: Plan, dialogues: Sequence[Dialogue]) -> Outcome:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner, ProgressBar(len(dialogues)) as progress:
        return runner.run(_run(plan, dialogues, progress))


async def _run(plan: Plan, dialogues: Sequence[Dialogue], progress: ProgressBar) -> Outcome:
    try:
        return await Run(plan, dialogues, progress).play()
    except (PlayError, ClientError) as error:
        raise _InputError(str(error)) from error


def _print_outcome(outcome: Outcome, as_json: bool) -> int:
    """Prints the outcome and returns the exit code."""
    summary = outcome.summary
    if as_json:
        print_json_line(summary)
    elif summary.conversations or summary.broken_off:
        click.echo(as_text(summary))
    if outcome.error is not None:
        click.echo(f"Error: {outcome.error}", err=True)
    if outcome.interrupted:
        return _INTERRUPTED
    return 0 if outcome.error is None and not summary.broken_off and summary.faultless else _FAILED
