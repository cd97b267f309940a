"""The codes from which agents choose: reasons for their states, and codes of the wrap-up."""

from collections.abc import Iterable
from typing import Literal

from gateways.exceptions import invalid_field
from projections import ConfigurationView

__all__ = ["ReasonUse", "check_reason", "check_wrap_up_codes"]

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


def _check(path: str, code: str, known: Iterable[str]) -> None:
    names = sorted(known)
    if names and code not in names:
        raise invalid_field(path, f"must be one of {', '.join(names)}")
