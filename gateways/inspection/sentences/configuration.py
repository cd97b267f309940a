"""Sentences about the configuration."""

from collections.abc import Mapping

from gateways.inspection.sentences.wording import Data, Sentence

__all__ = ["CONFIGURATION_SENTENCES"]


def _configured(data: Data, _: str) -> str:
    places = (f"{table}.{name}" for table, items in data["item"].items() for name in items)
    return f"{', '.join(places) or 'Nothing'} is configured"


CONFIGURATION_SENTENCES: Mapping[str, Sentence] = {
    "ItemConfigured": _configured,
    "ItemRemoved": lambda data, _: f"{data['table']}.{data['name']} is removed",
}
