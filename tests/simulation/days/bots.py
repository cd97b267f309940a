"""The effect that asks bots, and bots of all kinds: quick, slow, broken, answering twice, or never."""

from collections.abc import Callable

from schemas.commands import PostBotMessage, PostSuggestion, ReportBotFailure, RequestAgent
from schemas.content import Sender, TextContent
from schemas.events import MessagePosted
from schemas.identifiers import derived_id
from schemas.records import conversation_stream
from tests.simulation.days.centre import Centre

__all__ = ["Bots"]

_TRIES = 3
_TIMEOUT = 5.0
_BOT = "greeter"


class Bots:
    """A bot's answers have ids that derive from the message about which it was asked."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._behaviours: dict[Callable[[str, str], None], float] = {
            self._answer: 0.62,
            self._answer_at_length: 0.1,
            self._hand_over: 0.14,
            self._fail: 0.04,
            self._answer_late: 0.04,
            self._answer_twice: 0.03,
            self._keep_silent: 0.03,
        }
        centre.on(MessagePosted, self._hear)

    def _hear(self, conversation_id: str, event: MessagePosted) -> None:
        centre = self._centre
        conversation = centre.world.states[conversation_stream(conversation_id)]
        if event.sender.type != "customer" or conversation.bot is None:
            return
        if conversation.status == "with_bot":
            centre.pick(self._behaviours)(conversation_id, event.message_id)
        elif conversation.suggests and centre.happens(0.3):
            centre.soon(1.0, lambda: self._suggest(conversation_id, event.message_id))

    def _answer(self, conversation_id: str, asked: str) -> None:
        self._centre.soon(0.8, lambda: self._post(conversation_id, asked, "answer:1"))

    def _answer_at_length(self, conversation_id: str, asked: str) -> None:
        for number in (1, 2, 3):
            label = f"answer:{number}"
            self._centre.plan(number, lambda label=label: self._post(conversation_id, asked, label))  # type: ignore[misc]

    def _answer_late(self, conversation_id: str, asked: str) -> None:
        self._centre.plan(self._centre.random.uniform(60.0, 900.0), lambda: self._post(conversation_id, asked, "late"))

    def _answer_twice(self, conversation_id: str, asked: str) -> None:
        self._answer(conversation_id, asked)
        self._answer(conversation_id, asked)

    def _keep_silent(self, conversation_id: str, asked: str) -> None:
        """Never answers, as an effect that is stuck for ever."""

    def _fail(self, conversation_id: str, asked: str) -> None:
        self._centre.plan(_TRIES * _TIMEOUT, lambda: self._give_up(conversation_id, asked))

    def _hand_over(self, conversation_id: str, asked: str) -> None:
        self._centre.soon(0.8, lambda: self._request_agent(conversation_id, asked))

    def _post(self, conversation_id: str, asked: str, label: str) -> None:
        content = TextContent(f"You said something; this is {label}.")
        message_id = derived_id(asked, label)
        answer = PostBotMessage(at=self._centre.now, message_id=message_id, bot=_BOT, content=content)
        self._centre.send(conversation_stream(conversation_id), answer)

    def _suggest(self, conversation_id: str, asked: str) -> None:
        content, message_id = TextContent("Say this."), derived_id(asked, "suggestion")
        suggestion = PostSuggestion(at=self._centre.now, message_id=message_id, bot=_BOT, content=content)
        self._centre.send(conversation_stream(conversation_id), suggestion)

    def _request_agent(self, conversation_id: str, asked: str) -> None:
        queue = self._centre.queue("support")
        if queue is not None:
            task_id, by = derived_id(asked, "handoff"), Sender("bot", _BOT)
            request = RequestAgent(at=self._centre.now, task_id=task_id, queue=queue, requested_by=by)
            self._centre.send(conversation_stream(conversation_id), request)

    def _give_up(self, conversation_id: str, asked: str) -> None:
        queue = self._centre.queue("support")
        if queue is not None:
            failure = ReportBotFailure(
                at=self._centre.now,
                bot=_BOT,
                attempts=_TRIES,
                error="timeout",
                task_id=derived_id(asked, "handoff"),
                queue=queue,
            )
            self._centre.send(conversation_stream(conversation_id), failure)
