"""The one writer of CSV files."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from gateways.api.csv_file import COMMA, FORMS, Cell, CsvForm, csv_head, csv_lines
from gateways.api.spreadsheets import unquoted


def test_each_form_has_its_delimiter_and_decimal_mark() -> None:
    row: list[Cell] = [
        "Ada",
        12.5,
        7,
        None,
        datetime(2026, 11, 22, 9, 30, 5, 250_000, tzinfo=ZoneInfo("Europe/Vienna")),
    ]
    assert {name: csv_lines([row], form) for name, form in FORMS.items()} == {
        "comma": "Ada,12.5,7,,2026-11-22 09:30:05\r\n",
        "semicolon": "Ada;12,5;7;;2026-11-22 09:30:05\r\n",
        "tab": "Ada\t12.5\t7\t\t2026-11-22 09:30:05\r\n",
    }


def test_short_durations_are_no_powers_of_ten() -> None:
    assert csv_lines([[0.000001, 0.0, 100.0, 1e9]], COMMA) == "0.000001,0,100,1000000000\r\n"


def test_a_file_begins_with_the_mark_of_utf_8() -> None:
    assert csv_head(["agent_id", "mrd"], COMMA) == "\ufeffagent_id,mrd\r\n"


@given(st.lists(st.text(), min_size=2), st.sampled_from(list(FORMS.values())))
def test_text_of_any_kind_is_read_as_it_was(cells: list[str], form: CsvForm) -> None:
    text = io.StringIO(csv_lines([cells], form), newline="")
    (read,) = csv.reader(text, delimiter=form.delimiter, strict=True)
    assert list(map(unquoted, read)) == cells
