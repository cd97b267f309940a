"""Fixtures of the engine's tests."""

import pytest

from tests.actors.engine.harness import Harness
from tests.actors.engine.journals import FragileJournal


@pytest.fixture
def journal() -> FragileJournal:
    return FragileJournal()


@pytest.fixture
def harness(journal: FragileJournal) -> Harness:
    return Harness(journal)
