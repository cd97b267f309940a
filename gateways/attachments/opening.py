"""Opening what keeps the attachments, as the settings say."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config import AttachmentSettings, SettingsError
from gateways.attachments.local import LocalStore
from gateways.attachments.store import AttachmentStore

__all__ = ["Attachments", "open_attachments"]


@dataclass(frozen=True)
class Attachments:
    """``incoming`` is the directory of uploads on their way in; nothing in it outlives the process."""

    settings: AttachmentSettings
    store: AttachmentStore
    incoming: Path


@contextmanager
def open_attachments(settings: AttachmentSettings, directory: Path | None) -> Iterator[Attachments]:
    """Without a directory they last as long as the process. Raises SettingsError."""
    if directory is None:
        with tempfile.TemporaryDirectory(prefix="hybridchat-") as temporary:
            yield _open(settings, Path(temporary))
    else:
        yield _open(settings, directory)


def _open(settings: AttachmentSettings, directory: Path) -> Attachments:
    incoming = directory / "incoming"
    try:
        incoming.mkdir(parents=True, exist_ok=True)
        for left_over in incoming.iterdir():
            left_over.unlink()
        return Attachments(settings, _store(settings, directory), incoming)
    except OSError as error:
        raise SettingsError(f"server.data_dir: cannot use {directory}: {error.strerror}") from error


def _store(settings: AttachmentSettings, directory: Path) -> AttachmentStore:
    if settings.backend == "local":
        return LocalStore(directory)
    from gateways.attachments.bucket import BucketStore

    return BucketStore(settings)
