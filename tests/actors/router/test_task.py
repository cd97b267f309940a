"""The place of a task in the line."""

from typing import Any

import pytest

from actors.router import Place, RoutedTask
from actors.router.task import LetGo
from schemas.tasks import Direction
from tests.examples import NOW, later


def task(seconds: float = 0, **more: Any) -> RoutedTask:
    fields: dict[str, Any] = {"task_id": "t", "priority": 5, "direction": "inbound", **more}
    ahead, priority = fields.get("ahead", False), fields["priority"]
    place = Place.of(fields["task_id"], later(seconds), ahead=ahead, priority=priority, queue_priority=5)
    return RoutedTask(conversation_id="c", queue="support", place=place, entered_at=NOW, **fields)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (task(9, ahead=True).place_in(1), task(0, priority=10).place_in(10)),
        (task(9, priority=6).place_in(1), task(0).place_in(10)),
        (task(9).place_in(8), task(0).place_in(5)),
        (task(0).place_in(5), task(9).place_in(5)),
        (task(0, task_id="a").place_in(5), task(0, task_id="b").place_in(5)),
    ],
    ids=["lost its agent", "priority of the task", "priority of the queue", "longest wait", "id"],
)
def test_is_in_order(first: Place, second: Place) -> None:
    assert first < second


@pytest.mark.parametrize(
    ("reason", "direction", "takes_back"),
    [
        ("rona", "inbound", True),
        ("declined", "consult", True),
        ("gave_away", "transfer_direct", True),
        ("gave_away", "consult", False),
        ("gave_away", "conference", False),
    ],
)
def test_goes_back_to_the_agent_who_let_it_go_unless_the_agent_asked_for_help(
    reason: Any, direction: Direction, takes_back: bool
) -> None:
    given_away = task(direction=direction, excluded={"alice": LetGo(reason, None)})
    assert given_away.takes_back("alice") is takes_back
