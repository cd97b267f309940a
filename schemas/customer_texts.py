"""The catalogue of the texts that the system itself says to customers: by language, with the placeholders of each."""

import re
from collections.abc import Mapping
from typing import Literal, get_args

__all__ = [
    "CUSTOMER_TEXTS",
    "DEFAULT_LANGUAGE",
    "PLACEHOLDERS",
    "WEEKDAYS",
    "CustomerTextName",
    "fallbacks",
    "fill_placeholders",
    "placeholders_in",
]

CustomerTextName = Literal[
    "out_of_hours",
    "closed_until_further_notice",
    "conversation_started",
    "customer_returned",
    "bot_took_over",
    "waiting_for_agent",
    "agent_joined",
    "agent_left",
    "no_agent_available",
    "conversation_ended",
    "customer",
    "bot",
    "agent",
    "system",
    "application",
    "transcript",
    "transcript_heading",
    "transcript_start",
]

"""Recorded channels name these texts, so that names may be added and never taken away."""

DEFAULT_LANGUAGE = "en"
"""The language that has every text."""

PLACEHOLDERS: Mapping[CustomerTextName, tuple[str, ...]] = {
    **dict.fromkeys(get_args(CustomerTextName), ()),
    "out_of_hours": ("weekday", "day", "month", "year", "time", "zone"),
    "waiting_for_agent": ("queue",),
    "agent_joined": ("agent",),
    "transcript_heading": ("conversation", "channel", "zone"),
    "transcript_start": ("channel", "start", "zone"),
}

CUSTOMER_TEXTS: Mapping[str, Mapping[CustomerTextName, str]] = {
    "en": {
        "out_of_hours": "Our agents are not here now. "
        "They are back on {weekday}, {year}-{month}-{day} at {time} ({zone}).",
        "closed_until_further_notice": "Our agents are not here now.",
        "conversation_started": "the conversation started",
        "customer_returned": "the customer came back",
        "bot_took_over": "the bot took over",
        "waiting_for_agent": "waiting for an agent of {queue}",
        "agent_joined": "{agent} joined",
        "agent_left": "the agent left",
        "no_agent_available": "no agent is available; the conversation ended",
        "conversation_ended": "the conversation ended",
        "customer": "customer",
        "bot": "bot",
        "agent": "agent",
        "system": "system",
        "application": "application",
        "transcript": "Transcript",
        "transcript_heading": "Conversation {conversation} on {channel}. Times are those of {zone}.",
        "transcript_start": "{channel}, started {start}. Times are those of {zone}.",
    },
    "de": {
        "out_of_hours": "Unser Team ist gerade nicht da. "
        "Es ist ab {weekday}, {day}.{month}.{year}, {time} Uhr ({zone}) wieder für Sie da.",
        "closed_until_further_notice": "Unser Team ist gerade nicht da.",
        "conversation_started": "Das Gespräch hat begonnen",
        "customer_returned": "Sie sind zurückgekommen",
        "bot_took_over": "Der Chatbot hat übernommen",
        "waiting_for_agent": "Warten auf das Team {queue}",
        "agent_joined": "{agent} ist dazugekommen",
        "agent_left": "Das Teammitglied hat das Gespräch verlassen",
        "no_agent_available": "Es ist niemand verfügbar; das Gespräch ist beendet",
        "conversation_ended": "Das Gespräch ist beendet",
        "customer": "Sie",
        "bot": "Chatbot",
        "agent": "Team",
        "system": "System",
        "application": "Anwendung",
        "transcript": "Gesprächsverlauf",
        "transcript_heading": "Gespräch {conversation} über {channel}. Die Zeiten gelten für {zone}.",
        "transcript_start": "{channel}, begonnen {start}. Die Zeiten gelten für {zone}.",
    },
}

WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "it": ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "pt": ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"),
}
"""What ``{weekday}`` stands for, from Monday on: texts in other languages cannot use it."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def fallbacks(language: str | None) -> list[str]:
    """The BCP 47 tag in lower case and its prefixes, the longest first: ``de-ch-1996``, ``de-ch``, ``de``."""
    parts = language.lower().split("-") if language else []
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


def placeholders_in(text: str) -> list[str]:
    return _PLACEHOLDER.findall(text)


def fill_placeholders(text: str, values: Mapping[str, str]) -> str:
    """All at once, so that a value that looks like a placeholder stays as it is. An unknown placeholder stays too."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
