"""The pages in docs/tables agree with the tables, and their examples run."""

from typing import Any

import pytest

from projections.all import PROJECTIONS
from projections.runner import Database, Table
from projections.runner.columns import columns_of
from tests.projections.tables.pages import FOLDER, pages

TABLES = [table for projection in PROJECTIONS for table in projection.tables if not table.internal]


def test_the_pages_are_up_to_date() -> None:
    assert {page.name: page.read_text() for page in FOLDER.glob("*.md")} == pages(), "run make tables"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_explained(table: Table[Any]) -> None:
    assert table.grain.endswith(".")
    assert [column.name for column in columns_of(table.row) if not column.description.endswith(".")] == []
    assert [span.name for span in table.spans if not span.description.endswith(".")] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_example_runs(table: Table[Any], played_database: Database) -> None:
    """The example runs over some hours of a contact centre in which every kind of event happened."""
    with played_database.reading() as connection:
        assert connection.exec_driver_sql(table.example).all()
