"""What agents choose from: reasons, wrap-up codes and texts to send as they are."""

from collections.abc import Iterable
from typing import Literal

from gateways.exceptions import invalid_field
from gateways.http.answer import Answer
from gateways.services import Call
from schemas.api.codes import CannedMessages, CannedText, Code, Codes, Reason

__all__ = ["canned_messages", "check_reason", "check_wrap_up_codes", "codes"]

Use = Literal["not_ready", "logout"]


async def codes(call: Call) -> Answer[Codes]:
    tables = call.services.configuration.tables
    reasons = [Reason(name, code.label, code.use) for name, code in tables.reason_codes.items()]
    wrap_ups = [Code(name, code.label) for name, code in tables.wrap_up_codes.items()]
    return Answer(Codes(reasons, wrap_ups))


async def canned_messages(call: Call) -> Answer[CannedMessages]:
    """Those for everyone, and those of one queue where it is named; in one language where that is."""
    queue, language = call.query.get("queue"), call.query.get("language")
    found = [
        CannedText(name, message.text, message.label, message.queue, message.language)
        for name, message in call.services.configuration.tables.canned_messages.items()
        if message.queue in (None, queue) or queue is None
        if language in (None, message.language)
    ]
    return Answer(CannedMessages(found))


def check_reason(call: Call, reason: str | None, use: Use) -> None:
    """Raises RefusedError for a reason that is not configured for this use. Where none is, any text will do."""
    configured = call.services.configuration.tables.reason_codes
    _check("reason", [reason] if reason else [], [name for name, code in configured.items() if code.use == use])


def check_wrap_up_codes(call: Call, chosen: list[str]) -> None:
    """Raises RefusedError for a code that is not configured. Where none is, any text will do."""
    _check("codes", chosen, call.services.configuration.tables.wrap_up_codes)


def _check(field: str, chosen: list[str], known: Iterable[str]) -> None:
    names = sorted(known)
    for number, code in enumerate(chosen):
        if names and code not in names:
            path = field if field == "reason" else f"{field}[{number}]"
            raise invalid_field(path, f"must be one of {', '.join(names)}")
