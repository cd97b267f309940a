"""The loader with what is configured for a channel filled in, so that it needs to ask for nothing."""

from typing import Any

import msgspec

from gateways.application.page_files import Edition, PageFile
from schemas.configuration import Channel, Invitation, Widget

__all__ = ["LOADER", "ChannelLoaders", "launcher_settings"]

LOADER = "widget/loader.js"
_PLACE = b"const CHANNEL = {};"
_MAX_KEPT = 100
_DEFAULT = Widget()


class ChannelLoaders:
    """The filled loaders of late, compressed once each."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, bytes], PageFile] = {}

    def filled(self, edition: Edition, settings: bytes) -> PageFile:
        """The loader of the edition with the settings, which are JSON."""
        key = (edition.digest, settings)
        if key not in self._kept:
            if len(self._kept) == _MAX_KEPT:
                self._kept.clear()
            content = edition.files[LOADER].content
            self._kept[key] = PageFile.of(content.replace(_PLACE, b"const CHANNEL = %b;" % settings, 1), ".js")
        return self._kept[key]


def launcher_settings(name: str, channel: Channel) -> bytes:
    """What the loader knows before there is a frame, as JSON: the launcher's looks, and the invitation in every
    language."""
    widget = channel.widget or _DEFAULT
    found: dict[str, Any] = {"channel": name}
    if widget.accent is not None:
        found["accent"] = widget.accent
    if widget.theme != "system":
        found["theme"] = widget.theme
    if widget.launcher != "always":
        found["launcher"] = widget.launcher
    if widget.storage != "site":
        found["storage"] = widget.storage
    if channel.language is not None:
        found["fallback"] = channel.language
    if widget.invitation is not None:
        found["invitation"] = _invitation(widget.invitation)
    return msgspec.json.encode(found)


def _invitation(invitation: Invitation) -> dict[str, Any]:
    return {
        "text": {language.lower(): words for language, words in invitation.text.items()},
        "seconds": invitation.after_seconds,
        "paths": invitation.paths,
        "visitors": invitation.visitors,
        "exit": invitation.exit_intent,
    }
