"""A group of commands that are imported only when they run, so that ``--help`` and ``version`` answer at once."""

import gc
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

__all__ = ["LazyCommand", "LazyGroup"]


class LazyCommand(NamedTuple):
    """A command that is not imported yet. ``origin`` names it as ``module:attribute``, and ``help`` is the first line
    of its help."""

    origin: str
    help: str

    def load(self) -> click.Command:
        """Imports the command.

        The garbage collector is off meanwhile: it takes a fifth of the time and finds nothing, as modules stay.
        """
        module, _, attribute = self.origin.partition(":")
        gc.disable()
        try:
            command = getattr(import_module(module), attribute)
        finally:
            gc.enable()
        assert isinstance(command, click.Command)  # noqa: S101 - a fault of the program, found by a test
        return command


class LazyGroup(click.Group):
    """Has the subcommands in ``lazy`` besides those that are added to it."""

    def __init__(self, *, lazy: Mapping[str, LazyCommand], **options: Any) -> None:  # Any: those of click.Group
        super().__init__(**options)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.lazy:
            return self.lazy[cmd_name].load()
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, self._help_of(name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _help_of(self, name: str) -> str:
        return self.lazy[name].help if name in self.lazy else self.commands[name].get_short_help_str(limit=100)
