"""The place of a task in the line."""

from typing import Any

import pytest

from actors.router import Place, RoutedTask
from actors.router.task import LetGo
from schemas.tasks import Direction
from tests.examples import NOW, later


def task(seconds: float = 0, **more: Any) -> RoutedTask:
    fields: dict[str, Any] = {"task_id": "t", "priority": 5, "direction": "inbound", **more}
    place = Place(0, 0, 0, later(seconds), fields["task_id"])
    return RoutedTask(conversation_id="c", queue="support", place=place, entered_at=NOW, **fields)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (task(9, ahead=True).rank(1), task(0, priority=10).rank(10)),
        (task(9, priority=6).rank(1), task(0).rank(10)),
        (task(9).rank(8), task(0).rank(5)),
        (task(0).rank(5), task(9).rank(5)),
        (task(0, task_id="a").rank(5), task(0, task_id="b").rank(5)),
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
def test_goes_back_to_who_let_it_go_except_for_help_that_was_asked_for(
    reason: Any, direction: Direction, takes_back: bool
) -> None:
    given_away = task(direction=direction, excluded={"alice": LetGo(reason, None)})
    assert given_away.takes_back("alice") is takes_back
