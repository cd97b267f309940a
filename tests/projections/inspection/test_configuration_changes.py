"""The changes of the configuration, event by event."""

from projections.inspection import CHANGES_TABLE, CONFIGURATION_CHANGES
from schemas.configuration import Mrd, Queue, Tables
from schemas.events import AgentConnected, ItemConfigured, ItemRemoved
from schemas.records import CENTRE
from tests.projections.facts.given import at, given

MAIL = ItemConfigured(item=Tables(mrds={"mail": Mrd()}))
POST = ItemConfigured(item=Tables(queues={"post": Queue(mrd="mail")}))


def test_every_change_of_an_item_is_one_row() -> None:
    gone = ItemRemoved(table="queues", name="post")
    found = given(
        CONFIGURATION_CHANGES, at(0, CENTRE, MAIL, POST), at(1, "agent-a", AgentConnected()), at(2, CENTRE, gone)
    )
    assert found.rows(CHANGES_TABLE, "version", "kind", "name") == [
        (1, "mrds", "mail"),
        (2, "queues", "post"),
        (3, "queues", "post"),
    ]
