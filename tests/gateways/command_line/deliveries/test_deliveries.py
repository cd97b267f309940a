"""``hybridchat deliveries``, against a running server."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio
from click.testing import CliRunner, Result

from gateways.command_line import main
from gateways.outbox import Call, Outcome, Planned
from gateways.outbox.listing import list_deliveries
from schemas.api.deliveries import Delivery, DeliveryTarget, DeliveryWithEvent
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Customer

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("quick_passwords")]

KEYS = {"rules": {"sha256": hashlib.sha256(b"rules").hexdigest(), "scopes": ["admin"]}}
LOST = Outcome(kind="unknown", code="\x1b[31m", detail="no answer came")
CRM = "archive:crm"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def centre(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Centre]:
    data_dir: Path = tmp_path_factory.mktemp("centre")
    async with open_centre(data_dir, api_keys=KEYS) as opened:
        await Customer.start(opened, "web-direct", text="one")
        yield opened


@pytest.fixture
def parked(centre: Centre) -> int:
    """A parked delivery of the centre's first event."""
    outbox = centre.services.outbox
    outbox.plan_late("archive", [(centre.opened_at + 1, Planned(CRM, "lane"))], 1.0)
    (waiting,) = list_deliveries(outbox, CRM, ("waiting",))
    outbox.step([Call(waiting, LOST, 2.0, 2.0)], {}, 2.0, marks=False)
    return waiting.id


async def run(centre: Centre, *arguments: str, fails: bool = False, stdin: str | None = None) -> Result:
    def invoke() -> Result:
        runner = CliRunner(env={"HYBRIDCHAT_API_KEY": "rules"})
        return runner.invoke(main, ["deliveries", *arguments, "--url", centre.url], input=stdin)

    result = await asyncio.to_thread(invoke)
    assert (result.exit_code != 0) == fails, result.output
    return result


async def test_nothing_is_said_to_be_there(centre: Centre) -> None:
    assert (await run(centre, "targets")).stderr == "nothing has been delivered yet\n"
    assert (await run(centre, "list", "--target", "nobody")).stderr == "no such deliveries\n"


async def test_targets_and_deliveries_are_tables_or_json(centre: Centre, parked: int) -> None:
    head, row = (await run(centre, "targets")).stdout.splitlines()
    assert head.split() == ["target", "state", "waiting", "parked", "oldest", "delivered", "failed", "why"]
    assert row.split()[:3] == [CRM, "working", "0"]
    target = msgspec.json.decode((await run(centre, "targets", "--json")).stdout, type=DeliveryTarget)
    assert (target.target, target.effect) == (CRM, "archive")
    head, row = (await run(centre, "list", "--state", "parked", "--limit", "1")).stdout.splitlines()
    assert row.split()[:3] == [str(parked), CRM, "parked"]
    assert "unknown \\x1b[31m no answer came" in row
    (line,) = (await run(centre, "list", "--state", "parked", "--limit", "1", "--json")).stdout.splitlines()
    assert msgspec.json.decode(line, type=Delivery).id == parked


async def test_a_long_list_says_how_to_go_on(centre: Centre, parked: int) -> None:
    centre.services.outbox.add("archive", CRM, "other", b"", 3.0)
    said = (await run(centre, "list", "--limit", "1")).stderr
    assert said == f"there are more: --before {parked + 1}\n"
    centre.services.outbox.drop(parked + 1)


async def test_one_delivery_leads_to_its_event(centre: Centre, parked: int) -> None:
    printed = (await run(centre, "show", str(parked))).stdout
    found = msgspec.json.decode((await run(centre, "show", str(parked), "--json")).stdout, type=DeliveryWithEvent)
    assert found.event is not None
    assert f"{found.event.type}, position {found.event.position} of {found.event.stream}" in printed
    assert "no answer came" in printed
    assert "there is no delivery 999" in (await run(centre, "show", "999", fails=True)).stderr


async def test_a_delivery_is_tried_again_and_dropped(centre: Centre, parked: int) -> None:
    assert (await run(centre, "retry", str(parked))).stdout == f"Delivery {parked} waits for {CRM} again\n"
    assert f"delivery {parked} is waiting" in (await run(centre, "retry", str(parked), fails=True)).stderr
    assert (await run(centre, "drop", str(parked))).stdout == f"Dropped delivery {parked}\n"


async def test_all_that_is_parked_is_tried_again(centre: Centre, parked: int) -> None:
    count = len(list_deliveries(centre.services.outbox, CRM, ("parked",)))
    assert (await run(centre, "retry", "--target", CRM)).stdout == f"Waiting for {CRM} again: {count}\n"
    assert "name a delivery, or give --target" in (await run(centre, "retry", fails=True)).stderr
    for waiting in list_deliveries(centre.services.outbox, CRM, ("waiting",)):
        centre.services.outbox.drop(waiting.id)


async def test_a_target_is_resumed(centre: Centre, parked: int) -> None:
    centre.services.outbox.stop("archive", CRM, "the token was revoked", 1.0)
    assert "the token was revoked" in (await run(centre, "targets")).stdout
    assert (await run(centre, "resume", CRM)).stdout == f"Resumed {CRM}\n"
    assert centre.services.outbox.stopped("archive") == {}


async def test_a_target_is_rewound_after_a_question(centre: Centre, parked: int) -> None:
    await run(centre, "rewind", CRM, "0", fails=True, stdin="n\n")
    assert centre.services.outbox.replaying("archive") == {}
    said = (await run(centre, "rewind", CRM, "0", stdin="y\n")).stdout
    assert f"{CRM} gets the events after position 0 again" in said
    await run(centre, "rewind", CRM, "2026-11-22T10:00:00Z", "--yes")
    assert centre.services.outbox.replaying("archive") == {CRM: 0}
    assert "is neither a position nor an instant" in (await run(centre, "rewind", CRM, "soon", fails=True)).stderr
