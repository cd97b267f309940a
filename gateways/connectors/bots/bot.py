"""The protocol between the bots' effect and the bots, whatever system a bot runs on."""

import msgspec

from schemas.content import Content

__all__ = ["BotAnswer", "Handoff"]


class Handoff(msgspec.Struct, frozen=True):
    """The bot wants an agent to take over, of this queue if it names one."""

    queue: str | None = None
    reason: str | None = None


class BotAnswer(msgspec.Struct, frozen=True):
    """The messages of a bot in answer to one message, in their order and each within the limits, and its hand-off.
    ``left_out`` says what of the answer cannot be posted, and why. A bot that says nothing is ``silent_on_purpose`` if
    it says so."""

    contents: list[Content]
    handoff: Handoff | None = None
    left_out: list[str] = []
    silent_on_purpose: bool = False

    @property
    def is_silent(self) -> bool:
        """True if the customer waits in vain: the bot says nothing, hands nothing off, and not on purpose."""
        return not self.contents and self.handoff is None and not self.silent_on_purpose
