"""Showing how far the play has come."""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

__all__ = ["ProgressBar"]


class ProgressBar:
    """A bar on standard error, shown only if that is a terminal. Notes are printed in any case."""

    def __init__(self, conversations: int) -> None:
        console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._messages = 0
        self._progress = Progress(
            TextColumn("Conversations"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[messages]:,} messages"),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
            refresh_per_second=5,
        )
        self._task = self._progress.add_task("", total=conversations, messages=0)

    def __enter__(self) -> "ProgressBar":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._progress.stop()

    def played(self, messages: int) -> None:
        """Counts one more conversation, with this number of messages."""
        self._messages += messages
        self._progress.update(self._task, advance=1, messages=self._messages)

    def note(self, text: str) -> None:
        self._progress.console.print(text, markup=False)
