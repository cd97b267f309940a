"""What the codes of errors of Messenger and Instagram mean.

Source: Messenger Platform, "Error codes".
"""

from gateways.connectors.channels.graph.calling import GraphError
from gateways.connectors.channels.graph.outcomes import Verdict, by_code

__all__ = ["judge_page"]

_BY_SUBCODE = by_code(
    {
        "recipient_refused": {
            1545041: "the customer cannot be reached",
            2018001: "there is no such customer of this page",
            2018108: "the customer cannot be reached",
            2018278: "the time in which the customer may be answered is over",
            2534022: "the time in which the customer may be answered is over",
        },
        "configuration_fault": {1893063: "the page is restricted"},
    }
)
"""What counts whatever the code is."""

_BY_CODE = by_code(
    {
        "try_again": {
            2: "Meta is out of service for a moment, or the customer has blocked the page",
            4: "the app makes too many calls",
            32: "the page makes too many calls",
            613: "too many calls were made",
            1200: "Meta could not send the message now",
        },
        "recipient_refused": {551: "the customer cannot be reached"},
        "message_refused": {100: "Meta does not accept a part of the message"},
        "configuration_fault": {
            10: "the access token has no permission for this",
            190: "the access token is not valid any more",
            200: "the access token has no permission for this",
            368: "the page is blocked because of a breach of policy",
        },
    }
)


def judge_page(error: GraphError) -> Verdict | None:
    """What the error means; None for one that is not listed."""
    return _BY_SUBCODE.get(error.error_subcode or 0) or _BY_CODE.get(error.code)
