"""Customers by a daily curve, each with a patience of their own."""

from schemas.commands import (
    EndConversation,
    PostCustomerMessage,
    RateConversation,
    RecordReceipt,
    RequestAgent,
    ReturnCustomer,
    StartConversation,
)
from schemas.content import Sender, TextContent
from schemas.events import (
    AgentJoined,
    AgentRequested,
    ConversationEnded,
    Customer,
    CustomerReminded,
    MessagePosted,
)
from schemas.records import conversation_stream
from tests.simulation.crowd import TEXTS
from tests.simulation.days.centre import Centre

__all__ = ["Customers"]

_CURVE = [6, 4, 3, 3, 4, 8, 20, 60, 130, 190, 240, 230, 170, 190, 230, 220, 190, 150, 120, 100, 80, 50, 25, 12]
"""The number of customers who come in each hour of the day."""

_PEAK = max(_CURVE)
_KNOWN = 2_000
_PATIENCE = 240.0
_SILENCE = 300.0
_UNHEARD = 150.0


class Customers:
    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._last_agents: dict[str, str] = {}
        centre.on(AgentRequested, self._wait)
        centre.on(MessagePosted, self._read)
        centre.on(CustomerReminded, lambda conversation_id, _: self._write_after(0.5, 20.0, conversation_id))
        centre.on(AgentJoined, self._remember)
        centre.on(ConversationEnded, lambda conversation_id, _: self._look_back(conversation_id))

    def come(self) -> None:
        """Lets customers come by thinning: they arrive at the peak's rate, and the hour decides which of them start
        a conversation."""
        centre = self._centre
        centre.soon(3_600.0 / _PEAK, self.come)
        if centre.happens(_CURVE[centre.now.hour] / _PEAK):
            self._start()

    def _start(self) -> None:
        centre = self._centre
        conversation_id, customer = centre.world.new_id(), f"c-{centre.random.randrange(_KNOWN)}"
        queue = centre.queue(centre.pick({"support": 0.6, "sales": 0.25, "desk": 0.05, "callback": 0.1}))
        if queue is None:
            return
        callback = queue.mrd == "callback"
        bot = None if callback or centre.happens(0.25) else "greeter"
        command = StartConversation(
            at=centre.now,
            conversation_id=conversation_id,
            channel="web",
            customer=Customer(id=customer, name="Ada"),
            queue=queue,
            task_id=centre.world.new_id(),
            message_id=centre.world.new_id(),
            request_digest=conversation_id,
            bot=bot,
            suggests=bot is not None,
            text=None if callback else centre.random.choice(TEXTS),
            inactivity_seconds=None if callback else _SILENCE,
            preferred_agent=self._last_agents.get(customer),
            not_before=centre.later(centre.random.uniform(60.0, 4 * 3_600.0)) if callback else None,
        )
        sent = centre.world.request(conversation_stream(conversation_id), command)
        centre.repeat(sent)
        if centre.happens(0.01):
            centre.soon(3.0, lambda: centre.repeat(sent))

    def _wait(self, conversation_id: str, event: AgentRequested) -> None:
        conversation = self._centre.world.states[conversation_stream(conversation_id)]
        if conversation.task.queue.mrd == "chat":
            self._centre.soon(_PATIENCE, lambda: self._lose_patience(conversation_id, event.task_id))

    def _lose_patience(self, conversation_id: str, task_id: str) -> None:
        conversation = self._centre.conversation(conversation_id)
        waits = conversation is not None and conversation.status == "waiting_for_agent" and conversation.task
        if waits and waits.task_id == task_id:
            self._leave(conversation_id)

    def _read(self, conversation_id: str, event: MessagePosted) -> None:
        centre = self._centre
        if event.sender.type == "customer":
            centre.plan(_UNHEARD, lambda: self._lose_heart(conversation_id, event.message_id))
            return
        if centre.happens(0.1):
            message_id = event.message_id
            centre.soon(3.0, lambda: self._receive(conversation_id, message_id))
        if event.sender.type == "agent":
            what = centre.pick({"write": 0.75, "leave": 0.08, "nothing": 0.17})
        else:
            what = centre.pick({"write": 0.6, "ask": 0.25, "leave": 0.1, "nothing": 0.05})
        if what == "write":
            centre.soon(20.0, lambda: self._write(conversation_id))
        elif what == "ask":
            centre.soon(10.0, lambda: self._ask_for_agent(conversation_id))
        elif what == "leave":
            centre.soon(10.0, lambda: self._leave(conversation_id))

    def _lose_heart(self, conversation_id: str, message_id: str) -> None:
        """Lets the customer write again or leave, if no message has come since the customer's and somebody should
        have answered."""
        conversation = self._centre.conversation(conversation_id)
        if conversation is None or conversation.status == "waiting_for_agent":
            return
        if next(reversed(conversation.posted)) == message_id:
            self._centre.pick({self._write: 0.4, self._leave: 0.6})(conversation_id)

    def _write_after(self, probability: float, seconds: float, conversation_id: str) -> None:
        if self._centre.happens(probability):
            self._centre.soon(seconds, lambda: self._write(conversation_id))

    def _write(self, conversation_id: str) -> None:
        centre = self._centre
        content = TextContent(centre.random.choice(TEXTS))
        sent = centre.world.request(
            conversation_stream(conversation_id),
            PostCustomerMessage(at=centre.now, message_id=centre.world.new_id(), content=content),
        )
        centre.repeat(sent)
        if centre.happens(0.01):
            centre.soon(3.0, lambda: centre.repeat(sent))

    def _receive(self, conversation_id: str, message_id: str) -> None:
        by = Sender("customer")
        receipt = RecordReceipt(at=self._centre.now, message_id=message_id, status="read", by=by)
        self._centre.send(conversation_stream(conversation_id), receipt)

    def _ask_for_agent(self, conversation_id: str) -> None:
        centre = self._centre
        queue = centre.queue(centre.pick({"support": 0.7, "sales": 0.3}))
        if queue is not None:
            task_id, by = centre.world.new_id(), Sender("customer")
            request = RequestAgent(at=centre.now, task_id=task_id, queue=queue, requested_by=by)
            centre.send(conversation_stream(conversation_id), request)

    def _leave(self, conversation_id: str) -> None:
        end = EndConversation(at=self._centre.now, ended_by=Sender("customer"), reason="customer_left")
        self._centre.send(conversation_stream(conversation_id), end)

    def _remember(self, conversation_id: str, event: AgentJoined) -> None:
        conversation = self._centre.world.states[conversation_stream(conversation_id)]
        if event.role == "primary":
            self._last_agents[conversation.customer.id] = event.agent_id

    def _look_back(self, conversation_id: str) -> None:
        centre = self._centre
        if centre.happens(0.15):
            centre.soon(60.0, lambda: self._rate(conversation_id))
        if centre.happens(0.03):
            centre.soon(600.0, lambda: self._come_back(conversation_id))

    def _rate(self, conversation_id: str) -> None:
        rating = RateConversation(at=self._centre.now, score=self._centre.random.randint(1, 5))
        self._centre.send(conversation_stream(conversation_id), rating)

    def _come_back(self, conversation_id: str) -> None:
        again = ReturnCustomer(at=self._centre.now, message_id=self._centre.world.new_id(), text="Hello again")
        self._centre.send(conversation_stream(conversation_id), again)
