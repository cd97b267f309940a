"""The secret that signs tokens, for a server whose settings have none."""

import os
import secrets
from pathlib import Path

from gateways.data_directory import DataFileError, DataFileUnavailableError

__all__ = ["read_or_make_secret"]

_SECRET_BYTES = 32
_OWNER_ONLY = 0o600
_PRINTABLE = frozenset(map(chr, range(ord("!"), ord("~") + 1)))
_REMEDY = "put a copy back, or remove the file: everybody then logs in again, and customers' tokens end"


def read_or_make_secret(file: Path | None) -> str:
    """The secret in the file. The file is made at the first start, and only its owner can read it. Without a file the
    secret lasts as long as the process. Raises DataFileError."""
    if file is None:
        return secrets.token_hex(_SECRET_BYTES)
    try:
        if not file.exists():
            _make(file)
        secret = file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise DataFileUnavailableError(file, str(error.strerror)) from error
    except UnicodeDecodeError as error:
        raise DataFileError(file, f"the file is damaged; {_REMEDY}") from error
    if not all(character in _PRINTABLE for character in secret):
        raise DataFileError(file, f"the file is damaged; {_REMEDY}")
    if len(secret) < _SECRET_BYTES:
        raise DataFileError(file, f"the file is {'cut short' if secret else 'empty'}; {_REMEDY}")
    return secret


def _make(file: Path) -> None:
    """Makes the file whole or not at all, even if the power fails meanwhile."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=_OWNER_ONLY)
    with fresh.open("w", encoding="ascii") as writing:
        writing.write(secrets.token_hex(_SECRET_BYTES))
        writing.flush()
        os.fsync(writing.fileno())
    fresh.replace(file)
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
