"""The page on inspection agrees with the API."""

import re
from pathlib import Path

import pytest

from gateways.application.application import API
from gateways.inspection.condition import Condition

_PAGE = (Path(__file__).parents[4] / "docs" / "inspection.md").read_text(encoding="utf-8")
_CONDITIONS = re.findall(r"^    ((?:type|actor|starts_with).*)$", _PAGE, re.MULTILINE)


@pytest.mark.parametrize("condition", _CONDITIONS)
def test_the_documented_conditions_are_valid(condition: str) -> None:
    Condition(condition)


def test_every_endpoint_is_documented() -> None:
    assert len(_CONDITIONS) == 3
    documented = {
        path.partition("?")[0].replace("agent-alice", "{stream}")
        for path in re.findall(r"(?:GET|POST|DELETE) (/\S+)", _PAGE)
    }
    assert documented == {endpoint.path for endpoint in API if endpoint.path.startswith("/inspect/")}
