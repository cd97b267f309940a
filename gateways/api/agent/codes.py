"""The configured values from which agents choose: reasons, wrap-up codes and canned messages."""

from gateways.api.call import Call
from gateways.http.answer import Answer
from schemas.api.codes import CannedMessages, CannedText, Code, Codes, Reason

__all__ = ["canned_messages", "codes"]


async def codes(call: Call) -> Answer[Codes]:
    tables = call.services.configuration.tables
    reasons = [Reason(name, code.label, code.use) for name, code in tables.reason_codes.items()]
    wrap_ups = [Code(name, code.label) for name, code in tables.wrap_up_codes.items()]
    return Answer(Codes(reasons, wrap_ups))


async def canned_messages(call: Call) -> Answer[CannedMessages]:
    """With `queue`, lists the canned messages for every queue and those of this one. With `language`, lists only those
    in this language."""
    queue, language = call.query.get("queue"), call.query.get("language")
    found = [
        CannedText(name, message.text, message.label, message.queue, message.language)
        for name, message in call.services.configuration.tables.canned_messages.items()
        if message.queue in (None, queue) or queue is None
        if language in (None, message.language)
    ]
    return Answer(CannedMessages(found))
