"""The table of sentences, and making one of them."""

from collections.abc import Mapping
from typing import Any

from gateways.inspection.sentences.agent import AGENT_SENTENCES
from gateways.inspection.sentences.configuration import CONFIGURATION_SENTENCES
from gateways.inspection.sentences.conversation import CONVERSATION_SENTENCES
from gateways.inspection.sentences.router import ROUTER_SENTENCES
from gateways.inspection.sentences.wording import Sentence
from schemas.records import entity_id_of

__all__ = ["SENTENCES", "sentence_of"]

_LONGEST = 200

SENTENCES: Mapping[str, Sentence] = {
    **CONVERSATION_SENTENCES,
    **AGENT_SENTENCES,
    **ROUTER_SENTENCES,
    **CONFIGURATION_SENTENCES,
}
"""By the event's type."""


def sentence_of(type_: str, stream: str, data: Any) -> str:
    """One line of at most 200 characters. What cannot be told, of a type or data unknown here, is told by its type."""
    sentence = SENTENCES.get(type_)
    if sentence is None or not isinstance(data, Mapping):
        return type_
    try:
        return _on_one_line(sentence(data, entity_id_of(stream)))
    except (LookupError, TypeError, ValueError, AttributeError):
        return type_


def _on_one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
