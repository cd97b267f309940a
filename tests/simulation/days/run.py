"""A seeded run of contact-centre days."""

from collections.abc import Callable

from tests.simulation.days.bots import Bots
from tests.simulation.days.centre import Centre
from tests.simulation.days.customers import Customers
from tests.simulation.days.figures import Figures
from tests.simulation.days.management import Management
from tests.simulation.days.staff import Staff
from tests.simulation.days.work import Work
from tests.simulation.invariants import check, check_changed
from tests.simulation.run import Mishaps, cause_mishaps

__all__ = ["AGENTS", "simulate_days"]

AGENTS = 36
_NONE = Mishaps()
_STEPS_A_CHECK = 20
_STEPS_A_FULL_CHECK = 1_000


def simulate_days(
    seed: int,
    events: int,
    mishaps: Mishaps = _NONE,
    progress: Callable[[Centre], None] = lambda _: None,
    checked: bool = True,
) -> tuple[Centre, Figures]:
    """Lets days pass until the journal holds so many events. With ``checked``, checks the invariants again and
    again; ``progress`` is called at every full check."""
    centre, figures = Centre(seed, AGENTS), Figures()
    centre.world.watchers.append(figures.count)
    agents = [f"agent{number}" for number in range(AGENTS)]
    staff = Staff(centre, agents)
    Work(centre, staff)
    Bots(centre)
    management, customers = Management(centre, agents), Customers(centre)
    staff.open()
    management.open()
    customers.come()
    step = 0
    while centre.world.position < events:
        step += 1
        cause_mishaps(centre.world, centre.random, mishaps)
        centre.act()
        if step % _STEPS_A_FULL_CHECK == 0:
            centre.world.system.passivate_idle()
            if checked:
                check(centre.world)
            progress(centre)
        elif checked and step % _STEPS_A_CHECK == 0:
            check_changed(centre.world)
    if checked:
        check(centre.world)
    return centre, figures
