"""Administrators change the configuration while everybody is at work, sensibly or not."""

from schemas.commands import ConfigureItem, FlushQueue, ImportTables, RemoveItem
from schemas.configuration import Item, Queue, Step, TableName
from schemas.records import CENTRE
from tests.simulation.configured import MEMBERSHIPS, MRDS, RULES, contact_centre
from tests.simulation.crowd import Action, Crowd, Wish

__all__ = ["ADMINISTRATORS"]


def flush(crowd: Crowd) -> Wish:
    queue, to = crowd.choose(["support", "sales", "desk"]), crowd.choose([None, "support", "sales"])
    if queue == to:
        return None
    return crowd.to("router-chat", FlushQueue(at=crowd.world.now, queue=queue, to=to, most=3))


def configure_queue(crowd: Crowd) -> Wish:
    name = crowd.choose(list(RULES))
    return _configure(crowd, name, crowd.choose(RULES[name]))


def configure_mrd(crowd: Crowd) -> Wish:
    name = crowd.choose(list(MRDS))
    return _configure(crowd, name, crowd.choose(MRDS[name]))


def configure_agent(crowd: Crowd) -> Wish:
    return _configure(crowd, crowd.choose(crowd.agents), crowd.choose(MEMBERSHIPS))


def configure_what_cannot_be(crowd: Crowd) -> Wish:
    """Configures something that is refused: a queue that moves to another MRD, a queue that requires what no agent
    can have, and so on."""
    name, item = crowd.choose(
        [
            ("support", Queue(mrd="callback")),
            ("sales", Queue(mrd="chat", steps=[Step(criterion="klingon")])),
            ("desk", Queue(mrd="fax")),
        ]
    )
    return _configure(crowd, name, item)


def remove(crowd: Crowd) -> Wish:
    """Removes an item; many items are in use, and their removal is refused."""
    table: TableName = crowd.choose(["queues", "mrds", "agents", "agents"])
    names = {"queues": list(RULES), "mrds": list(MRDS)}.get(table, crowd.agents)
    return crowd.to(CENTRE, RemoveItem(at=crowd.world.now, table=table, name=crowd.choose(names)))


def import_all(crowd: Crowd) -> Wish:
    """Imports all items as at the opening; with ``replace`` there is nothing else afterwards."""
    tables, replace = contact_centre(len(crowd.agents)), crowd.choose([True, False])
    return crowd.to(CENTRE, ImportTables(at=crowd.world.now, tables=tables, replace=replace))


def _configure(crowd: Crowd, name: str, item: Item) -> Wish:
    only_new = crowd.choose([False, False, False, True])
    return crowd.to(CENTRE, ConfigureItem(at=crowd.world.now, name=name, item=item, only_new=only_new))


ADMINISTRATORS: dict[Action, float] = {
    flush: 1,
    configure_queue: 2,
    configure_mrd: 0.5,
    configure_agent: 1,
    configure_what_cannot_be: 0.5,
    remove: 1,
    import_all: 0.2,
}
"""The actions of administrators, each with its frequency relative to the others."""
