"""The reference of the widget agrees with the code."""

import re
from pathlib import Path

import pytest

from tests.gateways.pages.widget_reference.page import FILE, declared, reference

_WIDGET = Path(__file__).parents[4] / "gateways" / "pages" / "widget"
_LOADER = (_WIDGET / "loader.js").read_text(encoding="utf-8")


@pytest.mark.node
def test_the_file_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == reference(), "run make widget-reference"


def test_the_commands_are_those_that_the_loader_has() -> None:
    api = _LOADER.partition("const api = {")[2].partition("\n  };")[0]
    assert re.findall(r"^    (\w+)\(", api, re.MULTILINE) == [member.name for member in declared("Commands")]


def test_the_events_are_those_that_are_emitted() -> None:
    emitted = set()
    for script in ("loader.js", "invitation.js", "page.js"):
        emitted |= set(re.findall(r'emit\("([\w.]+)"', (_WIDGET / script).read_text(encoding="utf-8")))
    assert emitted == {member.name for member in declared("Events")}


def test_the_options_are_those_that_the_loader_reads() -> None:
    of_channel = {"launcher", "invitation"}
    read = set(re.findall(r"options\??\.(\w+)", _LOADER)) - of_channel
    assert read == {member.name for member in declared("Options")}
