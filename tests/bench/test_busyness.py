"""How busy each side was is measured by what its processes used, and no ratio is told to a baseline that waited."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.busyness import measured_busyness
from tests.bench.http_load import Load
from tests.bench.message_path import summarise
from tests.bench.servers import ServedProcess

_BUSY_CHILD = """
import subprocess, sys, time
if len(sys.argv) < 2:
    worked = subprocess.Popen([sys.executable, __file__, "0.2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    worked.stdout.readline()
else:
    while time.process_time() < float(sys.argv[1]):
        pass
print("worked", flush=True)
sys.stdin.read()
"""


def test_a_server_has_used_what_its_process_and_those_beside_it_have_used(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(_BUSY_CHILD)
    with subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        used = ServedProcess(process.pid, "127.0.0.1", 0).cpu_seconds()
        process.communicate()
    assert used >= 0.2


def test_a_server_that_waits_is_idle_however_busy_its_client_is() -> None:
    with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE) as process:
        with measured_busyness(ServedProcess(process.pid, "127.0.0.1", 0)) as busyness:
            begun = os.times().user
            while os.times().user - begun < 0.3:
                pass
        process.communicate()
    assert busyness.client > busyness.server


def test_a_ratio_is_told_when_neither_server_had_time_left() -> None:
    figures = summarise([(_load(30_000, server_busy=0.99), _load(10_000, server_busy=0.98))])
    assert figures["ratio"] == 0.333
    assert (figures["baseline_server_busy"], figures["ours_server_busy"]) == (0.99, 0.98)


@pytest.mark.parametrize(("echo_busy", "ours_busy"), [(0.66, 0.99), (0.99, 0.66)])
def test_no_ratio_is_told_when_a_server_waited_for_the_client(echo_busy: float, ours_busy: float) -> None:
    figures = summarise([(_load(17_800, server_busy=echo_busy), _load(11_300, server_busy=ours_busy))])
    assert "ratio" not in figures
    assert figures["ours_per_s"] == 11_300
    assert figures["baseline_client_busy"] == 1.0


def _load(per_second: float, server_busy: float) -> Load:
    return Load(per_second, [0.001, 0.002], 0, server_busy=server_busy, client_busy=1.0)
