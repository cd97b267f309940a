"""The page with the diagrams."""

from tests.actors.transitions.diagrams import PAGE, page


def test_is_up_to_date() -> None:
    assert PAGE.read_text() == page(), "run make diagrams"
