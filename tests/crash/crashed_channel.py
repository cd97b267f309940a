"""Customers of a channel write to a bot while the server keeps being killed and the provider's answers get lost."""

import asyncio
import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import aiohttp
import msgspec
import tomli_w

from actors.journal import SqliteJournal
from gateways.data_directory import DataDirectory
from tests.crash.crashing_server import CrashingServer
from tests.gateways.centre import PATIENCE
from tests.gateways.connectors.channels.whole_path.provider import CHANNEL, Provider

__all__ = ["ChannelReport", "write_through_crashes"]

_MAX_SECONDS_BETWEEN_KILLS = 0.4
_PAUSE = 0.05
_LOST = 3
"""Every third answer of the provider gets lost."""


class ChannelReport(msgspec.Struct):
    """``missing`` are answers that no customer got, ``unknown`` counts the deliveries that are parked because nobody
    knows what became of them."""

    kills: int
    written: int
    sent: int
    twice: list[tuple[str, str]]
    missing: list[tuple[str, str]]
    out_of_order: list[str]
    unknown: int

    @property
    def is_sound(self) -> bool:
        """Nothing twice, nothing out of order, and nothing missing but what is known to be unknown."""
        return not self.twice and not self.out_of_order and len(self.missing) <= self.unknown


async def write_through_crashes(
    directory: Path, provider: Provider, bot_url: str, *, customers: int, turns: int, kills: int, seed: int
) -> ChannelReport:
    """Each customer writes one text after another, each until it is taken; the bot answers each."""
    chance = random.Random(seed)
    server = CrashingServer(directory / "data", directory / "server.log", _configure(directory, provider, bot_url))
    provider.lose_answers(_LOST)
    server.start()
    await asyncio.to_thread(server.wait_until_serving)
    url = f"{server.url}/connectors/v1/{CHANNEL}"
    names = [provider.customer(number) for number in range(customers)]
    writing = asyncio.gather(*(_write_all(provider, url, name, turns, chance) for name in names))
    done = 0
    while done < kills and not writing.done():
        await asyncio.sleep(chance.uniform(0.0, _MAX_SECONDS_BETWEEN_KILLS))
        await asyncio.to_thread(server.kill)
        server.start()
        await asyncio.to_thread(server.wait_until_serving)
        done += 1
    await writing
    await _until_all_is_known(DataDirectory(directory / "data"), customers * turns)
    server.stop()
    return _report(done, provider, names, turns, DataDirectory(directory / "data"))


def _configure(directory: Path, provider: Provider, bot_url: str) -> Path:
    file = directory / "settings.toml"
    settings = {
        "secrets": provider.secrets,
        "bots": {"echo": {"url": bot_url, "tries": 20, "backoff_seconds": 0.1}},
        "channels": {
            CHANNEL: {"kind": "connector", "queue": "support", "bot": "echo", "connector": provider.connector}
        },
    }
    file.write_text(tomli_w.dumps(settings))
    return file


async def _write_all(provider: Provider, url: str, customer: str, turns: int, chance: random.Random) -> None:
    for turn in range(turns):
        while not await _is_taken(provider, url, customer, turn):  # noqa: ASYNC110 - only trying says that it serves
            await asyncio.sleep(_PAUSE)
        await asyncio.sleep(chance.uniform(0.0, 4 * _PAUSE))


async def _is_taken(provider: Provider, url: str, customer: str, turn: int) -> bool:
    try:
        return await provider.write(url, customer, f"{customer} {turn}", _text(turn)) in (200, 204)
    except (aiohttp.ClientError, OSError):
        return False


def _text(turn: int) -> str:
    return f"turn {turn}"


async def _until_all_is_known(directory: DataDirectory, answers: int) -> None:
    """Waits until the bot has answered everything, and nothing waits to be delivered."""
    async with asyncio.timeout(2 * PATIENCE):
        while await asyncio.to_thread(_is_unsettled, directory, answers):  # noqa: ASYNC110 - another process writes
            await asyncio.sleep(_PAUSE)


def _is_unsettled(directory: DataDirectory, answers: int) -> bool:
    with closing(SqliteJournal(directory.journal, read_only=True)) as journal:
        records = journal.read_all(0, 100_000)
    if sum(record.type == "MessagePosted" and record.actor == "bot:echo" for record in records) < answers:
        return True
    return bool(_count(directory, "state IN ('waiting', 'calling')")) or _count(directory, "1") < answers


def _count(directory: DataDirectory, condition: str) -> int:
    with closing(sqlite3.connect(f"file:{directory.deliveries}?mode=ro", uri=True)) as connection:
        query = "SELECT count(*) FROM deliveries WHERE " + condition  # noqa: S608 - the conditions are above
        (count,) = connection.execute(query).fetchone()
    return int(count)


def _report(
    kills: int, provider: Provider, customers: list[str], turns: int, directory: DataDirectory
) -> ChannelReport:
    expected = [f"You said: {_text(turn)}" for turn in range(turns)]
    counted = Counter(provider.texts)
    got = {name: [text for to, text in provider.texts if to == name] for name in customers}
    return ChannelReport(
        kills=kills,
        written=len(customers) * turns,
        sent=len(provider.texts),
        twice=[sent for sent, count in counted.items() if count > 1],
        missing=[(name, text) for name in customers for text in expected if text not in got[name]],
        out_of_order=[name for name in customers if got[name] != [text for text in expected if text in got[name]]],
        unknown=_count(directory, "state = 'parked'"),
    )
