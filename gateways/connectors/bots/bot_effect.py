"""The effect that lets a bot answer: each customer message of a conversation that it owns goes to the bot, and of one
in which an agent takes its suggestions."""

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import aiohttp
import tenacity

from actors.engine import Committed, NotDurableError, QueueFullError, Request
from gateways.connectors.bots.bot import BotAnswer, Handoff
from gateways.connectors.bots.exceptions import BotError
from gateways.connectors.bots.rasa.outbound import send_to_rasa
from gateways.conversations.closed_notice import closed_notice
from gateways.conversations.opening_hours import opening_at
from gateways.services import Services
from projections import ConversationView, in_words
from schemas.actors import bot_actor
from schemas.commands import Command, PostBotMessage, PostSuggestion, ReportBotFailure, RequestAgent
from schemas.configuration import Bot
from schemas.content import Content, Sender, TextContent
from schemas.events import MessagePosted
from schemas.identifiers import command_id, derived_id
from schemas.queues import QueueSettings
from schemas.records import Record, entity_id_of
from schemas.replies import Refusal, Reply

__all__ = ["BotEffect"]

_logger = logging.getLogger(__name__)
_MAX_AT_ONCE = 256
"""Calls of one bot: one that is slow keeps no other waiting."""
_ENGINE_PAUSE = tenacity.wait_exponential_jitter(multiplier=0.1, max=5)


@dataclass(frozen=True)
class _Asked:
    """A customer's message and the bot that it goes to, whatever becomes of the conversation meanwhile."""

    view: ConversationView
    record: Record
    message: MessagePosted
    bot: str
    suggests: bool


class BotEffect:
    """Lets the bots of the configuration answer over Rasa's REST channel, and suggest while an agent answers.

    All ids of what comes back derive from the customer's event: whatever is repeated after a crash changes nothing.
    """

    name = "bots"

    def __init__(self, services: Services, http: aiohttp.ClientSession) -> None:
        self._services = services
        self._http = http
        self._at_once: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_MAX_AT_ONCE))

    def lane(self, item: Committed) -> str | None:
        return item.record.stream if self._asked(item) is not None else None

    async def perform(self, item: Committed) -> None:
        """A conversation that the bot has lost meanwhile is not its business any more."""
        asked = self._asked(item)
        if asked is None:
            return
        bot = self._services.configuration.bots.get(asked.bot)
        if bot is None:
            await self._fail(asked, 0, f"no bot {asked.bot!r} is configured")
            return
        try:
            async with self._at_once[asked.bot]:
                answer = await self._call(bot, asked)
        except BotError as error:
            await self._fail(asked, bot.tries, str(error))
            return
        await self._bring_back(asked, answer)

    def _asked(self, item: Committed) -> _Asked | None:
        message = item.event
        if type(message) is not MessagePosted or message.sender.type != "customer":
            return None
        view = self._services.conversations.get(entity_id_of(item.record.stream))
        if view is None or view.bot is None:
            return None
        suggests = view.status == "with_agent" and view.suggests
        if view.status != "with_bot" and not suggests:
            return None
        return _Asked(view, item.record, message, view.bot, suggests)

    async def _call(self, bot: Bot, asked: _Asked) -> BotAnswer:
        view = asked.view
        metadata: dict[str, Any] = {
            "event_id": asked.record.event_id,
            "message_id": asked.message.message_id,
            "language": view.language,
            "customer": view.customer,
            **({} if isinstance(asked.message.content, TextContent) else {"content": asked.message.content}),
        }
        if asked.suggests:
            metadata["suggests"] = True
        retrying = tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(bot.tries),
            wait=tenacity.wait_exponential_jitter(multiplier=bot.backoff_seconds, max=10 * bot.backoff_seconds),
            retry=tenacity.retry_if_exception_type(BotError),
            reraise=True,
        )
        text = in_words(asked.message.content)
        return await retrying(send_to_rasa, self._http, bot, view.conversation_id, text, view.channel, metadata)

    async def _bring_back(self, asked: _Asked, answer: BotAnswer) -> None:
        """All the bot says comes first, then the hand-off: once it has lost the conversation it has no say. A bot that
        only suggests has nothing to hand over."""
        for number, content in enumerate(answer.contents):
            await self._post(asked, f"{asked.bot}:{number}", content)
        if answer.handoff is not None and not asked.suggests:
            await self._hand_off(asked, answer.handoff)

    async def _post(self, asked: _Asked, label: str, content: Content) -> None:
        message_id = derived_id(asked.record.event_id, label)
        at = self._services.clock()
        command: Command = (
            PostSuggestion(at=at, message_id=message_id, bot=asked.bot, content=content)
            if asked.suggests
            else PostBotMessage(at=at, message_id=message_id, bot=asked.bot, content=content)
        )
        await self._ask(asked, label, command)

    async def _hand_off(self, asked: _Asked, handoff: Handoff) -> None:
        """While the queue is closed the customer is told so, and the conversation stays with the bot."""
        view, queue = asked.view, self._queue(asked, handoff.queue)
        at = self._services.clock()
        if not opening_at(self._services, queue.name, at).open:
            await self._post(asked, "out_of_hours", closed_notice(self._services, queue.name, at))
            return
        request = RequestAgent(
            at=at,
            task_id=derived_id(asked.record.event_id, "handoff"),
            queue=queue,
            requested_by=Sender("bot", asked.bot),
            reason=handoff.reason,
            preferred_agent=view.served_by or view.preferred_agent,
        )
        await self._ask(asked, "handoff", request)

    async def _fail(self, asked: _Asked, attempts: int, error: str) -> None:
        """Where an agent answers, nobody misses a suggestion."""
        _logger.warning("bot %s failed for conversation %s: %s", asked.bot, asked.view.conversation_id, error)
        if asked.suggests:
            return
        report = ReportBotFailure(
            at=self._services.clock(),
            bot=asked.bot,
            attempts=attempts,
            error=error[:500],
            task_id=derived_id(asked.record.event_id, "handoff"),
            queue=self._queue(asked, None),
        )
        await self._ask(asked, "failure", report)

    def _queue(self, asked: _Asked, wanted: str | None) -> QueueSettings:
        """The queue that the bot names, else the conversation's."""
        configuration = self._services.configuration
        if wanted is not None and wanted in configuration.queues:
            return configuration.queue_settings(wanted)
        if wanted is not None:
            _logger.warning("bot %s names a queue %r that is not configured", asked.bot, wanted)
        return configuration.queue_settings_of(asked.view.queue, asked.view.mrd, asked.view.channel)

    async def _ask(self, asked: _Asked, label: str, command: Command) -> None:
        """Waits out an engine that is busy or cannot write; what it refuses is on the record."""
        record = asked.record
        request = Request(
            to=record.stream,
            command=command,
            command_id=command_id(derived_id(record.event_id, f"command:{label}")),
            actor=bot_actor(asked.bot),
            correlation_id=record.correlation_id,
            causation_id=record.event_id,
        )
        reply = await _patiently(self._services, request)
        if isinstance(reply, Refusal):
            _logger.info("bot %s was refused: %s", asked.bot, reply.detail)


@tenacity.retry(retry=tenacity.retry_if_exception_type((QueueFullError, NotDurableError)), wait=_ENGINE_PAUSE)
async def _patiently(services: Services, request: Request) -> Reply | Refusal | None:
    return await asyncio.shield(services.engine.ask(request))
