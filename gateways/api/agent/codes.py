"""The configured values from which agents choose: reasons, wrap-up codes and canned messages."""

from gateways.api.call import Call
from gateways.conversations.codes import list_canned_messages
from gateways.http.answer import Answer
from schemas.api.codes import CannedMessages, CannedText, Code, Codes, Reason
from schemas.configuration.canned_variables import CANNED_VARIABLES, variables_in

__all__ = ["canned_messages", "codes"]


async def codes(call: Call) -> Answer[Codes]:
    tables = call.services.configuration.tables
    reasons = [Reason(name, code.label, code.use) for name, code in tables.reason_codes.items()]
    wrap_ups = [Code(name, code.label) for name, code in tables.wrap_up_codes.items()]
    return Answer(Codes(reasons, wrap_ups))


async def canned_messages(call: Call) -> Answer[CannedMessages]:
    """With `queue`, lists the canned messages for every queue and those of this one. With `language`, lists only those
    in this language."""
    configuration, query = call.services.configuration, call.query
    found = list_canned_messages(configuration, query.get("queue"), query.get("language"))
    return Answer(
        CannedMessages(
            [
                CannedText(
                    name, message.text, variables_in(message.text), message.label, message.queue, message.language
                )
                for name, message in found.items()
            ],
            list(CANNED_VARIABLES),
        )
    )
