"""The effect that lets a bot answer. The bot gets each customer message of a conversation that it owns, and of a
conversation in which it makes suggestions to an agent."""

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass

import aiohttp
import tenacity

from actors.engine import CommandFailedError, Committed, Request
from gateways.connectors.bots.bot import BotAnswer, Handoff
from gateways.connectors.bots.calling import RasaMessage, call_bot
from gateways.connectors.bots.exceptions import NoAnswerError, UnusableAnswerError
from gateways.connectors.bots.rasa.saying import said
from gateways.conversations.closed_notice import closed_notice
from gateways.conversations.opening_hours import opening_now
from gateways.services import Services
from gateways.services.asking import ask_until_durable
from projections import ConversationView
from schemas.actors import SYSTEM, bot_actor
from schemas.commands import (
    Command,
    PostBotMessage,
    PostSuggestion,
    PostSystemMessage,
    ReportBotFailure,
    ReportBotSilence,
    RequestAgent,
)
from schemas.configuration import Bot
from schemas.content import Content, Sender, TextContent
from schemas.events import MessagePosted
from schemas.identifiers import command_id, derived_id
from schemas.queues import QueueSettings
from schemas.records import Record, entity_id_of
from schemas.replies import Refusal

__all__ = ["BOT_TARGET", "BotEffect"]

BOT_TARGET = "bot:"
"""The beginning of a bot's name as a target of deliveries."""

_logger = logging.getLogger(__name__)
_MAX_AT_ONCE = 256
"""The limit on the calls of one bot. Each bot has its own, so that a slow bot does not delay others."""


@dataclass(frozen=True)
class _BotTurn:
    """A customer's message and the bot to which it goes, even if the conversation changes meanwhile."""

    view: ConversationView
    record: Record
    message: MessagePosted
    bot: str
    suggests: bool


class BotEffect:
    """Lets the configured bots answer over Rasa's REST channel, and make suggestions while an agent answers.

    The ids of all results derive from the customer's event, so that a repetition after a crash changes nothing.
    """

    name = "bots"

    def __init__(self, services: Services, http: aiohttp.ClientSession) -> None:
        self._services = services
        self._http = http
        self._at_once: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_MAX_AT_ONCE))

    def lane(self, item: Committed) -> str | None:
        return item.record.stream if self._find_turn(item) is not None else None

    def target(self, item: Committed) -> str:
        turn = self._find_turn(item)
        return f"{BOT_TARGET}{turn.bot if turn is not None else ''}"

    async def perform(self, item: Committed) -> None:
        """Asks the bot and posts its answers, unless the bot has lost the conversation meanwhile."""
        turn = self._find_turn(item)
        if turn is None:
            return
        bot = self._services.configuration.bots.get(turn.bot)
        if bot is None:
            await self._fail(turn, 0, f"no bot {turn.bot!r} is configured")
            return
        try:
            async with self._at_once[turn.bot]:
                answer = await self._call(bot, turn)
        except NoAnswerError as error:
            await self._fail(turn, bot.tries, str(error))
        except UnusableAnswerError as error:
            await self._fail(turn, 1, str(error))
        else:
            await self._apply_answer(turn, answer)
            if answer.is_silent and bot.silent_turns and not turn.suggests:
                await self._report_silence(turn, bot.silent_turns)

    def _find_turn(self, item: Committed) -> _BotTurn | None:
        message = item.event
        if type(message) is not MessagePosted or message.sender.type != "customer":
            return None
        view = self._services.conversations.get(entity_id_of(item.record.stream))
        if view is None or view.bot is None:
            return None
        suggests = view.status == "with_agent" and view.suggests
        if view.status != "with_bot" and not suggests:
            return None
        return _BotTurn(view, item.record, message, view.bot, suggests)

    async def _call(self, bot: Bot, turn: _BotTurn) -> BotAnswer:
        view = turn.view
        metadata: dict[str, object] = {
            "event_id": turn.record.event_id,
            "message_id": turn.message.message_id,
            "language": view.language,
            "customer": view.customer,
            **({} if isinstance(turn.message.content, TextContent) else {"content": turn.message.content}),
        }
        if turn.suggests:
            metadata["suggests"] = True
        retrying = tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(bot.tries),
            wait=tenacity.wait_exponential_jitter(multiplier=bot.backoff_seconds, max=10 * bot.backoff_seconds),
            retry=tenacity.retry_if_exception_type(NoAnswerError),
            reraise=True,
        )
        words = await said(self._services, view, turn.message.content)
        message = RasaMessage(view.conversation_id, words, view.channel, metadata)
        secrets = self._services.settings.secrets
        return await retrying(call_bot, self._http, bot, secrets, turn.record.event_id, message)

    async def _apply_answer(self, turn: _BotTurn, answer: BotAnswer) -> None:
        """Posts all messages first and then hands off, because after the hand-off the bot may not post any more. A bot
        that only makes suggestions has nothing to hand off. What cannot be posted is left out, and the rest goes on."""
        if answer.left_out:
            _logger.warning("of the answer of bot %s is left out: %s", turn.bot, "; ".join(answer.left_out)[:500])
        for number, content in enumerate(answer.contents):
            await self._post(turn, f"{turn.bot}:{number}", content)
        if answer.handoff is not None and not turn.suggests:
            await self._hand_off(turn, answer.handoff)

    async def _post(self, turn: _BotTurn, label: str, content: Content) -> None:
        message_id = derived_id(turn.record.event_id, label)
        at = self._services.clock()
        command: Command = (
            PostSuggestion(at=at, message_id=message_id, bot=turn.bot, content=content)
            if turn.suggests
            else PostBotMessage(at=at, message_id=message_id, bot=turn.bot, content=content)
        )
        await self._ask(turn, label, command)

    async def _hand_off(self, turn: _BotTurn, handoff: Handoff) -> None:
        """Requests an agent. While the queue is closed, the customer gets a notice of the system instead, and the
        conversation stays with the bot."""
        view, queue = turn.view, self._queue(turn, handoff.queue)
        at = self._services.clock()
        if not opening_now(self._services, queue.name).open:
            await self._ask(turn, "out_of_hours", self._notice(turn, queue.name), SYSTEM)
            return
        request = RequestAgent(
            at=at,
            task_id=derived_id(turn.record.event_id, "handoff"),
            queue=queue,
            requested_by=Sender("bot", turn.bot),
            reason=handoff.reason,
            preferred_agent=view.last_agent,
        )
        await self._ask(turn, "handoff", request)

    def _notice(self, turn: _BotTurn, queue: str) -> PostSystemMessage:
        return PostSystemMessage(
            at=self._services.clock(),
            message_id=derived_id(turn.record.event_id, "out_of_hours"),
            bot=turn.bot,
            content=closed_notice(self._services, turn.view, queue),
        )

    async def _fail(self, turn: _BotTurn, attempts: int, error: str) -> None:
        """Reports the failure, so that an agent is requested. A missing suggestion is only logged, because an agent
        answers anyway."""
        _logger.warning("bot %s failed for conversation %s: %s", turn.bot, turn.view.conversation_id, error)
        if turn.suggests:
            return
        report = ReportBotFailure(
            at=self._services.clock(),
            bot=turn.bot,
            attempts=attempts,
            error=error[:500],
            task_id=derived_id(turn.record.event_id, "handoff"),
            queue=self._queue(turn, None),
        )
        await self._ask(turn, "failure", report)

    async def _report_silence(self, turn: _BotTurn, max_turns: int) -> None:
        report = ReportBotSilence(
            at=self._services.clock(),
            bot=turn.bot,
            message_id=turn.message.message_id,
            max_turns=max_turns,
            task_id=derived_id(turn.record.event_id, "handoff"),
            queue=self._queue(turn, None),
        )
        await self._ask(turn, "silence", report)

    def _queue(self, turn: _BotTurn, wanted: str | None) -> QueueSettings:
        """The queue that the bot names if it is configured, otherwise the conversation's queue."""
        configuration = self._services.configuration
        if wanted is not None and wanted in configuration.queues:
            return configuration.queue_settings(wanted)
        if wanted is not None:
            _logger.warning("bot %s names a queue %r that is not configured", turn.bot, wanted)
        return configuration.queue_settings_of(turn.view.queue, turn.view.mrd, turn.view.channel)

    async def _ask(self, turn: _BotTurn, label: str, command: Command, actor: str | None = None) -> None:
        """Sends the command of the ``actor``, by default the bot, and repeats it while the engine is busy or cannot
        write. A refusal or a failure is only logged, and the rest of the answer goes on."""
        record = turn.record
        request = Request(
            to=record.stream,
            command=command,
            command_id=command_id(derived_id(record.event_id, f"command:{label}")),
            actor=actor or bot_actor(turn.bot),
            correlation_id=record.correlation_id,
            causation_id=record.event_id,
        )
        try:
            reply = await ask_until_durable(self._services, request)
        except CommandFailedError:
            _logger.exception("what bot %s said was not recorded: %s", turn.bot, label)
            return
        if isinstance(reply, Refusal):
            _logger.info("bot %s was refused: %s", turn.bot, reply.detail)
