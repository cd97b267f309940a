"""The ledger: the messages that were sent, the places where they were seen, and whether the two agree."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from gateways.command_line.play.dialogues import Speaker

__all__ = ["Faults", "Message", "Sighting", "Thread", "Witness"]


class Message(msgspec.Struct, gc=False):
    """A message that is sent. ``sequence`` is its number in the dialogue, from 1. ``version`` is None until the server
    acknowledges the message."""

    message_id: str
    sequence: int
    speaker: Speaker
    text: str
    version: int | None = None

    def is_shown_by(self, sighting: "Sighting") -> bool:
        return (self.speaker, self.text) == (sighting.speaker, sighting.text)


class Sighting(NamedTuple):
    """A message as it was seen in one place."""

    message_id: str
    version: int | None
    speaker: str
    text: str | None


class Witness:
    """One place where the messages of a conversation must be seen: a screen, or what is read back at the end.

    It is ``complete`` when nothing more can appear. Only then does a missing message count as lost.
    """

    def __init__(self) -> None:
        self.complete = False
        self.seen: set[str] = set()
        self.sightings: list[Sighting] = []

    def saw(self, sighting: Sighting) -> None:
        self.seen.add(sighting.message_id)
        self.sightings.append(sighting)

    def show(self, sightings: Iterable[Sighting]) -> None:
        """Takes all that is to be seen there now, in place of what was to be seen before."""
        self.sightings = list(sightings)
        self.seen = {sighting.message_id for sighting in self.sightings}


class Faults(NamedTuple):
    """The ids of the messages with a fault. A message counts once for each kind of fault."""

    lost: frozenset[str] = frozenset()
    duplicated: frozenset[str] = frozenset()
    out_of_order: frozenset[str] = frozenset()

    def __or__(self, other: "Faults") -> "Faults":
        return Faults(*(mine | theirs for mine, theirs in zip(self, other, strict=True)))


class Thread:
    """The ledger of one conversation.

    The conversation is ``started``, then ``played`` to its end or ``broken_off`` for a reason, and at last ``verified``
    by reading it back. ``at_desk`` says that an agent had it at a desk in a browser.
    """

    def __init__(self, conversation_id: str, customer_screen: Witness | None = None) -> None:
        self.conversation_id = conversation_id
        self.messages: list[Message] = []
        self.customer_screen = customer_screen or Witness()
        self.agent_screen = Witness()
        self.read_back = Witness()
        self.at_desk = False
        self.started = False
        self.played = False
        self.verified = False
        self.broken_off: str | None = None
        self._kept_faults = Faults()

    @property
    def acknowledged(self) -> int:
        return sum(message.version is not None for message in self.messages)

    def faults(self) -> Faults:
        """Returns the faults at any of the witnesses."""
        faults = self._kept_faults
        for witness in (self.customer_screen, self.agent_screen, self.read_back):
            faults |= _faults_at(witness, self.messages)
        return faults

    def drop_sightings(self) -> None:
        """Keeps only the faults and forgets the sightings, so that long plays need little memory."""
        self._kept_faults = self.faults()
        self.customer_screen, self.agent_screen, self.read_back = Witness(), Witness(), Witness()


def _faults_at(witness: Witness, messages: list[Message]) -> Faults:
    return Faults(
        frozenset(_lost(witness, messages)),
        frozenset(_duplicated(witness, messages)),
        frozenset(_out_of_order(witness, messages)),
    )


def _lost(witness: Witness, messages: list[Message]) -> Iterator[str]:
    """Yields each acknowledged message that was not seen, or was seen with another text or sender."""
    if not witness.complete:
        return
    sighted = {sighting.message_id: sighting for sighting in witness.sightings}
    for message in messages:
        sighting = sighted.get(message.message_id)
        if message.version is not None and (sighting is None or not message.is_shown_by(sighting)):
            yield message.message_id


def _duplicated(witness: Witness, messages: list[Message]) -> Iterator[str]:
    """Yields each message that was seen more than once, or that was seen though nobody sent it."""
    sent = {message.message_id for message in messages}
    for message_id, times in Counter(sighting.message_id for sighting in witness.sightings).items():
        if times > 1 or message_id not in sent:
            yield message_id


def _out_of_order(witness: Witness, messages: list[Message]) -> Iterator[str]:
    """Yields each message that was seen after a later one, or at another version than was acknowledged."""
    sent = {message.message_id: message for message in messages}
    last = 0
    for sighting in witness.sightings:
        message = sent.get(sighting.message_id)
        if message is None:
            continue
        if message.sequence < last or (message.version is not None and message.version != sighting.version):
            yield message.message_id
        last = max(last, message.sequence)
