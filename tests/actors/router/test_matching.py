"""Tasks and agents find each other."""

from typing import Any

import pytest

from actors.router import MAX_NAMED_CANDIDATES, ROUTER
from schemas.commands import MatchTask, ReportAvailability
from schemas.events import Candidate, Event, Exclusion, TaskOffered
from schemas.queues import QueueSettings
from tests.actors.router.examples import (
    PULL,
    STEPS,
    TASKS,
    all_offers,
    assigned,
    away,
    back,
    configured,
    free,
    given,
    learned,
    lifted,
    match_agent,
    match_queue,
    match_task,
    offer,
    offered,
    queued,
    report,
    requeued,
    state_of,
    widened,
)
from tests.actors.scenario import Then
from tests.examples import NOW, SALES, later

_, MATCH_TASK = match_task(0)
_, MATCH_ALICE = match_agent()
_, MATCH_QUEUE = match_queue()

BUSY = free("zoe", active_tasks=1)
"""Zoe is there, and full: she may take a task that another agent let go."""
WANTS_BOB: dict[str, Any] = {"preferred_agent": "bob", "preferred_until": later(40)}


def the_offer(result: Then) -> TaskOffered:
    """The only offer that was decided."""
    (event,) = result.decision.events
    assert isinstance(event, TaskOffered)
    return event


class TestTask:
    def test_is_offered_to_the_agent_who_is_free(self) -> None:
        result = given(free("alice"), queued(0)).when(MATCH_TASK)
        result.then(offered(0)).sends(offer(0)).then_state(lines=result.state.lines, preferred={}, due=[])
        assert result.state.lines["support"].waiting == 0

    def test_is_offered_for_the_time_of_its_queue(self) -> None:
        queue = QueueSettings(name="support", mrd="chat", offer_timeout_seconds=7)
        assert the_offer(given(free("alice"), queued(0, queue)).when(MATCH_TASK)).expires_at == later(7)

    @pytest.mark.parametrize(
        "events",
        [
            (),
            (queued(0),),
            (queued(0), away("alice")),
            (queued(0), free("alice", active_tasks=1)),
            (queued(0), queued(1, seconds=1), free("alice"), offered(1)),
            (queued(0), free("alice"), offered(0)),
            (queued(0), free("alice"), offered(0), assigned(0)),
            (queued(0), BUSY, free("alice"), offered(0), requeued(0)),
            (BUSY, free("alice"), queued(0, without_agent="alice")),
            (free("alice"), queued(0, not_before=later(60))),
            (free("alice"), configured(PULL), queued(0)),
            (free("alice"), configured(STEPS), queued(0)),
            (free("alice"), queued(0, **WANTS_BOB)),
            (free("bob", active_tasks=1), queued(0, **WANTS_BOB)),
            (BUSY, free("bob"), queued(0, without_agent="bob", **WANTS_BOB)),
        ],
        ids=[
            "unknown",
            "no agent",
            "away",
            "full",
            "holds an offer",
            "offered already",
            "assigned",
            "let go",
            "given away",
            "its time has not come",
            "pulled",
            "not eligible",
            "waits for another",
            "the wanted one is full",
            "the wanted one gave it away",
        ],
    )
    def test_finds_nobody(self, events: tuple[Event, ...]) -> None:
        given(*events).when(MATCH_TASK).nothing()

    def test_names_the_longest_available_first(self) -> None:
        decision = the_offer(
            given(queued(0), free("alice", 3), free("bob", 1, max_tasks=3), free("carol", 2)).when(MATCH_TASK)
        )
        assert (decision.agent_id, decision.candidate_count, decision.decided_for) == ("bob", 3, "task")
        assert decision.candidates == [
            Candidate("bob", later(1), 3),
            Candidate("carol", later(2), 1),
            Candidate("alice", later(3), 1),
        ]

    def test_names_some_of_many_candidates_and_counts_all(self) -> None:
        agents = [free(f"agent-{number:03}") for number in range(MAX_NAMED_CANDIDATES + 5)]
        decision = the_offer(given(queued(0), *agents).when(MATCH_TASK))
        assert len(decision.candidates) == MAX_NAMED_CANDIDATES
        assert decision.candidate_count == MAX_NAMED_CANDIDATES + 5

    def test_names_the_agents_who_let_it_go_with_their_reasons(self) -> None:
        events = (
            free("alice"),
            free("bob"),
            free("carol"),
            queued(0, without_agent="bob"),
            offered(0),
            requeued(0, reason="declined"),
        )
        decision = the_offer(given(*events).when(MATCH_TASK))
        assert decision.excluded == [Exclusion("bob", "gave_away"), Exclusion("alice", "declined")]
        assert [candidate.agent_id for candidate in decision.candidates] == ["carol"]

    def test_has_the_step_in_force_and_the_reasons_that_excluded_the_others(self) -> None:
        events = (
            configured(STEPS),
            learned("alice", english=3),
            free("alice"),
            learned("bob", english=9),
            free("bob", 5),
            away("carol"),
            free("dave", active_tasks=1),
            queued(0),
            queued(1, seconds=1),
        )
        first = the_offer(given(*events).when(MATCH_TASK))
        assert (first.agent_id, first.step, first.criterion, first.waiting) == ("bob", 0, "english >= 8", 2)
        assert first.excluded_counts == {"not_ready": 1, "busy": 1, "criterion": 1}
        second = the_offer(given(*events, widened(0, 1, "step")).when(MATCH_TASK))
        assert (second.agent_id, second.step, second.criterion) == ("alice", 1, "english")

    def test_goes_to_the_wanted_agent_whatever_the_criterion(self) -> None:
        events = (configured(STEPS), free("bob", 3), queued(0, **WANTS_BOB))
        decision = the_offer(given(*events).when(MATCH_TASK))
        assert (decision.agent_id, decision.rule) == ("bob", "preferred_agent")
        assert decision.candidates == [Candidate("bob", later(3), 1)]

    def test_of_a_pulled_queue_goes_to_the_wanted_agent(self) -> None:
        events = (configured(PULL), free("bob"), queued(0, **WANTS_BOB))
        assert the_offer(given(*events).when(MATCH_TASK)).agent_id == "bob"


class TestAgent:
    def test_is_offered_the_first_task_and_comes_back(self) -> None:
        result = given(queued(1, seconds=9), queued(0), free("alice", 10)).when(MATCH_ALICE)
        result.sends(offer(0), match_agent()).follows(the_offer(result), "command")
        decision = the_offer(result)
        assert (decision.task_id, decision.decided_for, decision.waiting) == (TASKS[0], "agent", 2)

    @pytest.mark.parametrize(
        "events",
        [
            (),
            (free("alice"),),
            (queued(0),),
            (queued(0), away("alice")),
            (queued(0), queued(1), free("alice"), offered(1)),
            (queued(0), BUSY, free("alice"), offered(0), requeued(0)),
            (queued(0, not_before=later(60)), free("alice")),
            (configured(PULL), queued(0), free("alice")),
            (configured(STEPS), queued(0), free("alice")),
            (queued(0, **WANTS_BOB), free("alice")),
        ],
        ids=[
            "empty",
            "no task",
            "unknown agent",
            "away",
            "full",
            "let go",
            "its time has not come",
            "pulled",
            "not eligible",
            "waits for another",
        ],
    )
    def test_finds_nothing(self, events: tuple[Event, ...]) -> None:
        given(*events).when(MATCH_ALICE).nothing()

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (queued(0, seconds=9, ahead=True), queued(1, SALES, priority=10)),
            (queued(0, seconds=9, priority=6), queued(1, SALES)),
            (queued(0, SALES, seconds=9), queued(1)),
            (queued(0), queued(1, seconds=9)),
            (queued(0), queued(1)),
        ],
        ids=["lost its agent", "priority of the task", "priority of the queue", "longest wait", "id"],
    )
    def test_takes_all_queues_in_one_order(self, first: Event, second: Event) -> None:
        for events in ((first, second), (second, first)):
            assert the_offer(given(*events, free("alice", 10)).when(MATCH_ALICE)).task_id == TASKS[0]

    def test_takes_all_steps_in_one_order(self) -> None:
        events = (configured(STEPS), queued(1, seconds=5), queued(0, step=1), learned("alice", english=9))
        assert the_offer(given(*events, free("alice")).when(MATCH_ALICE)).task_id == TASKS[0]

    def test_passes_over_tasks_that_are_not_for_the_agent(self) -> None:
        events = (queued(0), BUSY, free("alice"), offered(0), requeued(0), queued(1, seconds=1))
        assert the_offer(given(*events).when(MATCH_ALICE)).task_id == TASKS[1]

    def test_takes_tasks_that_prefer_the_agent_in_the_same_order(self) -> None:
        wanted = queued(0, seconds=9, preferred_agent="alice", preferred_until=later(40))
        older = the_offer(given(wanted, queued(1), free("alice", 10)).when(MATCH_ALICE))
        assert (older.task_id, older.rule) == (TASKS[1], "longest_available")
        only = the_offer(given(wanted, queued(1, seconds=20), free("alice", 10)).when(MATCH_ALICE))
        assert (only.task_id, only.rule) == (TASKS[0], "preferred_agent")

    def test_is_filled_up_to_the_limit(self) -> None:
        state = state_of(*[queued(number, seconds=number) for number in range(5)], free("alice", 0, 3, 1))
        assert all_offers(state, match_agent()) == [(TASKS[0], "alice"), (TASKS[1], "alice")]

    def test_takes_turns_with_agents_who_have_room_for_more(self) -> None:
        state = state_of(free("alice", -2, max_tasks=2), free("bob", -1, max_tasks=2))
        turns = []
        for number in range(4):
            ROUTER.evolve(state, queued(number, seconds=number))
            turns += all_offers(state, match_task(number, seconds=number))
        assert turns == [(TASKS[0], "alice"), (TASKS[1], "bob"), (TASKS[2], "alice"), (TASKS[3], "bob")]


class TestQueue:
    def test_offers_waiting_tasks_until_no_agent_is_free(self) -> None:
        events = (configured(PULL), queued(0), queued(1, seconds=1), queued(2, seconds=2), free("alice", 3, 2))
        state = state_of(*events, configured())
        assert all_offers(state, match_queue()) == [(TASKS[0], "alice"), (TASKS[1], "alice")]

    def test_offers_in_order_over_all_steps(self) -> None:
        events = (
            configured(STEPS, distribution="pull"),
            queued(0, step=1),
            queued(1, seconds=5),
            learned("alice", english=9),
            free("alice"),
            configured(STEPS),
        )
        assert the_offer(given(*events).when(MATCH_QUEUE)).task_id == TASKS[0]

    def test_passes_over_tasks_that_no_free_agent_may_take(self) -> None:
        events = (BUSY, free("alice"), queued(0, without_agent="alice"), queued(1, seconds=1))
        assert the_offer(given(*events).when(MATCH_QUEUE)).task_id == TASKS[1]

    @pytest.mark.parametrize(
        "events",
        [
            (),
            (queued(0),),
            (queued(0), away("alice")),
            (free("alice"), queued(0, SALES)),
            (configured(PULL), free("alice"), queued(0)),
            (configured(STEPS), free("alice"), queued(0)),
            (BUSY, free("alice"), queued(0, without_agent="alice")),
        ],
        ids=["unknown", "no agent", "away", "another queue", "pulled", "not eligible", "given away"],
    )
    def test_finds_nothing(self, events: tuple[Event, ...]) -> None:
        given(*events).when(MATCH_QUEUE).nothing()


class TestExclusions:
    """The end of each exclusion."""

    gone = (queued(0), BUSY, free("alice"), offered(0))

    @pytest.mark.parametrize("reason", ["rona", "declined"])
    def test_end_when_the_agent_returns(self, reason: Any) -> None:
        events = (*self.gone, requeued(0, reason=reason), away("alice"))
        assert all_offers(state_of(*events, free("alice")), match_agent()) == []
        assert all_offers(state_of(*events, back("alice")), match_agent()) == [(TASKS[0], "alice")]

    def test_of_an_agent_who_declined_end_when_they_are_lifted(self) -> None:
        events = (*self.gone, requeued(0, reason="declined", excluded_until=later(60)))
        assert all_offers(state_of(*events), match_task(0)) == []
        assert all_offers(state_of(*events, lifted(0)), match_task(0)) == [(TASKS[0], "alice")]

    def test_of_an_agent_who_gave_it_away_end_when_the_agent_returns(self) -> None:
        events = (free("alice"), queued(0, without_agent="alice", direction="transfer_direct"))
        assert all_offers(state_of(*events, back("alice")), match_agent()) == [(TASKS[0], "alice")]

    @pytest.mark.parametrize("direction", ["consult", "conference"])
    def test_of_an_agent_who_asked_for_help_never_end(self, direction: Any) -> None:
        events = (free("alice"), queued(0, without_agent="alice", direction=direction))
        state = state_of(*events, back("alice"))
        assert all_offers(state, match_agent()) == []
        assert state.pool.agents["alice"].let_go == [TASKS[0]]

    @pytest.mark.parametrize(
        ("others", "offers"),
        [
            ((), [(TASKS[0], "alice")]),
            ((away("zoe"),), [(TASKS[0], "alice")]),
            ((BUSY,), []),
            ((learned("zoe", german=1), BUSY), []),
            ((BUSY, configured(STEPS), learned("alice", english=9)), [(TASKS[0], "alice")]),
            ((BUSY, configured(STEPS), learned("alice", english=9), learned("zoe", english=1)), []),
        ],
        ids=["nobody", "one who is away", "one who is full", "of no skill", "not eligible", "eligible later"],
    )
    @pytest.mark.parametrize("let_go", ["declined", "gave_away"])
    def test_hold_while_somebody_else_may_take_it(
        self, others: tuple[Event, ...], offers: list[tuple[str, str]], let_go: str
    ) -> None:
        given_away = (queued(0, without_agent="alice", excluded_until=later(60)),)
        declined = (queued(0), offered(0), requeued(0, reason="declined", excluded_until=later(60)))
        history = declined if let_go == "declined" else given_away
        events = (free("alice"), *others, *history)
        assert all_offers(state_of(*events), match_task(0)) == offers
        assert all_offers(state_of(*events), match_agent()) == offers
        assert all_offers(state_of(*events), match_queue()) == offers

    def test_that_do_not_hold_are_said_in_the_offer(self) -> None:
        declined = requeued(0, reason="declined", excluded_until=later(60))
        result = the_offer(given(free("alice"), queued(0), offered(0), declined).when(MATCH_TASK))
        assert (result.agent_id, result.excluded, result.nobody_else) == ("alice", [], True)

    @pytest.mark.parametrize(
        "leaving", [report("zoe", accepting=False), report("zoe", active_tasks=1, attributes={"german": 1})]
    )
    def test_end_with_the_last_other_agent(self, leaving: ReportAvailability) -> None:
        declined = requeued(0, reason="declined", excluded_until=later(60))
        rules = configured(STEPS), learned("alice", english=9), learned("zoe", english=9)
        events = (*rules, free("alice"), BUSY, queued(0), offered(0), declined)
        result = given(*events).when(leaving)
        assert ("router-chat", MatchTask(at=NOW, task_id=TASKS[0])) in result.messages
        assert all_offers(result.state, match_task(0)) == [(TASKS[0], "alice")]

    @pytest.mark.parametrize("reason", ["agent_not_ready", "agent_logout", "agent_unavailable", "interrupted"])
    def test_are_none_for_a_withdrawn_task(self, reason: Any) -> None:
        state = state_of(*self.gone, requeued(0, reason=reason))
        assert state.tasks[TASKS[0]].excluded == {}
        assert all_offers(state, match_task(0, seconds=1)) == [(TASKS[0], "alice")]

    def test_end_only_for_the_agent_who_returns(self) -> None:
        events = (
            *self.gone,
            free("bob"),
            requeued(0),
            offered(0, "bob"),
            requeued(0, "bob", "declined"),
            back("bob"),
        )
        assert list(state_of(*events).tasks[TASKS[0]].excluded) == ["alice"]

    def test_end_while_the_task_is_with_another(self) -> None:
        events = (*self.gone, requeued(0), free("bob"), offered(0, "bob"), back("alice"), requeued(0, "bob"))
        state = state_of(*events)
        assert list(state.tasks[TASKS[0]].excluded) == ["bob"]
        assert all_offers(state, match_task(0)) == [(TASKS[0], "alice")]

    def test_leave_nothing_behind_when_the_task_is_gone(self) -> None:
        events = (*self.gone, requeued(0), free("bob"), offered(0, "bob"), assigned(0, "bob"), back("alice"))
        assert state_of(*events).pool.agents["alice"].let_go == []


def test_a_preferred_agent_who_declines_leaves_the_task_to_all_others() -> None:
    events = (free("bob"), free("alice", 1), queued(0, **WANTS_BOB))
    declined = requeued(0, "bob", "declined", excluded_until=later(60))
    state = state_of(*events, offered(0, "bob", rule="preferred_agent"), declined)
    assert (state.preferred, state.tasks[TASKS[0]].preferred_until) == ({}, None)
    assert all_offers(state, match_task(0, seconds=1)) == [(TASKS[0], "alice")]


def test_an_offer_uses_up_the_agents_turn() -> None:
    state = state_of(free("alice", max_tasks=2), queued(0), offered(0, offered_at=later(5)))
    assert state.pool.agents["alice"].available_since == later(5)
