"""Shows customers elsewhere that an agent is typing, and that an agent has read what they wrote. Nothing of it is kept
or tried again."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cachetools import TTLCache

from actors.engine import Committed
from config import SettingsError
from gateways.connectors.channels.exceptions import ChannelError
from gateways.connectors.channels.lines import open_line, settings_of
from gateways.connectors.channels.recipients import recipient_of
from gateways.connectors.channels.reporting import UNREACHABLE
from gateways.services import Services
from projections import ConversationView
from schemas.content import Sender
from schemas.events import HEARD, ReceiptRecorded
from schemas.records import entity_id_of

__all__ = ["ChannelSignals", "carry_signals"]

_logger = logging.getLogger(__name__)
_TYPING_SECONDS = 4.0
"""Telegram shows it for five seconds, other channels longer."""
_MAX_TYPING = 10_000


@contextmanager
def carry_signals(services: Services) -> Iterator[None]:
    """Carries them to the channels until the context is left."""
    signals = ChannelSignals(services)
    services.typing.watch = signals.notice_typing
    services.engine.observe(signals.notice_receipts, ReceiptRecorded)
    try:
        yield
    finally:
        services.typing.watch = None
        services.engine.forget(signals.notice_receipts)


class ChannelSignals:
    """Typing goes to a customer at most once within four seconds."""

    def __init__(self, services: Services, timer: Callable[[], float] = time.monotonic) -> None:
        self._services = services
        self._recent: TTLCache[str, None] = TTLCache(_MAX_TYPING, _TYPING_SECONDS, timer)

    def notice_typing(self, stream: str, sender: Sender) -> None:
        view = self._carried(stream)
        if view is not None and sender.type == "agent" and view.conversation_id not in self._recent:
            self._recent[view.conversation_id] = None
            self._services.background.begin(self._show_typing(view))

    def notice_receipts(self, committed: list[Committed]) -> None:
        for record, event in committed:
            if isinstance(event, ReceiptRecorded) and event.status == "read" and event.by.type == "agent":
                view = self._carried(record.stream)
                if view is not None and _has_read_all(view, event.by.id or ""):
                    self._services.background.begin(self._mark_read(view))

    def _carried(self, stream: str) -> ConversationView | None:
        """The conversation, if its customer can be shown something."""
        view = self._services.conversations.get(entity_id_of(stream))
        if view is None or view.over or not view.customer.id or view.attributes.get(UNREACHABLE):
            return None
        return None if settings_of(self._services, view.channel) is None else view

    async def _show_typing(self, view: ConversationView) -> None:
        opened = await open_line(self._services, view.channel)
        if opened is None or not opened.connector.capabilities(opened.line.settings).typing:
            return
        try:
            await opened.connector.show_typing(opened.line, await recipient_of(self._services, view))
        except (ChannelError, SettingsError) as error:
            _logger.debug("channel %s does not show typing: %s", view.channel, error)

    async def _mark_read(self, view: ConversationView) -> None:
        opened = await open_line(self._services, view.channel)
        if opened is None:
            return
        try:
            await opened.connector.mark_read(opened.line, await recipient_of(self._services, view))
        except (ChannelError, SettingsError) as error:
            _logger.debug("channel %s does not mark as read: %s", view.channel, error)


def _has_read_all(view: ConversationView, agent_id: str) -> bool:
    """Whether the agent, of whom the customer knows, has read the last message too, which is the one that is marked."""
    participant = view.agents.get(agent_id)
    return participant is not None and participant.role in HEARD and not view.unread.get(agent_id)
