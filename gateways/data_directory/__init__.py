"""The names of all files of a data directory, and the small SQLite files among them."""

from gateways.data_directory.data_directory import DataDirectory
from gateways.data_directory.exceptions import (
    DataDirectoryError,
    DataFileError,
    DataFileUnavailableError,
    JournalCutShortError,
)
from gateways.data_directory.sqlite_file import SqliteFile

__all__ = [
    "DataDirectory",
    "DataDirectoryError",
    "DataFileError",
    "DataFileUnavailableError",
    "JournalCutShortError",
    "SqliteFile",
]
