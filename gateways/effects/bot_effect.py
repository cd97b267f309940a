"""The effect that lets a bot answer: each customer message of a conversation that it owns goes to the bot."""

import asyncio
import logging
from typing import Any

import aiohttp
import tenacity

from actors.engine import Committed, NotDurableError, QueueFullError, Request
from gateways.effects.rasa import Handoff, RasaAnswer, RasaError, contents_of, handoff_of, send_to_rasa
from gateways.services import Services
from projections import ConversationView
from schemas.commands import Command, PostBotMessage, ReportBotFailure, RequestAgent
from schemas.configuration import Bot
from schemas.content import Content, Sender, TextContent
from schemas.events import MessagePosted
from schemas.identifiers import command_id, derived_id
from schemas.queues import QueueSettings
from schemas.records import Record, entity_id_of
from schemas.replies import Refusal, Reply

__all__ = ["BotEffect"]

_logger = logging.getLogger(__name__)
_ENGINE_PAUSE = tenacity.wait_exponential_jitter(multiplier=0.1, max=5)


class BotEffect:
    """Lets the bots of the settings answer over Rasa's REST channel.

    All ids of what comes back derive from the customer's event: whatever is repeated after a crash changes nothing.
    """

    name = "bots"

    def __init__(self, services: Services, http: aiohttp.ClientSession) -> None:
        self._services = services
        self._http = http

    def lane(self, item: Committed) -> str | None:
        event = item.event
        if type(event) is not MessagePosted or event.sender.type != "customer":
            return None
        conversation_id = entity_id_of(item.record.stream)
        return conversation_id if self._owned_by_bot(conversation_id) is not None else None

    async def perform(self, item: Committed) -> None:
        """A conversation that the bot has lost meanwhile is not its business any more."""
        event, record = item.event, item.record
        view = self._owned_by_bot(entity_id_of(record.stream))
        if view is None or view.bot is None or not isinstance(event, MessagePosted):
            return
        bot = self._services.configuration.bots.get(view.bot)
        if bot is None:
            await self._report_failure(view, record, 0, f"no bot {view.bot!r} is configured")
            return
        try:
            answers = await self._call(bot, view, event, record)
        except RasaError as error:
            await self._report_failure(view, record, bot.tries, str(error))
            return
        await self._bring_back(view, record, answers)

    def _owned_by_bot(self, conversation_id: str) -> ConversationView | None:
        view = self._services.conversations.get(conversation_id)
        return view if view is not None and view.status == "with_bot" else None

    async def _call(self, bot: Bot, view: ConversationView, event: MessagePosted, record: Record) -> list[RasaAnswer]:
        metadata: dict[str, Any] = {
            "event_id": record.event_id,
            "message_id": event.message_id,
            "language": view.language,
            "customer": view.customer,
        }
        retrying = tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(bot.tries),
            wait=tenacity.wait_exponential_jitter(multiplier=bot.backoff_seconds, max=10 * bot.backoff_seconds),
            retry=tenacity.retry_if_exception_type(RasaError),
            reraise=True,
        )
        text = _spoken(event.content)
        return await retrying(send_to_rasa, self._http, bot, view.conversation_id, text, view.channel, metadata)

    async def _bring_back(self, view: ConversationView, record: Record, answers: list[RasaAnswer]) -> None:
        """All the bot says first, then the hand-off: once it has lost the conversation it has no say."""
        contents = [content for answer in answers for content in contents_of(answer)]
        for number, content in enumerate(contents):
            label = f"{view.bot}:{number}"
            message_id = derived_id(record.event_id, label)
            at = self._services.clock()
            post = PostBotMessage(at=at, message_id=message_id, bot=view.bot or "", content=content)
            await self._ask(view, record, label, post)
        handoff = next((found for found in map(handoff_of, answers) if found is not None), None)
        if handoff is not None:
            await self._hand_off(view, record, handoff)

    async def _hand_off(self, view: ConversationView, record: Record, handoff: Handoff) -> None:
        request = RequestAgent(
            at=self._services.clock(),
            task_id=derived_id(record.event_id, "handoff"),
            queue=self._queue(view, handoff.queue),
            requested_by=Sender("bot", view.bot),
            reason=handoff.reason,
            preferred_agent=view.served_by or view.preferred_agent,
        )
        await self._ask(view, record, "handoff", request)

    async def _report_failure(self, view: ConversationView, record: Record, attempts: int, error: str) -> None:
        _logger.warning("bot %s failed for conversation %s: %s", view.bot, view.conversation_id, error)
        report = ReportBotFailure(
            at=self._services.clock(),
            bot=view.bot or "",
            attempts=attempts,
            error=error[:500],
            task_id=derived_id(record.event_id, "handoff"),
            queue=self._queue(view, None),
        )
        await self._ask(view, record, "failure", report)

    def _queue(self, view: ConversationView, wanted: str | None) -> QueueSettings:
        """The queue that the bot names, else the conversation's."""
        configuration = self._services.configuration
        if wanted is not None and wanted in configuration.queues:
            return configuration.queue_settings(wanted)
        if wanted is not None:
            _logger.warning("bot %s names a queue %r that is not configured", view.bot, wanted)
        return configuration.queue_settings(view.queue)

    async def _ask(self, view: ConversationView, record: Record, label: str, command: Command) -> None:
        """Waits out an engine that is busy or cannot write; what it refuses is on the record."""
        request = Request(
            to=record.stream,
            command=command,
            command_id=command_id(derived_id(record.event_id, f"command:{label}")),
            actor=f"bot:{view.bot}",
            correlation_id=record.correlation_id,
            causation_id=record.event_id,
        )
        reply = await _patiently(self._services, request)
        if isinstance(reply, Refusal):
            _logger.info("bot %s was refused: %s", view.bot, reply.detail)


@tenacity.retry(retry=tenacity.retry_if_exception_type((QueueFullError, NotDurableError)), wait=_ENGINE_PAUSE)
async def _patiently(services: Services, request: Request) -> Reply | Refusal | None:
    return await asyncio.shield(services.engine.ask(request))


def _spoken(content: Content) -> str:
    return content.text if isinstance(content, TextContent) else ""
