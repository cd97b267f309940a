"""The guard over recorded events: a change of the schemas that recorded events would not fit fails here."""

from schemas.events import REGISTRY
from tests.schemas.compatibility import breaking_changes
from tests.schemas.record import read_recorded


def test_recorded_events_still_fit() -> None:
    changes = breaking_changes(read_recorded(), REGISTRY.json_schemas())
    assert not changes, "raise VERSION and add an upcaster, or give the new field a default"


def test_the_recorded_schemas_are_up_to_date() -> None:
    assert read_recorded() == REGISTRY.json_schemas(), "run python -m tests.schemas.record and review the difference"
