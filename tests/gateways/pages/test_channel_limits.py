"""The desk foresees in how many messages a text goes out over a channel."""

import json
import random
import subprocess
from pathlib import Path

import msgspec

from gateways.connectors.channels.rendering.cutting import cut
from schemas.capabilities import TextUnit
from tests.node import node_program

_LIMITS = Path(__file__).parents[3] / "gateways" / "pages" / "desk" / "state" / "channel-limits.js"
_SIGNS = "aaaaaaaaaéß€😀   \n"
_PROGRAM = """
const { partsOf } = await import(process.argv[1]);
const given = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(given.map(([text, channel]) => partsOf(text, channel))));
"""


def test_it_counts_the_messages_that_the_server_makes() -> None:
    chance = random.Random(1)
    units: list[TextUnit] = ["code_points", "utf16_units", "utf8_bytes"]
    texts = ["".join(chance.choices(_SIGNS, k=chance.randint(0, 200))) for _ in range(300)]
    tried = [(text, chance.randint(5, 60), chance.choice(units)) for text in texts]
    given = [(text, {"text_limit": limit, "text_unit": unit}) for text, limit, unit in tried]
    program = f"(async () => {{{_PROGRAM}}})()"
    command = [str(node_program()), "-e", program, str(_LIMITS)]
    done = subprocess.run(command, input=msgspec.json.encode(given), capture_output=True, check=True)
    assert json.loads(done.stdout) == [len(cut(text, limit, unit)) for text, limit, unit in tried]
