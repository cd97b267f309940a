"""The command ``hybridchat`` and what it is made of."""

from importlib.metadata import version as version_of

import click

from gateways.command_line.serve import serve

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Hybrid Chat routes conversations between customers, chatbots and human agents."""


@main.command()
def version() -> None:
    """Print the version."""
    click.echo(f"hybridchat {version_of('hybrid-chat')}")


main.add_command(serve)
