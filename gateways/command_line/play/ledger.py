"""The ledger: what was sent, where it was seen, and whether the two agree."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from gateways.command_line.play.dialogues import Speaker

__all__ = ["Faults", "Message", "Sighting", "Thread", "Witness"]


class Message(msgspec.Struct, gc=False):
    """A turn on its way. ``sequence`` is its number in the dialogue, from 1; ``version`` is None until acknowledged."""

    message_id: str
    sequence: int
    speaker: Speaker
    text: str
    version: int | None = None

    def is_shown_by(self, sighting: "Sighting") -> bool:
        return (self.speaker, self.text) == (sighting.speaker, sighting.text)


class Sighting(NamedTuple):
    """A message as it was shown somewhere."""

    message_id: str
    version: int | None
    speaker: str
    text: str | None


class Witness:
    """One place where the messages of a conversation are to be seen: a screen, or the record.

    It is ``complete`` once nothing more can come: only then is a message that is missing there lost.
    """

    def __init__(self) -> None:
        self.complete = False
        self.seen: set[str] = set()
        self.sightings: list[Sighting] = []

    def saw(self, sighting: Sighting) -> None:
        self.seen.add(sighting.message_id)
        self.sightings.append(sighting)


class Faults(NamedTuple):
    """The ids of the messages that went wrong, each counted once in each way."""

    lost: frozenset[str] = frozenset()
    duplicated: frozenset[str] = frozenset()
    out_of_order: frozenset[str] = frozenset()

    def __or__(self, other: "Faults") -> "Faults":
        return Faults(*(mine | theirs for mine, theirs in zip(self, other, strict=True)))


class Thread:
    """One conversation's page of the ledger: ``started``, then ``played`` to its end or ``broken_off`` for a reason,
    at last ``verified`` by reading it back."""

    def __init__(self, conversation_id: str) -> None:
        self.conversation_id = conversation_id
        self.messages: list[Message] = []
        self.customer_screen = Witness()
        self.agent_screen = Witness()
        self.record = Witness()
        self.started = False
        self.played = False
        self.verified = False
        self.broken_off: str | None = None
        self._settled = Faults()

    @property
    def acknowledged(self) -> int:
        return sum(message.version is not None for message in self.messages)

    def faults(self) -> Faults:
        """What went wrong at any of the witnesses."""
        faults = self._settled
        for witness in (self.customer_screen, self.agent_screen, self.record):
            faults |= _faults_at(witness, self.messages)
        return faults

    def settle(self) -> None:
        """Keeps of the witnesses only what went wrong, so that long plays stay small."""
        self._settled = self.faults()
        self.customer_screen, self.agent_screen, self.record = Witness(), Witness(), Witness()


def _faults_at(witness: Witness, messages: list[Message]) -> Faults:
    return Faults(
        frozenset(_lost(witness, messages)),
        frozenset(_duplicated(witness, messages)),
        frozenset(_out_of_order(witness, messages)),
    )


def _lost(witness: Witness, messages: list[Message]) -> Iterator[str]:
    """Acknowledged and not there, or there with another text or sender."""
    if not witness.complete:
        return
    shown = {sighting.message_id: sighting for sighting in witness.sightings}
    for message in messages:
        sighting = shown.get(message.message_id)
        if message.version is not None and (sighting is None or not message.is_shown_by(sighting)):
            yield message.message_id


def _duplicated(witness: Witness, messages: list[Message]) -> Iterator[str]:
    """There more than once, or there though nobody sent it."""
    sent = {message.message_id for message in messages}
    for message_id, times in Counter(sighting.message_id for sighting in witness.sightings).items():
        if times > 1 or message_id not in sent:
            yield message_id


def _out_of_order(witness: Witness, messages: list[Message]) -> Iterator[str]:
    """There after a later one, or at another version than was acknowledged."""
    sent = {message.message_id: message for message in messages}
    last = 0
    for sighting in witness.sightings:
        message = sent.get(sighting.message_id)
        if message is None:
            continue
        if message.sequence < last or (message.version is not None and message.version != sighting.version):
            yield message.message_id
        last = max(last, message.sequence)
