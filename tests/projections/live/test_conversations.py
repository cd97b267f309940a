"""The live view of conversations: the events that it follows, and the conversations that it forgets."""

import msgspec
import pytest

from projections import ConversationDirectory
from schemas.content import Sender
from schemas.events import (
    AgentJoined,
    AgentRequested,
    AgentRoleChanged,
    BotAssigned,
    ConversationEnded,
    ConversationStarted,
    Customer,
    Event,
    QueueChanged,
)
from schemas.instants import format_instant
from schemas.records import Record, conversation_stream
from tests.examples import NOW, SALES, SUPPORT, identifier

SYSTEM = Sender("system")
STARTED = ConversationStarted(
    conversation_id=identifier(1),
    channel="sms",
    customer=Customer(id="c-7"),
    queue="support",
    mrd="chat",
    bot="greeter",
    language=None,
    attributes={},
    started_at=NOW,
    opened_at_version=1,
    request_digest="digest",
)
ENDED = ConversationEnded(reason="customer_left", ended_by=SYSTEM, wrap_up=False)


def requested(task: int = 9) -> AgentRequested:
    return AgentRequested(task_id=identifier(task), queue=SUPPORT, reason=None, requested_by=SYSTEM, queued_at=NOW)


def joined(agent_id: str, role: str = "primary") -> AgentJoined:
    event = AgentJoined(agent_id=agent_id, agent_name=agent_id, role="primary", task_id=identifier(9))
    return msgspec.structs.replace(event, role=role)


class FollowedConversations:
    """A view and the conversations that it follows."""

    def __init__(self, keep_ended: int = 10_000) -> None:
        self.view = ConversationDirectory(keep_ended)
        self.actor = "test"
        self._position = 0

    def follow(self, number: int, *events: Event) -> None:
        for event in events:
            self._position += 1
            record = Record(
                stream=conversation_stream(identifier(number)),
                version=self._position,
                event_id=identifier(1000 + self._position),
                type=type(event).__name__,
                at=format_instant(NOW),
                schema_version=1,
                correlation_id="",
                causation_id="",
                actor=self.actor,
                data=b"{}",
                position=self._position,
            )
            self.view.apply(record, event)

    def start(
        self,
        number: int,
        customer_id: str | None = "c-7",
        channel: str = "sms",
        *,
        verified: bool = True,
        same_as: int | None = None,
    ) -> None:
        started = msgspec.structs.replace(
            STARTED,
            conversation_id=identifier(number),
            customer=Customer(id=customer_id, verified=verified),
            channel=channel,
            same_customer_as=identifier(same_as) if same_as is not None else None,
        )
        self.follow(number, started)

    def same_as(self, number: int) -> list[str]:
        """The conversations of the customer of this one."""
        view = self.view.get(identifier(number))
        assert view is not None
        return [other.conversation_id for other in self.view.of_same_customer(view)]

    def latest(self, customer_id: str | None = "c-7", channel: str = "sms") -> str | None:
        found = self.view.latest(channel, customer_id)
        return found.conversation_id if found else None


def test_a_conversation_that_an_application_has_started_waits_for_its_customer() -> None:
    followed = FollowedConversations()
    followed.follow(1, msgspec.structs.replace(STARTED, bot=None, direction="outbound"))
    view = followed.view.get(identifier(1))
    assert view is not None
    assert (view.status, len(view.everyone())) == ("waiting_for_customer", 1)
    followed.follow(1, requested())
    assert view.status == "waiting_for_agent"


class TestTheLastConversationOfACustomer:
    def test_is_known_by_channel_and_customer(self) -> None:
        followed = FollowedConversations()
        followed.start(1)
        followed.start(2, channel="web")
        followed.start(3, customer_id="c-8")
        assert followed.latest() == identifier(1)
        assert followed.latest(channel="web") == identifier(2)
        assert followed.latest("c-8") == identifier(3)
        assert followed.latest("c-9") is None

    def test_of_an_anonymous_customer_is_none(self) -> None:
        followed = FollowedConversations()
        for number, customer_id in enumerate((None, ""), 1):
            followed.start(number, customer_id)
        assert followed.latest(None) is None
        assert followed.latest("") is None

    def test_is_the_one_that_started_last(self) -> None:
        followed = FollowedConversations()
        followed.start(1)
        followed.follow(1, ENDED)
        assert followed.latest() == identifier(1)
        followed.start(2)
        assert followed.latest() == identifier(2)

    def test_is_forgotten_with_the_ended_ones(self) -> None:
        followed = FollowedConversations(keep_ended=1)
        followed.start(1)
        followed.start(2, "c-8")
        followed.follow(1, ENDED)
        followed.follow(2, ENDED)
        assert followed.latest() is None
        assert followed.latest("c-8") == identifier(2)

    def test_outlives_the_one_before(self) -> None:
        followed = FollowedConversations(keep_ended=0)
        followed.start(1)
        followed.start(2)
        followed.follow(1, ENDED)
        assert followed.latest() == identifier(2)


class TestTheSameCustomer:
    def test_is_known_by_a_proven_id(self) -> None:
        followed = FollowedConversations()
        followed.start(1)
        followed.start(2, verified=False)
        followed.start(3)
        assert followed.same_as(1) == followed.same_as(3) == [identifier(3), identifier(1)]
        assert followed.same_as(2) == [identifier(2)]
        assert followed.latest() == identifier(3)

    def test_is_known_by_the_tokens_that_were_presented(self) -> None:
        followed = FollowedConversations()
        followed.start(1, None, verified=False)
        followed.start(2, None, verified=False, same_as=1)
        followed.start(3, "c-7", verified=False, same_as=1)
        followed.start(4, "c-7", verified=False)
        assert followed.same_as(1) == followed.same_as(3) == [identifier(number) for number in (3, 2, 1)]
        assert followed.same_as(4) == [identifier(4)]

    def test_outlives_the_first_conversation(self) -> None:
        followed = FollowedConversations(keep_ended=0)
        followed.start(1, None, verified=False)
        followed.start(2, None, verified=False, same_as=1)
        followed.follow(1, ENDED)
        followed.start(3, None, verified=False, same_as=1)
        assert followed.same_as(2) == [identifier(3), identifier(2)]

    @pytest.mark.parametrize(
        ("actor", "customer_id", "verified"),
        [
            ("connector:sms", "c-7", True),
            ("application:crm", "c-7", True),
            ("connector:sms", None, False),
            ("customer", "c-7", False),
        ],
    )
    def test_was_proven_by_the_caller_before_that_was_recorded(
        self, actor: str, customer_id: str | None, verified: bool
    ) -> None:
        followed = FollowedConversations()
        followed.actor = actor
        followed.start(1, customer_id, verified=False)
        view = followed.view.get(identifier(1))
        assert view is not None
        assert view.customer.verified == verified
        assert (followed.latest(customer_id) == identifier(1)) == verified


class TestTheAgentWhoServed:
    def test_is_the_primary_agent(self) -> None:
        followed = FollowedConversations()
        followed.start(1)
        followed.follow(1, requested(), joined("alice"), joined("bob", "assistant"), joined("sue", "monitor"))
        view = followed.view.get(identifier(1))
        assert view is not None
        assert (view.status, view.served_by) == ("with_agent", "alice")
        followed.follow(1, AgentRoleChanged(agent_id="bob", role="primary", direction="transfer_direct"))
        assert (view.served_by, view.agents["bob"].role) == ("bob", "primary")

    def test_is_preferred_in_the_next_conversation(self) -> None:
        followed = FollowedConversations()
        followed.start(1)
        followed.follow(1, requested(), joined("alice"), ENDED)
        followed.start(2)
        followed.follow(2, ENDED)
        followed.start(3)
        view = followed.view.get(identifier(3))
        assert view is not None
        assert (view.served_by, view.preferred_agent) == (None, "alice")


def test_a_supervisor_who_monitors_does_not_own_the_answer() -> None:
    followed = FollowedConversations()
    followed.start(1)
    followed.follow(1, joined("sue", "monitor"))
    view = followed.view.get(identifier(1))
    assert view is not None
    assert (view.status, view.served_by) == ("with_bot", None)


def test_the_queue_is_the_one_in_which_the_task_waits() -> None:
    followed = FollowedConversations()
    followed.start(1)
    followed.follow(1, requested(9), QueueChanged(task_id=identifier(8), queue=SALES, reason="overflow"))
    view = followed.view.get(identifier(1))
    assert view is not None
    assert view.queue == "support"
    followed.follow(1, QueueChanged(task_id=identifier(9), queue=SALES, reason="overflow"))
    assert view.queue == "sales"


def test_a_bot_may_own_the_answer_again() -> None:
    followed = FollowedConversations()
    followed.start(1)
    followed.follow(1, requested(), joined("alice"))
    followed.follow(1, BotAssigned(bot="clerk", suggests=True, assigned_by=SYSTEM, note=None))
    view = followed.view.get(identifier(1))
    assert view is not None
    assert (view.status, view.bot, view.suggests) == ("with_bot", "clerk", True)
