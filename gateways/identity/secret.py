"""The secret that signs tokens, for a server whose settings have none."""

import secrets
from pathlib import Path

__all__ = ["read_or_make_secret"]

_SECRET_BYTES = 32
_OWNER_ONLY = 0o600


def read_or_make_secret(file: Path | None) -> str:
    """The secret in the file. The file is made at the first start, and only its owner can read it. Without a file the
    secret lasts as long as the process."""
    if file is None:
        return secrets.token_hex(_SECRET_BYTES)
    if not file.exists():
        fresh = file.with_name(f"{file.name}.new")
        fresh.touch(mode=_OWNER_ONLY)
        fresh.write_text(secrets.token_hex(_SECRET_BYTES))
        fresh.replace(file)
    return file.read_text()
