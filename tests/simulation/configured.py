"""The configuration of the simulated contact centre, and its possible changes."""

from schemas.configuration import Agent, Attribute, Bot, Channel, Mrd, Overflow, Queue, Step, Tables, Team
from schemas.queues import QueueSettings

__all__ = ["MEMBERSHIPS", "MRDS", "QUEUES", "RULES", "contact_centre"]

RULES: dict[str, list[Queue]] = {
    "support": [
        Queue(mrd="chat"),
        Queue(mrd="chat", offer_timeout_seconds=9.0, time_to_live_seconds=200.0, response_seconds=90.0),
        Queue(
            mrd="chat",
            sticky_seconds=12.0,
            steps=[Step(criterion="english >= 8", seconds=10.0), Step(criterion="english"), Step()],
        ),
    ],
    "sales": [
        Queue(mrd="chat", priority=8, wrap_up_seconds=15.0, response_seconds=60.0),
        Queue(mrd="chat", priority=8, overflow=Overflow(queue="support", after_seconds=40.0), wrap_up_seconds=15.0),
        Queue(mrd="chat", priority=2, steps=[Step(criterion="sales and not english", seconds=30.0), Step()]),
    ],
    "desk": [Queue(mrd="chat", distribution="pull"), Queue(mrd="chat", distribution="pull", time_to_live_seconds=60.0)],
    "callback": [Queue(mrd="callback", offer_timeout_seconds=8.0, wrap_up_seconds=5.0)],
}
"""The possible rules of each queue. At the opening the first of them apply."""

MRDS: dict[str, list[Mrd]] = {
    "chat": [Mrd(max_tasks=3), Mrd(max_tasks=1), Mrd(max_tasks=2), Mrd(max_tasks=5)],
    "callback": [Mrd(max_tasks=1, interruptible=False), Mrd(max_tasks=2), Mrd(max_tasks=1)],
    "video": [Mrd(), Mrd(interruptible=False)],
}
"""The possible settings of each MRD. No queue is in video, so that it can be removed."""

MEMBERSHIPS = [
    Agent(name="Ann", mrds=["chat"], attributes={"english": 9}),
    Agent(name="Ben", mrds=["chat"], attributes={"english": 4, "sales": True}),
    Agent(name="Cem", mrds=["chat", "callback"]),
    Agent(name="Dee", mrds=["callback"], attributes={"sales": True}),
    Agent(name="Eve", attributes={"english": 8}),
]

QUEUES: list[QueueSettings] = [rules[0].carried(name) for name, rules in RULES.items()]
"""The queues as requests carried them before anything was changed, and may still carry them."""


def contact_centre(agents: int) -> Tables:
    """The configuration at the opening, with so many agents; the first one may configure."""
    staff = [MEMBERSHIPS[number % len(MEMBERSHIPS)] for number in range(agents)]
    tables = Tables(
        attributes={"english": Attribute(type="proficiency"), "sales": Attribute(type="boolean")},
        mrds={name: versions[0] for name, versions in MRDS.items()},
        queues={name: rules[0] for name, rules in RULES.items()},
        bots={"greeter": Bot(url="http://127.0.0.1:5005", suggests=True)},
        channels={"web": Channel(queue="support", bot="greeter")},
        agents={f"agent{number}": agent for number, agent in enumerate(staff)},
        teams={"first": Team(supervisors=["agent0"])},
    )
    tables.agents["agent0"] = Agent(name="Ada", role="administrator", team="first", attributes={"english": 10})
    return tables
