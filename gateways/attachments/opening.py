"""Opens the store of attachments that the settings name."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config import AttachmentSettings, SettingsError
from config.settings import MEDIA_TYPES
from gateways.attachments.local import LocalStore
from gateways.attachments.media_types import unmatchable
from gateways.attachments.store import AttachmentStore

__all__ = ["Attachments", "open_attachments"]


@dataclass(frozen=True)
class Attachments:
    """The store of attachments and its settings. ``incoming`` is the directory for uploads that are not complete yet;
    its files do not outlive the process."""

    settings: AttachmentSettings
    store: AttachmentStore
    incoming: Path


@contextmanager
def open_attachments(settings: AttachmentSettings, directory: Path | None) -> Iterator[Attachments]:
    """Opens the store. Without a directory the attachments last as long as the process. Raises SettingsError."""
    if directory is None:
        with tempfile.TemporaryDirectory(prefix="hybridchat-") as temporary:
            yield _open(settings, Path(temporary))
    else:
        yield _open(settings, directory)


def _open(settings: AttachmentSettings, directory: Path) -> Attachments:
    _check_media_types(settings.media_types)
    incoming = directory / "incoming"
    try:
        incoming.mkdir(parents=True, exist_ok=True)
        for left_over in incoming.iterdir():
            left_over.unlink()
        return Attachments(settings, _store(settings, directory), incoming)
    except OSError as error:
        raise SettingsError(f"server.data_dir: cannot use {directory}: {error.strerror}") from error


def _check_media_types(media_types: list[str]) -> None:
    """The types that are taken by default are not looked up, so that a usual start does not load the library for it."""
    for media_type in unmatchable(set(media_types).difference(MEDIA_TYPES)):
        message = (
            f"attachments.media_types: no file could ever be taken for {media_type}, which its content does not show"
        )
        raise SettingsError(f"settings: {message}; leave it out, or name a type that files can be recognised by")


def _store(settings: AttachmentSettings, directory: Path) -> AttachmentStore:
    if settings.backend == "local":
        return LocalStore(directory)
    from gateways.attachments.bucket import BucketStore  # only buckets need obstore, a native library

    return BucketStore(settings)
