"""The README's first five minutes, executed as they are written."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.crash.crashing_server import CrashingServer

_ROOT = Path(__file__).parent.parent


def test_the_first_five_minutes_work_as_written(tmp_path: Path) -> None:
    server = CrashingServer(tmp_path / "data", tmp_path / "server.log")
    server.start()
    try:
        server.wait_until_serving()
        tour = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", _tour(server.url, _texts_of(server))],
            cwd=tmp_path,
            env=os.environ | {"HYBRIDCHAT__SERVER__DATA_DIR": str(tmp_path / "data"), "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    finally:
        server.stop()

    assert tour.returncode == 0, tour.stdout + tour.stderr
    for expected in (
        '"status":"with_bot"',
        "Hello, Alice here. What can I do for you?",
        "the conversation ended",
        '"from": "hybridchat", "text": "Hello, I am the greeter.',
        '"target":"channel:texts"',
        "longest available",
        "/version: 2 → 3",
        '{"specversion":"1.0",',
        "The journal is whole",
        '"report":"queue-intervals"',
        "interval,agent_id,mrd,logged_in",
    ):
        assert expected in tour.stdout
    assert '"status":4' not in tour.stdout


def _texts_of(server: CrashingServer) -> str:
    """Where the service is, as the server has announced."""
    server.wait_for_output("Stop with Ctrl-C")
    (found,) = re.findall(r"Text messages +(\S+)/texts", server.output)
    return str(found)


def _tour(url: str, texts: str) -> str:
    """The indented commands of the section, with this server's address and that of its service for text messages."""
    readme = (_ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## The first five minutes")[2].partition("\n## ")[0]
    commands = "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))
    commands = commands.replace("http://127.0.0.1:8080", url).replace("http://127.0.0.1:8081", texts)
    commands = commands.replace(".venv/bin/hybridchat", f"{sys.executable} -m gateways.command_line")
    return re.sub(r"play (\S+)", rf"play {_ROOT}/\1 --url {url}", commands)
