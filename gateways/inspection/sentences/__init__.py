"""Each event in one readable line.

A sentence is made from an event's data as the reader may see it, so that masked data is masked in the sentence too.
"""

from gateways.inspection.sentences.sentence import SENTENCES, sentence_of

__all__ = ["SENTENCES", "sentence_of"]
