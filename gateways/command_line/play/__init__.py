"""``hybridchat play``: recorded dialogues, played through a running server."""

from gateways.command_line.play.command import play

__all__ = ["play"]
