"""``python -m gateways.command_line`` is ``hybridchat``."""

from gateways.command_line.main import main

main(prog_name="hybridchat")
