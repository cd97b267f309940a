"""The table of sentences, and the sentence of one event."""

from collections.abc import Mapping

from gateways.inspection.clock import UTC_CLOCK, Clock
from gateways.inspection.sentences.agent import AGENT_SENTENCES
from gateways.inspection.sentences.configuration import CONFIGURATION_SENTENCES
from gateways.inspection.sentences.conversation import CONVERSATION_SENTENCES
from gateways.inspection.sentences.router import ROUTER_SENTENCES
from gateways.inspection.sentences.wording import Data, Sentence
from schemas.records import entity_id_of

__all__ = ["SENTENCES", "sentence_of"]

_MAX_CHARACTERS = 200

SENTENCES: Mapping[str, Sentence] = {
    **CONVERSATION_SENTENCES,
    **AGENT_SENTENCES,
    **ROUTER_SENTENCES,
    **CONFIGURATION_SENTENCES,
}
"""The sentences by event type."""


def sentence_of(type_: str, stream: str, data: object, clock: Clock = UTC_CLOCK) -> str:
    """The event in one line of at most 200 characters. An event whose type or data is unknown here is described by its
    type."""
    sentence = SENTENCES.get(type_)
    if sentence is None or not isinstance(data, Mapping):
        return type_
    try:
        return _on_one_line(sentence(Data(data, clock), entity_id_of(stream)))
    except (LookupError, TypeError, ValueError, AttributeError):
        return type_


def _on_one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MAX_CHARACTERS else line[: _MAX_CHARACTERS - 1] + "…"
