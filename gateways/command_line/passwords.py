"""Passwords that a command is given on standard input or at a prompt."""

import sys

import click

__all__ = ["password_stdin_option", "read_password"]

password_stdin_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from one line of standard input."
)


def read_password(from_stdin: bool, *, confirm: bool = False) -> str:
    """Reads a line of standard input, or asks the person, twice if ``confirm`` is set."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=confirm))
