"""The conversations in which an agent takes part, and when."""

from projections import Involvement
from schemas.events import Event, TaskAccepted, TaskAssignedDirectly, TaskClosed
from schemas.records import Record
from tests.examples import identifier, new_record

CONVERSATION = "conversation-c"


def accepted(task: int, conversation: str = "c") -> TaskAccepted:
    return TaskAccepted(task_id=identifier(task), conversation_id=conversation)


def closed(task: int, conversation: str = "c") -> TaskClosed:
    return TaskClosed(task_id=identifier(task), conversation_id=conversation, reason="done")


def held(task: int) -> TaskAssignedDirectly:
    return TaskAssignedDirectly(
        task_id=identifier(task), conversation_id="c", mrd="chat", queue="support", direction="monitor"
    )


def learned(*events: Event) -> Involvement:
    """An involvement that has learned from these events: event ``n`` is at version ``n`` and position ``10 * n``."""
    involvement = Involvement()
    for version, event in enumerate(events, 1):
        new = new_record("agent-alice", version)
        fields = {name: getattr(new, name) for name in new.__struct_fields__}
        involvement.learn(Record(**fields, position=10 * version), event)
    return involvement


def covered(involvement: Involvement) -> list[int]:
    return [position for position in range(60) if involvement.covers(CONVERSATION, position)]


def test_lasts_from_acceptance_to_close() -> None:
    assert covered(learned(accepted(1), closed(1))) == list(range(11, 20))
    assert covered(learned(accepted(1))) == list(range(11, 60))
    assert covered(learned(held(1), closed(1))) == list(range(11, 20))


def test_lasts_while_one_of_several_tasks_does() -> None:
    assert covered(learned(accepted(1), accepted(2), closed(1), closed(2))) == list(range(11, 40))
    assert covered(learned(held(1), held(1), closed(1))) == list(range(11, 30))


def test_may_come_again() -> None:
    involvement = learned(accepted(1), closed(1), accepted(2), closed(2))
    assert covered(involvement) == [*range(11, 20), *range(31, 40)]
    assert (list(involvement.at(15)), list(involvement.at(25)), list(involvement.at(35))) == (
        [CONVERSATION],
        [],
        [CONVERSATION],
    )


def test_a_close_of_a_task_that_was_not_accepted_changes_nothing() -> None:
    assert covered(learned(accepted(1), closed(2), closed(1), closed(1))) == list(range(11, 30))


def test_forgets_ended_involvements_and_knows_since_when_it_is_complete() -> None:
    involvement = learned(accepted(1, "a"), closed(1, "a"), accepted(2, "b"), accepted(3, "c"), closed(3, "c"))
    involvement.forget(1)
    assert (list(involvement.spans), involvement.since) == (["conversation-b", "conversation-c"], 20)
    involvement.forget(0)
    assert (list(involvement.spans), involvement.since) == (["conversation-b"], 50)


def test_a_copy_is_its_own() -> None:
    involvement = learned(accepted(1))
    copy = involvement.copy()
    copy.learn(Record(*("agent-alice", 2, "e", "TaskClosed", "", 1, "", "", "", b""), 20), closed(1))
    assert covered(involvement) == list(range(11, 60))
