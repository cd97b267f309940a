"""What the settings of all connectors have in common."""

from collections.abc import Iterator
from typing import ClassVar

from schemas.configuration.fields import Configured

__all__ = ["ConnectorSettings"]


class ConnectorSettings(Configured, frozen=True, kw_only=True, tag_field="type"):
    """``SECRETS`` are the fields that name secrets of the settings; those of ``SIGNING_SECRETS`` name secrets that sign
    as Standard Webhooks has it."""

    SECRETS: ClassVar[tuple[str, ...]] = ()
    SIGNING_SECRETS: ClassVar[tuple[str, ...]] = ()

    def named_secrets(self) -> Iterator[tuple[str, str]]:
        """The fields that name secrets of any form, and the names."""
        for field in self.SECRETS:
            if (name := getattr(self, field)) is not None:
                yield field, name

    def named_signing_secrets(self) -> Iterator[tuple[str, str]]:
        """The fields that name secrets which sign, and the names."""
        for field in self.SIGNING_SECRETS:
            if (name := getattr(self, field)) is not None:
                yield field, name

    def faults(self) -> Iterator[tuple[str, str]]:
        """The fields that do not fit the others, and what to write instead."""
        yield from ()
