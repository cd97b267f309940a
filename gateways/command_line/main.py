"""The command ``hybridchat`` and its subcommands."""

import os
from importlib.metadata import version as version_of

import click

from gateways.command_line.lazy_group import LazyCommand, LazyGroup

__all__ = ["main"]

_UMASK_OWNER_ONLY = 0o077
_COMMANDS = {
    "agents": LazyCommand("gateways.command_line.agents:agents", "Manage the agents and their accounts."),
    "configuration": LazyCommand(
        "gateways.command_line.configuration:configuration", "Export, import and check the configuration."
    ),
    "connectors": LazyCommand(
        "gateways.command_line.connectors:connectors", "Check channels at their providers, and set them up there."
    ),
    "deliveries": LazyCommand(
        "gateways.command_line.deliveries:deliveries", "Look at deliveries to outside systems, and try them again."
    ),
    "events": LazyCommand("gateways.command_line.events:events", "Read, check and move the journal."),
    "keys": LazyCommand("gateways.command_line.keys:keys", "Manage the API keys."),
    "explain": LazyCommand("gateways.command_line.explain:explain", "Explain why a task went where it went."),
    "find": LazyCommand(
        "gateways.command_line.find:find_command", "Find what TEXT names, and print the command that shows it."
    ),
    "projections": LazyCommand(
        "gateways.command_line.projections:projections",
        "List, watch and rebuild the tables built from the journal.",
    ),
    "play": LazyCommand("gateways.command_line.play:play", "Play recorded dialogues through a running server."),
    "serve": LazyCommand("gateways.command_line.serve.command:serve", "Serve the APIs."),
    "trace": LazyCommand(
        "gateways.command_line.trace:trace", "Print what happened in a conversation, and what caused what."
    ),
    "state": LazyCommand("gateways.command_line.state:state", "Print the state that a stream's events add up to."),
}


@click.group(cls=LazyGroup, lazy=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hybrid-chat", prog_name="hybridchat", message="%(prog)s %(version)s")
def main() -> None:
    """Hybrid Chat routes conversations between customers, chatbots and human agents."""
    os.umask(_UMASK_OWNER_ONLY)  # what is written holds personal data, or secrets


@main.command()
def version() -> None:
    """Print the version."""
    click.echo(f"hybridchat {version_of('hybrid-chat')}")
