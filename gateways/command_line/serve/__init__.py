"""``hybridchat serve``: the server."""

from gateways.command_line.serve.command import serve

__all__ = ["serve"]
