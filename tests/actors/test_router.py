"""The router's decider."""

from typing import Any

import msgspec
import pytest

from actors.decider import Decision, Message
from actors.router import NAMED_CANDIDATES, ROUTER, Place, Router
from schemas.commands import (
    CancelTask,
    ConfirmTask,
    EnqueueTask,
    MatchTask,
    OfferTask,
    ReportAvailability,
    ReturnTask,
    WithdrawOffer,
)
from schemas.events import (
    AgentAvailabilityChanged,
    Candidate,
    Event,
    Exclusion,
    RequeueReason,
    TaskAssigned,
    TaskCancelled,
    TaskOffered,
    TaskQueued,
    TaskRequeued,
)
from schemas.queues import QueueSettings
from tests.actors.scenario import Then, scenario
from tests.examples import NOW, SALES, SUPPORT, identifier, later

given = scenario(ROUTER, "chat")

TASKS = [identifier(number) for number in range(1, 6)]
CONVERSATIONS = [identifier(number) for number in range(11, 16)]
MATCH = MatchTask(at=NOW)
MATCH_NEXT = ("router-chat", MATCH)


def enqueue(number: int, queue: QueueSettings = SUPPORT, seconds: float = 0, priority: int = 5) -> EnqueueTask:
    return EnqueueTask(
        at=NOW,
        task_id=TASKS[number],
        conversation_id=CONVERSATIONS[number],
        queue=queue,
        queued_at=later(seconds),
        priority=priority,
    )


def queued(number: int, queue: QueueSettings = SUPPORT, seconds: float = 0, priority: int = 5) -> TaskQueued:
    return TaskQueued(
        task_id=TASKS[number],
        conversation_id=CONVERSATIONS[number],
        queue=queue,
        priority=priority,
        queued_at=later(seconds),
    )


def free(agent_id: str, seconds: float = 0, max_tasks: int = 1, active_tasks: int = 0) -> AgentAvailabilityChanged:
    return AgentAvailabilityChanged(
        agent_id=agent_id,
        accepting=True,
        max_tasks=max_tasks,
        active_tasks=active_tasks,
        available_since=later(seconds),
        returned=False,
    )


def back(agent_id: str) -> AgentAvailabilityChanged:
    return msgspec.structs.replace(free(agent_id), returned=True)


def away(agent_id: str, active_tasks: int = 0) -> AgentAvailabilityChanged:
    return msgspec.structs.replace(free(agent_id), accepting=False, active_tasks=active_tasks)


def offered(number: int, agent_id: str = "alice", **changes: Any) -> TaskOffered:
    event = TaskOffered(
        task_id=TASKS[number],
        conversation_id=CONVERSATIONS[number],
        agent_id=agent_id,
        offered_at=NOW,
        expires_at=later(20),
        rule="longest_available",
        candidates=[Candidate(agent_id, NOW, 1)],
        candidate_count=1,
        excluded=[],
    )
    return msgspec.structs.replace(event, **changes)


def offer(number: int, agent_id: str = "alice", queue: QueueSettings = SUPPORT) -> tuple[str, OfferTask]:
    return f"agent-{agent_id}", OfferTask(
        at=NOW,
        task_id=TASKS[number],
        conversation_id=CONVERSATIONS[number],
        queue=queue,
        expires_at=later(20),
    )


def requeued(number: int, agent_id: str = "alice", reason: RequeueReason = "rona") -> TaskRequeued:
    return TaskRequeued(task_id=TASKS[number], conversation_id=CONVERSATIONS[number], agent_id=agent_id, reason=reason)


def assigned(number: int, agent_id: str = "alice") -> TaskAssigned:
    return TaskAssigned(task_id=TASKS[number], conversation_id=CONVERSATIONS[number], agent_id=agent_id)


def cancelled(number: int) -> TaskCancelled:
    return TaskCancelled(task_id=TASKS[number], conversation_id=CONVERSATIONS[number], reason="customer_left")


def return_task(number: int, agent_id: str = "alice", reason: RequeueReason = "rona") -> ReturnTask:
    return ReturnTask(at=NOW, task_id=TASKS[number], agent_id=agent_id, reason=reason)


def first_offer(result: Then) -> TaskOffered:
    """The one offer that was decided."""
    (event,) = result.decision.events
    assert isinstance(event, TaskOffered)
    return event


def all_offers(*events: Event) -> list[tuple[str, str]]:
    """Which tasks are offered to whom, in order, until there is nothing left to match."""
    state = given(*events).state
    offers = []
    decision = Decision(messages=[Message("router-chat", MATCH)])
    while decision.messages:
        decision = ROUTER.decide(state, MATCH)
        for event in decision.events:
            ROUTER.evolve(state, event)
            assert isinstance(event, TaskOffered)
            offers.append((event.task_id, event.agent_id))
    return offers


class TestLine:
    def test_takes_a_task_in_and_looks_for_an_agent(self) -> None:
        given().when(enqueue(0)).then(queued(0)).tells(MATCH_NEXT)

    def test_takes_a_task_in_once(self) -> None:
        given(queued(0)).when(enqueue(0, seconds=9)).nothing()

    def test_takes_no_offered_task_in_again(self) -> None:
        given(free("alice"), queued(0), offered(0)).when(enqueue(0)).nothing()

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (queued(0, seconds=9, priority=6), queued(1, SALES)),
            (queued(0, SALES, seconds=9), queued(1)),
            (queued(0), queued(1, seconds=9)),
            (queued(0), queued(1)),
        ],
        ids=["priority of the task", "priority of the queue", "longest wait", "id"],
    )
    def test_stands_in_order(self, first: TaskQueued, second: TaskQueued) -> None:
        for events in ((first, second), (second, first)):
            state: Router = given(*events).state
            assert [place.task_id for place in state.line] == [first.task_id, second.task_id]

    def test_takes_a_task_back_at_its_old_place(self) -> None:
        events = (free("alice"), queued(0), offered(0), queued(1, seconds=5), queued(2, SALES))
        result = given(*events).when(return_task(0)).then(requeued(0)).tells(MATCH_NEXT)
        line: list[Place] = result.state.line
        assert [place.task_id for place in line] == [TASKS[2], TASKS[0], TASKS[1]]

    def test_forgets_a_cancelled_task(self) -> None:
        cancel = CancelTask(at=NOW, task_id=TASKS[0], reason="customer_left")
        given(queued(0)).when(cancel).then(cancelled(0)).tells(MATCH_NEXT).then_state(tasks={}, line=[])

    def test_withdraws_the_offer_of_a_cancelled_task_before_it_looks_on(self) -> None:
        cancel = CancelTask(at=NOW, task_id=TASKS[0], reason="customer_left")
        withdraw = WithdrawOffer(at=NOW, task_id=TASKS[0], reason="customer_left")
        result = given(free("alice"), queued(0), offered(0)).when(cancel).then(cancelled(0))
        result.tells(("agent-alice", withdraw), MATCH_NEXT).then_state(tasks={})
        assert result.state.agents["alice"].free_slots == 1

    @pytest.mark.parametrize("events", [(), (free("alice"), queued(0), offered(0), assigned(0))])
    def test_cancels_nothing_that_is_gone(self, events: tuple[Event, ...]) -> None:
        given(*events).when(CancelTask(at=NOW, task_id=TASKS[0], reason="customer_left")).nothing()


class TestMatching:
    def test_offers_the_task_to_the_agent_and_looks_on(self) -> None:
        result = given(free("alice"), queued(0)).when(MATCH)
        result.then(offered(0)).tells(offer(0), MATCH_NEXT).then_state(line=[])

    def test_takes_the_queues_offer_timeout(self) -> None:
        queue = QueueSettings(name="support", mrd="chat", offer_timeout_seconds=7)
        decision = first_offer(given(free("alice"), queued(0, queue)).when(MATCH))
        assert decision.expires_at == later(7)

    @pytest.mark.parametrize(
        "events",
        [
            (),
            (free("alice"),),
            (queued(0),),
            (queued(0), away("alice")),
            (queued(0), free("alice", active_tasks=1)),
            (queued(0), queued(1, seconds=1), free("alice"), offered(0)),
            (queued(0), free("alice"), offered(0), assigned(0), queued(1)),
            (queued(0), free("alice"), offered(0), requeued(0)),
        ],
        ids=["empty", "no task", "no agent", "away", "full", "offer pending", "task assigned", "excluded"],
    )
    def test_finds_nothing(self, events: tuple[Event, ...]) -> None:
        given(*events).when(MATCH).nothing()

    def test_names_the_longest_available_first(self) -> None:
        result = given(queued(0), free("alice", 3), free("bob", 1, max_tasks=3), free("carol", 2)).when(MATCH)
        decision = first_offer(result)
        assert decision.agent_id == "bob"
        assert decision.candidate_count == 3
        assert decision.candidates == [
            Candidate("bob", later(1), 3),
            Candidate("carol", later(2), 1),
            Candidate("alice", later(3), 1),
        ]

    def test_takes_agents_who_came_together_by_name(self) -> None:
        assert first_offer(given(queued(0), free("bob"), free("alice")).when(MATCH)).agent_id == "alice"

    def test_names_some_of_many_candidates_and_counts_all(self) -> None:
        agents = [free(f"agent-{number:03}") for number in range(NAMED_CANDIDATES + 5)]
        decision = first_offer(given(queued(0), *agents).when(MATCH))
        assert len(decision.candidates) == NAMED_CANDIDATES
        assert decision.candidate_count == NAMED_CANDIDATES + 5

    def test_goes_round_among_agents_with_room_for_more(self) -> None:
        events = [queued(number, seconds=number) for number in range(4)]
        agents = [free("alice", -2, max_tasks=2), free("bob", -1, max_tasks=2)]
        assert all_offers(*events, *agents) == [
            (TASKS[0], "alice"),
            (TASKS[1], "bob"),
            (TASKS[2], "alice"),
            (TASKS[3], "bob"),
        ]

    def test_passes_over_a_task_that_nobody_free_may_take(self) -> None:
        events = (queued(0), queued(1, seconds=1), free("alice"), offered(0), requeued(0))
        assert all_offers(*events) == [(TASKS[1], "alice")]

    def test_names_the_excluded_and_why(self) -> None:
        events = (queued(0), free("alice"), offered(0), requeued(0, reason="declined"), free("bob"))
        decision = first_offer(given(*events).when(MATCH))
        assert decision.agent_id == "bob"
        assert decision.excluded == [Exclusion("alice", "declined")]
        assert [candidate.agent_id for candidate in decision.candidates] == ["bob"]

    def test_fills_an_agent_up_to_the_limit(self) -> None:
        events = [queued(number, seconds=number) for number in range(5)]
        assert len(all_offers(*events, free("alice", max_tasks=3, active_tasks=1))) == 2


class TestOffers:
    events = (free("alice"), queued(0), offered(0))

    def test_confirmed_leave_the_router(self) -> None:
        confirm = ConfirmTask(at=NOW, task_id=TASKS[0], agent_id="alice")
        result = given(*self.events).when(confirm).then(assigned(0)).tells().then_state(tasks={})
        assert (result.state.agents["alice"].offers, result.state.agents["alice"].active_tasks) == (0, 1)

    @pytest.mark.parametrize("reason", ["rona", "declined"])
    def test_let_go_exclude_the_agent(self, reason: RequeueReason) -> None:
        result = given(*self.events).when(return_task(0, reason=reason)).then(requeued(0, reason=reason))
        assert result.state.tasks[TASKS[0]].excluded == {"alice": reason}

    @pytest.mark.parametrize("reason", ["agent_not_ready", "agent_logout", "agent_unavailable"])
    def test_taken_away_exclude_nobody(self, reason: RequeueReason) -> None:
        result = given(*self.events).when(return_task(0, reason=reason)).then(requeued(0, reason=reason))
        assert result.state.tasks[TASKS[0]].excluded == {}

    @pytest.mark.parametrize(
        ("task", "agent_id"), [(0, "bob"), (1, "alice"), (2, "alice")], ids=["other agent", "in line", "unknown"]
    )
    def test_of_others_are_neither_confirmed_nor_returned(self, task: int, agent_id: str) -> None:
        events = (*self.events, queued(1))
        given(*events).when(return_task(task, agent_id)).nothing()
        given(*events).when(ConfirmTask(at=NOW, task_id=TASKS[task], agent_id=agent_id)).nothing()


class TestAvailability:
    def test_is_recorded_and_looks_for_a_task(self) -> None:
        report = ReportAvailability(at=NOW, agent_id="alice", accepting=True, max_tasks=3, active_tasks=1)
        given().when(report).then(free("alice", max_tasks=3, active_tasks=1)).tells(MATCH_NEXT)

    def test_keeps_count_of_pending_offers(self) -> None:
        events = (free("alice", max_tasks=2), queued(0), offered(0), free("alice", max_tasks=2, active_tasks=1))
        state: Router = given(*events).state
        assert state.agents["alice"].free_slots == 0

    def test_is_none_while_away(self) -> None:
        state: Router = given(free("alice", max_tasks=3), away("alice", active_tasks=1)).state
        assert state.agents["alice"].free_slots == 0

    def test_lifts_exclusions_on_return(self) -> None:
        events = (queued(0), free("alice"), offered(0), requeued(0), away("alice"))
        assert all_offers(*events, free("alice")) == []
        assert all_offers(*events, back("alice")) == [(TASKS[0], "alice")]

    def test_lifts_the_exclusions_of_the_one_who_returns_only(self) -> None:
        events = (
            queued(0),
            free("alice"),
            free("bob"),
            offered(0),
            requeued(0),
            offered(0, "bob"),
            requeued(0, "bob", "declined"),
            back("bob"),
        )
        assert given(*events).state.tasks[TASKS[0]].excluded == {"alice": "rona"}

    def test_returns_to_tasks_that_are_gone_without_harm(self) -> None:
        events = (queued(0), free("alice"), offered(0), requeued(0), cancelled(0), back("alice"))
        assert given(*events).state.agents["alice"].let_go == []


class TestMemory:
    def test_keeps_the_router_for_ever(self) -> None:
        assert not ROUTER.finished(given().state)
        assert not ROUTER.deadlines(given(queued(0)).state)

    def test_of_let_go_tasks_ends_with_the_tasks(self) -> None:
        events = (queued(0), free("alice"), offered(0), requeued(0, reason="declined"), cancelled(0))
        assert given(*events).state.agents["alice"].let_go == []
