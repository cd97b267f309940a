"""Every report, rebuilt from zero, equals the figures computed apart from the journal, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from projections.reports import REPORTS
from projections.runner import Database
from projections.runner.database import sqlite_url
from tests.figures.compared import compare, projected
from tests.figures.comparing import Apart
from tests.figures.corpus import record_crowd, record_days
from tests.postgresql import PostgresqlServer

_BEGIN = datetime(2026, 10, 24, 12, tzinfo=UTC)
"""The begin of the days. In the following night clocks go back in Vienna."""

Corpus = tuple[Path, Apart, list[Database]]


@pytest.fixture(scope="module", params=["days", "crowd"])
def corpus(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgresql_server: PostgresqlServer
) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp(request.param)
    journal = folder / "journal.db"
    record: Callable[[], None] = {
        "days": lambda: record_days(journal, 1, 10_000, _BEGIN),
        "crowd": lambda: record_crowd(journal, 3, 4_000, _BEGIN),
    }[request.param]
    record()
    with projected(journal, sqlite_url(folder / "reports.db"), postgresql_server.make_database()) as databases:
        yield journal, Apart(journal), databases


@pytest.mark.parametrize("name", REPORTS)
def test_report_equals_the_figures_computed_apart(corpus: Corpus, name: str) -> None:
    journal, apart, databases = corpus
    compared = compare(journal, apart, name, databases)
    assert compared.differences[:20] == []
    assert compared.rows > 0
