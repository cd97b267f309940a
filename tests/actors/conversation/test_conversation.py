"""Conversations leave memory when they have ended."""

import pytest

from actors.conversation import CONVERSATION
from tests.actors.conversation.examples import Stage, given, in_wrap_up, over, waiting, with_alice, with_bot


@pytest.mark.parametrize(
    ("stage", "finished"),
    [
        (Stage(()), True),
        (with_bot, False),
        (waiting, False),
        (with_alice, False),
        (in_wrap_up, False),
        (over, True),
    ],
)
def test_an_open_conversation_stays_in_memory(stage: Stage, finished: bool) -> None:
    assert CONVERSATION.finished(given(*stage()).state) is finished
