"""``kill -9`` of a process that delivers: what may be repeated is not lost, and what may not is not made twice."""

import multiprocessing
import os
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from random import Random

from gateways.outbox import Delivery, Outbox
from gateways.outbox.listing import list_deliveries
from tests.gateways.effects.killed import EFFECT, deliver

KILLS = 3
DELIVERIES, LANES = 3_000, 40

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([deliver.__module__])


def fill(directory: Path) -> None:
    with closing(Outbox(directory / "deliveries.db")) as outbox, outbox.file.transaction() as connection:
        connection.executemany(
            "INSERT INTO deliveries (effect, target, lane, position, payload, planned_at)"
            " VALUES (?, 'pipe', ?, 0, x'', 0)",
            ((EFFECT, str(number % LANES)) for number in range(DELIVERIES)),
        )
        connection.executemany(
            "INSERT INTO lanes (target, lane, effect, due) VALUES ('pipe', ?, ?, 0)",
            ((str(lane), EFFECT) for lane in range(LANES)),
        )


def taken_by_target(directory: Path, repeatable: bool, kill_after: int) -> list[int]:
    """What the target takes of a process that is killed when it has taken so many deliveries."""
    reader, writer = _processes.Pipe(duplex=False)
    process = _processes.Process(target=deliver, args=(directory, writer, repeatable))
    process.start()
    writer.close()
    content = b""
    with reader:
        while more := os.read(reader.fileno(), 65536):
            content += more
            if content.count(b"\n") >= kill_after:
                process.kill()
    process.join()
    return [int(line) for line in content.split()]


def live_through_kills(directory: Path, *, repeatable: bool) -> tuple[list[int], list[Delivery]]:
    """What the target has taken after some kills and a last run, and the deliveries in their order."""
    random, taken = Random(5), []
    fill(directory)
    for _ in range(KILLS):
        taken += taken_by_target(directory, repeatable, random.randint(1, 700))
    taken += taken_by_target(directory, repeatable, DELIVERIES * 2)
    with closing(Outbox(directory / "deliveries.db")) as outbox:
        return taken, list_deliveries(outbox, limit=DELIVERIES)[::-1]


def test_what_may_be_repeated_is_not_lost_and_keeps_its_order(tmp_path: Path) -> None:
    taken, deliveries = live_through_kills(tmp_path, repeatable=True)
    assert {each.state for each in deliveries} == {"delivered"}
    assert set(taken) == {each.id for each in deliveries}
    lanes, firsts = {each.id: each.lane for each in deliveries}, defaultdict(list)
    for number in dict.fromkeys(taken):
        firsts[lanes[number]].append(number)
    assert [numbers for numbers in firsts.values() if numbers != sorted(numbers)] == []


def test_what_may_not_be_repeated_is_made_once_and_what_nobody_knows_is_parked(tmp_path: Path) -> None:
    taken, deliveries = live_through_kills(tmp_path, repeatable=False)
    assert len(taken) == len(set(taken)), "no call is made twice"
    assert {each.state for each in deliveries} == {"delivered", "parked"}
    parked = [each for each in deliveries if each.state == "parked"]
    assert {each.outcome for each in parked} == {"unknown"}
    assert len(parked) <= 8 * KILLS, "only what was being called is parked"
    assert {each.id for each in deliveries if each.state == "delivered"} <= set(taken)
    assert {*taken, *(each.id for each in parked)} == {each.id for each in deliveries}
