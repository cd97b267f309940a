"""What happened, in one readable line an event.

The sentences are made of an event's data as the reader may see it: what is masked there is masked here.
"""

from gateways.inspection.sentences.sentence import SENTENCES, sentence_of

__all__ = ["SENTENCES", "sentence_of"]
