"""The exceptions of the files of a data directory."""

from pathlib import Path

__all__ = ["DataDirectoryError", "DataFileError", "DataFileUnavailableError", "JournalCutShortError"]


class DataDirectoryError(Exception):
    """Raised when a data directory cannot be used as it is; the base of the others. The message names the file and the
    remedy."""


class DataFileError(DataDirectoryError):
    """Raised when a file is empty or damaged, or cannot be opened."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(f"{file}: {problem}")
        self.file = file


class DataFileUnavailableError(DataFileError):
    """Raised when a file cannot be read or written just now, as when the disk is full. Nothing of the transaction was
    kept."""


class JournalCutShortError(DataDirectoryError):
    """Raised when other files have seen events beyond the journal's end."""
