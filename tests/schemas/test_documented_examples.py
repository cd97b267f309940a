"""The documentation's examples of criteria and calendars behave as the documentation says."""

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from schemas.business_hours import BusinessHours
from schemas.configuration import Tables
from schemas.criteria import parse_criterion
from schemas.exceptions import CriterionError
from schemas.instants import parse_instant

DOCS = Path(__file__).parents[2] / "docs"


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (DOCS / page).read_text(), re.DOTALL | re.MULTILINE)


def tables(page: str) -> Tables:
    [block] = blocks(page, "toml")
    content: dict[str, Any] = tomllib.loads(block)
    return msgspec.convert(content, Tables)


def test_the_criteria_fit_the_attributes_and_widen() -> None:
    documented = tables("routing.md")
    types = {name: attribute.type for name, attribute in documented.attributes.items()}
    for step in documented.queues["sales"].steps:
        criterion = parse_criterion(step.criterion)
        assert criterion.misfits(types) == []
        assert criterion.admits(documented.agents["alice"].attributes)


def test_the_error_is_the_documented_one() -> None:
    [block] = blocks("routing.md", "text")
    with pytest.raises(CriterionError) as caught:
        parse_criterion(block.splitlines()[1])
    assert str(caught.value) == block.rstrip("\n")


def test_the_calendar_has_no_gap_at_midnight() -> None:
    hours = BusinessHours(tables("business-hours.md").calendars["vienna"])
    friday = parse_instant("2026-11-27T20:00:00Z")
    assert hours.is_open(friday)
    assert hours.next_change(friday) == parse_instant("2026-11-28T01:00:00Z")
    assert not hours.is_open(parse_instant("2026-12-31T10:00:00Z"))
