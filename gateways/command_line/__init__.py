"""The command line: ``hybridchat``."""

from gateways.command_line.main import main

__all__ = ["main"]
