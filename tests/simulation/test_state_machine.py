"""The same crowd and the same invariants. Hypothesis looks for the shortest way to break them."""

import logging
from collections.abc import Iterable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.actors.engine.journals import Fault
from tests.simulation.administrators import ADMINISTRATORS
from tests.simulation.configured import contact_centre
from tests.simulation.crowd import Action, Choose, Crowd
from tests.simulation.customers import BOTS, CUSTOMERS, start
from tests.simulation.invariants import check, check_record
from tests.simulation.staff import AGENTS, SUPERVISORS, go_ready, log_in
from tests.simulation.world import World

AGENTS_THERE = 3
FAULTS: list[Fault] = ["before", "after"]


def some_of(actions: Iterable[Action]) -> st.SearchStrategy[list[Action]]:
    return st.lists(st.sampled_from(list(actions)), min_size=1, max_size=4)


def chosen_by(data: st.DataObject) -> Choose:
    return lambda options: data.draw(st.sampled_from(options))


class ContactCentre(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        logging.disable(logging.ERROR)
        self.world = World(0, contact_centre(AGENTS_THERE))

    @initialize(data=st.data())
    def opens(self, data: st.DataObject) -> None:
        self.crowd = Crowd(self.world, chosen_by(data), agents=AGENTS_THERE, most_open=6)
        self._act(data, [log_in, go_ready, start])

    @rule(data=st.data(), actions=some_of(CUSTOMERS))
    def customers_act(self, data: st.DataObject, actions: list[Action]) -> None:
        self._act(data, actions)

    @rule(data=st.data(), actions=some_of(BOTS))
    def bots_act(self, data: st.DataObject, actions: list[Action]) -> None:
        self._act(data, actions)

    @rule(data=st.data(), actions=some_of(AGENTS))
    def agents_act(self, data: st.DataObject, actions: list[Action]) -> None:
        self._act(data, actions)

    @rule(data=st.data(), actions=some_of(SUPERVISORS))
    def supervisors_act(self, data: st.DataObject, actions: list[Action]) -> None:
        self._act(data, actions)

    @rule(data=st.data(), actions=some_of(ADMINISTRATORS))
    def the_configuration_changes(self, data: st.DataObject, actions: list[Action]) -> None:
        self._act(data, actions)

    @rule(data=st.data(), actions=some_of(CUSTOMERS | BOTS | AGENTS | SUPERVISORS | ADMINISTRATORS))
    def all_act_at_once(self, data: st.DataObject, actions: list[Action]) -> None:
        self._act(data, actions)

    @rule(seconds=st.sampled_from([0.5, 5.0, 15.0, 20.0, 200.0]))
    def time_passes(self, seconds: float) -> None:
        self.world.advance(seconds)

    @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=5))
    def the_journal_is_going_to_fail(self, faults: list[Fault]) -> None:
        self.world.fail_next(*faults)

    @rule()
    def memory_is_lost(self) -> None:
        self.world.system.passivate_idle()

    @rule(seconds=st.sampled_from([0.0, 30.0, 9 * 3600.0]))
    def the_process_dies_and_another_begins(self, seconds: float) -> None:
        self.world.journal.faults.clear()
        self.world.restart(after=seconds)

    @rule(seconds=st.sampled_from([15.0, 3600.0, -15.0, -3600.0]))
    def the_clock_is_set(self, seconds: float) -> None:
        self.world.jump(seconds)

    @invariant()
    def everything_is_in_order(self) -> None:
        check(self.world)

    def teardown(self) -> None:
        check_record(self.world)
        self.world.system.shutdown()
        logging.disable(logging.NOTSET)

    def _act(self, data: st.DataObject, actions: list[Action]) -> None:
        self.crowd.choose = chosen_by(data)
        wishes = [action(self.crowd) for action in actions]
        self.world.run(wish for wish in wishes if wish is not None)


TestContactCentre = ContactCentre.TestCase
TestContactCentre.settings = settings(max_examples=150, stateful_step_count=50)
