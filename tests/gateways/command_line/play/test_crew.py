"""How many conversations the agents can hold."""

from gateways.command_line.play.crew import free_places
from schemas.api.agent import Me, MrdState, Profile, Task


def me(*tasks: Task, mrds: dict[str, int]) -> Me:
    states = [
        MrdState(mrd, "ready", len([task for task in tasks if task.mrd == mrd]), most) for mrd, most in mrds.items()
    ]
    return Me(Profile("alice", "Alice", "agent"), "ready", None, states, list(tasks), [], 0)


def task(state: str, mrd: str = "chat") -> Task:
    return Task("task", "conversation", mrd, "support", state)


def test_the_domain_with_most_places_counts() -> None:
    assert free_places(me(mrds={"callback": 1, "chat": 3})) == 3
    assert free_places(me(mrds={"one": 1, "other": 1})) == 1


def test_what_is_held_takes_a_place_until_it_is_wrapped_up() -> None:
    assert free_places(me(task("active"), task("wrap_up"), mrds={"chat": 3, "callback": 1})) == 1
    assert free_places(me(task("active"), task("active"), task("active"), mrds={"chat": 3, "callback": 1})) == 0


def test_offers_and_other_domains_take_none() -> None:
    assert free_places(me(task("reserved"), task("active", "callback"), mrds={"chat": 3, "callback": 1})) == 3


def test_who_works_in_no_domain_has_none() -> None:
    assert free_places(me(mrds={})) == 0
