"""The code by which a snapshot was made."""

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

__all__ = ["fingerprint"]


@cache
def fingerprint(*packages: str) -> str:
    """One digest over the source of these packages and of the libraries that run it: any change of the code makes
    another. Rejected: a number raised by hand, which is forgotten one day when an ``evolve`` is corrected."""
    digest = hashlib.sha256(f"{sys.version} msgspec {msgspec.__version__}".encode())
    for package in packages:
        for name, source in sorted(_sources(package, files(package))):
            digest.update(f"{name} {len(source)} ".encode() + source)
    return digest.hexdigest()


def _sources(name: str, folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(f"{name}.{entry.name}", entry)
        elif entry.name.endswith((".py", ".pyc")):
            yield f"{name}.{entry.name}", entry.read_bytes()
