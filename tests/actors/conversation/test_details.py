"""Labels and attributes."""

from typing import Any

import pytest

from actors.conversation.details import MAX_LABELS
from schemas.commands import ChangeAttributes, ChangeLabels
from schemas.content import Sender
from schemas.events import AttributesChanged, LabelsChanged
from schemas.replies import Done, RefusalCode
from tests.actors.conversation.examples import (
    ALICE,
    BOB,
    BOT,
    CUSTOMER,
    STARTED,
    Stage,
    given,
    in_wrap_up,
    left,
    monitored,
    over,
    requested,
    waiting,
    with_alice,
    with_bot,
)
from tests.examples import NOW


def labelled(*labels: str, by: Sender = ALICE) -> LabelsChanged:
    return LabelsChanged(labels=list(labels), changed_by=by)


def label(add: list[str], remove: list[str] | None = None, by: Sender = ALICE) -> ChangeLabels:
    return ChangeLabels(at=NOW, changed_by=by, add=add, remove=remove or [])


def attributed(by: Sender = ALICE, **attributes: Any) -> AttributesChanged:
    return AttributesChanged(attributes=attributes, changed_by=by)


def attribute(by: Sender = ALICE, **attributes: Any) -> ChangeAttributes:
    return ChangeAttributes(at=NOW, changed_by=by, attributes=attributes)


class TestLabels:
    @pytest.mark.parametrize(
        ("before", "command", "after"),
        [
            ([], label(["vip", "vip"]), ["vip"]),
            (["vip"], label(["angry"]), ["vip", "angry"]),
            (["vip", "angry"], label([], ["vip"]), ["angry"]),
            (["vip"], label(["vip"], ["vip"]), None),
            (["vip"], label(["vip"]), None),
            ([], label([], ["vip"]), None),
        ],
    )
    def test_are_added_and_removed(self, before: list[str], command: ChangeLabels, after: list[str] | None) -> None:
        result = given(*with_alice(labelled(*before))).when(command).sends()
        result.then(*([labelled(*after)] if after is not None else []))
        result.answers(Done(4, replayed=True) if after is None else Done(5)).then_state(
            labels=before if after is None else after
        )

    def test_are_limited(self) -> None:
        most = [str(number) for number in range(MAX_LABELS)]
        given(*with_alice()).when(label(most)).then(labelled(*most))
        given(*with_alice(labelled(*most))).when(label(["one more"])).then().refuses(RefusalCode.TOO_MANY_LABELS)
        given(*with_alice(labelled(*most))).when(label(["one more"], ["0"])).then(labelled(*most[1:], "one more"))


class TestAttributes:
    def test_are_merged(self) -> None:
        result = given(*with_alice(attributed(plan="gold", age=3))).when(attribute(plan="basic", age=3, city="Graz"))
        result.then(attributed(plan="basic", city="Graz")).sends().answers(Done(5))
        result.then_state(attributes={"plan": "basic", "age": 3, "city": "Graz"})

    def test_are_removed_by_none(self) -> None:
        result = given(*with_alice(attributed(plan="gold"))).when(attribute(plan=None)).then(attributed(plan=None))
        result.then_state(attributes={})

    @pytest.mark.parametrize("command", [attribute(plan="gold"), attribute(), attribute(city=None)])
    def test_that_are_so_already_change_nothing(self, command: ChangeAttributes) -> None:
        given(*with_alice(attributed(plan="gold"))).when(command).nothing().answers(Done(4, replayed=True))


@pytest.mark.parametrize("change", [label, attribute])
class TestRightToChange:
    def command(self, change: Any, by: Sender) -> Any:
        return label(["vip"], by=by) if change is label else attribute(by, plan="gold")

    @pytest.mark.parametrize("by", [CUSTOMER, BOT, Sender("application", "crm"), Sender("system")])
    def test_any_sender_who_is_no_agent(self, change: Any, by: Sender) -> None:
        for stage in (with_bot, waiting, with_alice, over):
            assert len(given(*stage()).when(self.command(change, by)).decision.events) == 1

    @pytest.mark.parametrize(
        "events",
        [with_alice(), with_alice(left(), requested()), in_wrap_up(), monitored()],
        ids=["in", "was in", "wraps up", "monitored"],
    )
    def test_agents_who_take_part_or_served_last(self, change: Any, events: Any) -> None:
        assert len(given(*events).when(self.command(change, ALICE)).decision.events) == 1

    @pytest.mark.parametrize(
        ("stage", "code"),
        [
            (Stage((STARTED,)), RefusalCode.NOT_PARTICIPANT),
            (with_alice, RefusalCode.NOT_PARTICIPANT),
            (over, RefusalCode.CONVERSATION_ENDED),
        ],
    )
    def test_no_other_agents(self, change: Any, stage: Stage, code: RefusalCode) -> None:
        given(*stage()).when(self.command(change, BOB)).then().refuses(code)
