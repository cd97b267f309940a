"""The scripts of the pages that need no page, tested in Node.js."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.node import node_program

_HERE = Path(__file__).parent
_PAGES = _HERE.parents[2] / "gateways" / "pages"


@pytest.fixture
def node_js() -> Path:
    return node_program()


@pytest.mark.parametrize("script", sorted(file.name for file in _HERE.glob("*.test.mjs")))
def test_the_script_s_own_tests_pass(node_js: Path, script: str) -> None:
    done = subprocess.run(
        [node_js, "--test", _HERE / script],
        env={**os.environ, "PAGES": str(_PAGES)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "pass 0" not in done.stdout
