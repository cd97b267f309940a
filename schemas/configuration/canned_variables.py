"""The variables of canned messages, for which a desktop writes what it knows of the conversation."""

import re

from schemas.customer_texts import placeholders_in

__all__ = ["CANNED_VARIABLES", "variable_names_in", "variables_in"]

CANNED_VARIABLES = (
    "customer_name",
    "customer_email",
    "customer_phone",
    "agent_name",
    "queue",
    "channel",
    "conversation_id",
)
"""All that there are, written ``{customer_name}``. The agent is the one who sends the text."""

_NAME = re.compile(r"[\w .-]{1,64}")


def variable_names_in(text: str) -> list[str]:
    """What stands in braces and reads like the name of a variable, known or not, each once and in order. Other braces,
    as in a piece of a program, mean themselves."""
    return [name for name in dict.fromkeys(placeholders_in(text)) if _NAME.fullmatch(name)]


def variables_in(text: str) -> list[str]:
    """The variables of the text. A text that was configured before there were any may have other words in braces, which
    mean themselves."""
    return [name for name in variable_names_in(text) if name in CANNED_VARIABLES]
