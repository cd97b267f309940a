"""Every operation is tried as every kind of caller: the matrix says who is let in, and all others are refused."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from gateways.application.application import API
from gateways.http.endpoints import Endpoint, Feed
from tests.gateways.authorisation.callers import CALLERS, CENTRE, Objects
from tests.gateways.authorisation.matrix import MATRIX
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Answer
from tests.gateways.scene import named

pytestmark = pytest.mark.asyncio(loop_scope="module")

OPERATIONS = {named(endpoint): endpoint for endpoint in API}
_RIGHTS = {
    "token_missing",
    "token_invalid",
    "wrong_audience",
    "key_missing",
    "key_invalid",
    "scope_missing",
    "role_missing",
    "foreign_token",
    "not_supervised",
    "not_participant",
    "offer_gone",
    "not_found",
}
"""The codes by which a caller is refused who has no right to the operation or the object."""
_HARMLESS = {
    "ItemConfigured",
    "ItemRemoved",
    "QueueConfigured",
    "MessagePosted",
    "NoteAdded",
    "LabelsChanged",
    "AttributesChanged",
    "HandRaised",
}
"""The events that leave the objects whole: what is configured under the name ``nothing`` is none of them."""
_OF_NOTHING = ("/admin/", "/inspect/v1/deliveries", "/inspect/v1/targets")
_WEBHOOKS = "/extern/v1/webhooks/"
_ENDS_SESSIONS = ("/agent/v1/me/sessions", "/agent/v1/me/password")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def centre(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> AsyncIterator[Centre]:
    data_dir: Path = tmp_path_factory.mktemp("centre")
    async with open_centre(data_dir, reporting={"runner": "thread"}, **CENTRE) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def objects(centre: Centre) -> Objects:
    return await Objects.make(centre)


def refusal(endpoint: Endpoint | Feed, answer: Answer) -> str | None:
    """The code by which the caller is refused for lack of a right. Nothing is configured under the name that the
    Admin API is asked for, and nothing is delivered, so that ``not_found`` answers those who are let in."""
    if answer.status < 400:
        return None
    details = msgspec.json.decode(answer.content)
    code: str = details["code"]
    nothing_there = endpoint.path.startswith(_OF_NOTHING) or details["detail"] == "there is no delivery 1"
    let_in = code == "not_found" and nothing_there
    return code if code in _RIGHTS and not let_in else None


async def test_the_matrix_holds_every_operation() -> None:
    assert set(MATRIX) == set(OPERATIONS)


@pytest.mark.parametrize("operation", [name for name in MATRIX if MATRIX[name] != frozenset(CALLERS)])
async def test_all_others_are_refused_and_leave_no_trace(objects: Objects, operation: str) -> None:
    endpoint, journal = OPERATIONS[operation], objects.centre.services.journal
    position = journal.last_position()
    for caller in CALLERS:
        if caller not in MATRIX[operation]:
            answer = await objects.call(endpoint, caller)
            assert refusal(endpoint, answer), f"{caller} is let in: {answer.status} {answer.content!r}"
    assert journal.last_position() == position


async def test_those_whom_the_matrix_names_are_let_in(centre: Centre, objects: Objects) -> None:
    """An operation that has changed something is followed by new objects, so that the next finds them whole."""
    journal = centre.services.journal
    for operation, callers in MATRIX.items():
        endpoint = OPERATIONS[operation]
        for caller in sorted(callers):
            position = journal.last_position()
            answer = await objects.call(endpoint, caller)
            assert refusal(endpoint, answer) is None, f"{operation} refuses {caller}: {answer.content!r}"
            changed = {record.stream for record in journal.read_all(position) if record.type not in _HARMLESS}
            if endpoint.method != "GET" and endpoint.path.startswith(_ENDS_SESSIONS):
                changed.add(objects.stream_of(caller) or "")
            if endpoint.method == "DELETE" and endpoint.path.startswith(_WEBHOOKS):
                changed.add("configuration-centre")
            if changed and answer.status < 300:
                objects = await objects.renewed(changed)
