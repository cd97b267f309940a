"""The secrets that items of the configuration name: texts by name, which are never printed."""

import re
from collections.abc import Mapping

from config.exceptions import SettingsError

__all__ = ["SECRETS_SECTION", "Secrets"]

SECRETS_SECTION = "secrets"
_NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_MIN_LENGTH = 16


class Secrets:
    """The section ``[secrets]``. Items of the configuration are recorded in events, so that they give the name of a
    secret and never its text."""

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._texts = dict(texts or {})

    @classmethod
    def read(cls, section: object) -> "Secrets":
        """Raises TypeError or ValueError, which names the secret at fault and does not repeat its text."""
        if not isinstance(section, dict):
            raise TypeError("Expected a table of names and texts")
        for name, text in section.items():
            if not isinstance(name, str) or _NAME.fullmatch(name) is None:
                raise ValueError(f"the name {name!r} must be of small letters, digits and single underscores")
            if not isinstance(text, str) or len(text) < _MIN_LENGTH:
                raise ValueError(f"{name} must be a text of at least {_MIN_LENGTH} characters")
        return cls(section)

    def named(self, name: str) -> str:
        """Raises SettingsError, which names the secret that is missing."""
        if name not in self._texts:
            variable = f"HYBRIDCHAT__{SECRETS_SECTION}__{name}".upper()
            raise SettingsError(f"secrets.{name} is not set: write it in [secrets], or set {variable}")
        return self._texts[name]

    def __contains__(self, name: object) -> bool:
        return name in self._texts

    def __repr__(self) -> str:
        return f"Secrets({', '.join(sorted(self._texts))})"
