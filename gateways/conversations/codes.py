"""The configured values from which agents choose: reasons for their states, wrap-up codes, and canned messages."""

from collections.abc import Iterable
from typing import Literal

from gateways.exceptions import invalid_field
from projections import ConfigurationView
from schemas.configuration import CannedMessage

__all__ = ["ReasonUse", "check_reason", "check_wrap_up_codes", "list_canned_messages"]

ReasonUse = Literal["not_ready", "logout"]


def check_reason(configuration: ConfigurationView, reason: str | None, use: ReasonUse) -> None:
    """Raises RefusedError for a reason that is not configured for this use. Where none is configured, any text will
    do."""
    configured = configuration.tables.reason_codes
    known = [name for name, code in configured.items() if code.use == use]
    if reason:
        _check("reason", reason, known)


def check_wrap_up_codes(configuration: ConfigurationView, chosen: list[str]) -> None:
    """Raises RefusedError for a code that is not configured. Where none is configured, any text will do."""
    for number, code in enumerate(chosen):
        _check(f"codes[{number}]", code, configuration.tables.wrap_up_codes)


def list_canned_messages(
    configuration: ConfigurationView, queue: str | None = None, language: str | None = None
) -> dict[str, CannedMessage]:
    """The canned messages by their names; with ``queue`` those for every queue and those of this one, with ``language``
    only those in this language."""
    return {
        name: message
        for name, message in configuration.tables.canned_messages.items()
        if (queue is None or message.queue in (None, queue)) and language in (None, message.language)
    }


def _check(path: str, code: str, known: Iterable[str]) -> None:
    names = sorted(known)
    if names and code not in names:
        raise invalid_field(path, f"must be one of {', '.join(names)}")
