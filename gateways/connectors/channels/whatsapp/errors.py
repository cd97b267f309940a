"""What the codes of WhatsApp's errors mean.

Source: WhatsApp Business Platform, "Error codes".
"""

from gateways.connectors.channels.graph.calling import GraphError
from gateways.connectors.channels.graph.outcomes import Verdict, by_code

__all__ = ["UNREACHABLE", "judge_whatsapp", "verdict_of_code"]

UNREACHABLE = frozenset({131021, 131026})
"""With these the customer cannot be reached at all. Outside the window a template still reaches the customer."""

_VERDICTS = by_code(
    {
        "try_again": {
            2: "WhatsApp is out of service for a moment",
            4: "the app makes too many calls",
            80007: "the account makes too many calls",
            130429: "the number sends too many messages at once",
            131000: "WhatsApp failed and does not say why",
            131016: "WhatsApp is out of service for a moment",
            131056: "this customer gets too many messages at once",
        },
        "recipient_refused": {
            131021: "the number cannot write to itself",
            131026: "the customer cannot be reached: not on WhatsApp, with an old app, or has blocked the number",
            131047: "more than 24 hours after the customer's last message only a template may be sent",
        },
        "message_refused": {
            100: "WhatsApp does not accept a part of the message",
            130472: "WhatsApp holds the message back from this customer, who is part of an experiment",
            131008: "the message lacks a part",
            131009: "WhatsApp does not accept a part of the message",
            131048: "too many customers have marked the number's messages as spam",
            131049: "WhatsApp holds marketing back from this customer; try again after a day at the earliest",
            131050: "the customer does not want marketing",
            131051: "WhatsApp does not know this kind of message",
            131052: "WhatsApp could not load the customer's file",
            131053: "WhatsApp could not take the file",
            131062: "this kind of message needs the customer's number, which is hidden",
        },
        "configuration_fault": {
            0: "the access token is not valid",
            3: "the access token has no permission for this",
            10: "the access token has no permission for this",
            190: "the access token is not valid any more",
            368: "the account is blocked because of a breach of policy",
            131031: "the account is locked",
            131042: "the account's payment method has to be set right",
            131045: "the number's registration is faulty",
            133010: "the number is not registered",
        },
    }
)
_PERMISSIONS = range(200, 300)
_TEMPLATES = range(132000, 132017)


def judge_whatsapp(error: GraphError) -> Verdict | None:
    """What the error means; None for one that is not listed."""
    if error.code in _PERMISSIONS:
        return Verdict("configuration_fault", "the access token has no permission for this")
    if error.code in _TEMPLATES:
        return Verdict("message_refused", "the template does not exist in this form, or is not approved")
    return _VERDICTS.get(error.code)


def verdict_of_code(code: int) -> Verdict:
    """What a code in a status means. One that is not listed is about the message."""
    return judge_whatsapp(GraphError(code=code)) or Verdict("message_refused", "WhatsApp did not deliver the message")
