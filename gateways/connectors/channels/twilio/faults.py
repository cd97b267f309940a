"""What Twilio's error codes mean for the message, the customer and the channel.

Source: https://www.twilio.com/docs/api/errors.
"""

from typing import NamedTuple

from gateways.outbox.outcome import OutcomeKind

__all__ = ["FAULTS", "Fault", "described", "fault_of"]


class Fault(NamedTuple):
    """``unreachable`` says that this customer cannot be reached at all by this channel."""

    kind: OutcomeKind
    words: str
    unreachable: bool = False


def fault_of(code: str) -> Fault | None:
    return FAULTS.get(code)


def described(code: str) -> str:
    """The error in words, without those of Twilio, which hold the customer's number."""
    fault = fault_of(code)
    return fault.words if fault is not None else f"https://www.twilio.com/docs/api/errors/{code}"


_BUSY = "Twilio has too much to do"
_NO_RECIPIENT = "this number cannot receive such messages"

FAULTS = {
    "20429": Fault("try_again", _BUSY),
    "21611": Fault("try_again", "too many messages wait for this sender"),
    "30001": Fault("try_again", "too many messages wait for this sender"),
    "30003": Fault("try_again", "the customer's phone is off or without reception"),
    "30008": Fault("try_again", "the customer's carrier did not say why"),
    "63012": Fault("try_again", "WhatsApp had an error of its own"),
    "63018": Fault("try_again", "too many messages on this channel"),
    "21610": Fault("recipient_refused", "the customer has opted out by writing STOP, until START", True),
    "30004": Fault("recipient_refused", "the customer's number is blocked", True),
    "63014": Fault("recipient_refused", "the customer has blocked the sender", True),
    "63015": Fault("recipient_refused", "the customer has not joined the sandbox", True),
    "63016": Fault("recipient_refused", "the customer has not written for 24 hours: only templates are taken"),
    "63032": Fault("recipient_refused", "WhatsApp does not let this customer be written to"),
    "21211": Fault("recipient_refused", "this is no number that can receive messages", True),
    "21614": Fault("recipient_refused", _NO_RECIPIENT, True),
    "21635": Fault("recipient_refused", "a landline receives no messages", True),
    "30005": Fault("recipient_refused", "this number does not exist", True),
    "30006": Fault("recipient_refused", "a landline receives no messages", True),
    "63003": Fault("recipient_refused", "the number is not on WhatsApp", True),
    "63024": Fault("recipient_refused", "the number is not on WhatsApp", True),
    # Rejected: as faults of the configuration. Other customers can be written to.
    "21608": Fault("recipient_refused", "a trial account writes only to numbers that are verified"),
    "21612": Fault("recipient_refused", "this sender cannot reach this number"),
    "21408": Fault("message_refused", "the account may not write to this country"),
    "21617": Fault("message_refused", "the text is too long"),
    "21620": Fault("message_refused", "the address of the file is not valid"),
    "30007": Fault("message_refused", "the carrier has filtered the message"),
    "30036": Fault("message_refused", "the message was not delivered in its time"),
    "63013": Fault("message_refused", "the message is against WhatsApp's rules"),
    "63019": Fault("message_refused", "the file could not be fetched"),
    "63021": Fault("message_refused", "WhatsApp does not take this content or file"),
    "20003": Fault("configuration_fault", "Twilio does not accept the account's token or key"),
    "10001": Fault("configuration_fault", "the account is not active"),
    "20005": Fault("configuration_fault", "the account is not active"),
    "20404": Fault("configuration_fault", "Twilio does not know the account"),
    "21606": Fault("configuration_fault", "the sender is not a number of this account that sends messages"),
    "21659": Fault("configuration_fault", "the sender is not a number of Twilio"),
    "21660": Fault("configuration_fault", "the sender is not a number of this account"),
    "21703": Fault("configuration_fault", "the messaging service has no number"),
    "30002": Fault("configuration_fault", "the account is suspended"),
    "30034": Fault("configuration_fault", "the sender is not registered for the United States"),
    "63007": Fault("configuration_fault", "the sender is not a WhatsApp sender of this account"),
    "63020": Fault("configuration_fault", "WhatsApp does not accept the business account"),
}
