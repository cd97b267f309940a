"""What the system says to the customer of a conversation, in its language and in the words of its channel."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from gateways.services import Services
from projections import ConversationView
from schemas.customer_texts import (
    CUSTOMER_TEXTS,
    DEFAULT_LANGUAGE,
    WEEKDAYS,
    CustomerTextName,
    fallbacks,
    fill_placeholders,
)

__all__ = ["CustomerTexts", "customer_texts"]


class CustomerTexts(msgspec.Struct, frozen=True):
    """``languages`` are tried in their order. In each of them the channel's own texts, by name and by language in lower
    case, come before those of the catalogue."""

    languages: tuple[str, ...]
    of_channel: dict[CustomerTextName, dict[str, str]]

    def word(self, name: CustomerTextName, **values: str) -> str:
        """The text with the ``values`` of its placeholders."""
        return fill_placeholders(self.find(name)[1], values)

    def word_with_instant(self, name: CustomerTextName, at: datetime, zone: str) -> str:
        """The text with the parts of the instant by the zone's clock as its placeholders."""
        language, text = self.find(name)
        local = at.astimezone(ZoneInfo(zone))
        values = {
            "weekday": WEEKDAYS.get(fallbacks(language)[-1], WEEKDAYS[DEFAULT_LANGUAGE])[local.weekday()],
            "day": f"{local:%d}",
            "month": f"{local:%m}",
            "year": f"{local.year:04}",
            "time": f"{local:%H:%M}",
            "zone": zone,
        }
        return fill_placeholders(text, values)

    def find(self, name: CustomerTextName) -> tuple[str, str]:
        """The language in which the text is found, and the text with its placeholders."""
        for language in self.languages:
            text = self.of_channel.get(name, {}).get(language) or CUSTOMER_TEXTS.get(language, {}).get(name)
            if text is not None:
                return language, text
        return DEFAULT_LANGUAGE, CUSTOMER_TEXTS[DEFAULT_LANGUAGE][name]


def customer_texts(services: Services, view: ConversationView) -> CustomerTexts:
    """The texts as the channel is configured now. A channel that is gone has none of its own."""
    channel = services.configuration.channels.get(view.channel)
    if channel is None:
        return CustomerTexts((*fallbacks(view.language), DEFAULT_LANGUAGE), {})
    languages = (*fallbacks(view.language), *fallbacks(channel.language), DEFAULT_LANGUAGE)
    texts = {
        name: {language.lower(): text for language, text in by_language.items()}
        for name, by_language in channel.texts.items()
    }
    return CustomerTexts(languages, texts)
