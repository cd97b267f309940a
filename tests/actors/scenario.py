"""The language of the deciders' tests: ``given(events).when(command).then(events).sends(messages).answers(reply)``."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, Literal, Protocol

from actors.decider import Decider, Decision
from schemas.commands import Command
from schemas.events import Event
from schemas.replies import Refusal, RefusalCode, Reply

__all__ = ["Given", "Then", "scenario"]

AnyEntity = Decider[Any, Any, Any]


class Given:
    """An entity with a history."""

    def __init__(self, decider: AnyEntity, entity_id: str, events: Iterable[Event]) -> None:
        self._decider = decider
        self.state = decider.initial(entity_id)
        for event in events:
            decider.evolve(self.state, event)

    def when(self, *commands: Command) -> "Then":
        """Carries out the commands in order. The checks that follow are of the last command's decision."""
        decision: Decision[Any] = Decision()
        for command in commands:
            before = deepcopy(self.state)
            decision = self._decider.decide(self.state, command)
            assert self.state == before, "decide changed the state"
            for event in decision.events:
                self._decider.evolve(self.state, event)
        return Then(self.state, decision)

    def then_state(self, **fields: Any) -> None:
        _check_fields(self.state, fields)


class Then:
    """The decision on a command. A scenario that checks neither messages nor the reply leaves them open."""

    def __init__(self, state: Any, decision: Decision[Any]) -> None:
        self.state = state
        self.decision = decision

    def then(self, *events: Event) -> "Then":
        assert self.decision.events == list(events)
        return self

    def sends(self, *messages: tuple[str, Command]) -> "Then":
        assert self.messages == list(messages)
        return self

    @property
    def messages(self) -> list[tuple[str, Command]]:
        """The messages without the events from which they follow."""
        return [(message.to, message.command) for message in self.decision.messages]

    def follows(self, *events: Event | Literal["command"]) -> "Then":
        """Checks from which event of the decision each message follows, in the order of the messages."""
        last = self.decision.events[-1] if self.decision.events else "command"
        assert [message.follows or last for message in self.decision.messages] == list(events)
        return self

    def answers(self, reply: Reply | None) -> "Then":
        assert self.decision.reply == reply
        return self

    def refuses(self, code: RefusalCode) -> "Then":
        """Checks that the command is refused and sends no message. ``then`` checks the events, if any, that are
        recorded of it."""
        assert isinstance(self.decision.reply, Refusal)
        assert self.decision.reply.code == code
        assert self.decision.messages == []
        return self

    def nothing(self) -> "Then":
        return self.then().sends()

    def then_state(self, **fields: Any) -> "Then":
        _check_fields(self.state, fields)
        return self


class Scenario(Protocol):
    def __call__(self, *events: Event) -> Given: ...


def scenario(decider: AnyEntity, entity_id: str) -> Scenario:
    """The word ``given`` for one entity."""

    def given(*events: Event) -> Given:
        return Given(decider, entity_id, events)

    return given


def _check_fields(state: Any, fields: dict[str, Any]) -> None:
    assert {name: getattr(state, name) for name in fields} == fields
