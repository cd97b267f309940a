"""Cells that a spreadsheet could evaluate as formulas, or change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.api.spreadsheets import quoted, unquoted


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "@SUM(A1)",
        "+",
        "-",
        "-1+1",
        "+1-1",
        "+43-1-234",
        "+1+cmd|'/C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        " =1+1",
        '"=1+1',
        "\u00a0=1+1",
        "＝1+1",  # noqa: RUF001 # full-width signs are what is tested
        "＠SUM(A1)",  # noqa: RUF001
        "+44 20+A1",
        "+ 1",
        "- 1",
        "-1 ",
        "+\u0661",
        "-A1",
        "+A1",
        '=HYPERLINK("x")',
        "'=1",
        "''+1",
        "'+44 20 7946 0958",
    ],
)
def test_a_formula_is_quoted(cell: str) -> None:
    assert quoted(cell) == f"'{cell}"
    assert unquoted(quoted(cell)) == cell


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("x;=1+1;y", "x;'=1+1;y"),
        ("x,@SUM(A1)", "x,'@SUM(A1)"),
        ("x\t=1", "x\t'=1"),
        ("x\n=1", "x\n'=1"),
        ('x; "=1', "x;' \"=1"),
        ("+1\n=1", "+1\n'=1"),
        ("\t=1", "'\t'=1"),
        ("\rx", "'\rx"),
        ("x;-1", "x;-1"),
    ],
)
def test_a_formula_that_another_delimiter_would_make_a_cell_is_quoted_within_the_text(cell: str, written: str) -> None:
    assert quoted(cell) == written
    assert unquoted(written) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "007",
        "-007",
        "0664123456",
        "1.50",
        "1234567890123456",
        "1e5",
        "1-2",
        "3/4",
        "1:30 pm",
        "2026-11-22",
        "50%",
        "'007",
    ],
)
def test_text_that_a_spreadsheet_would_change_is_quoted(cell: str) -> None:
    assert quoted(cell) == f"'{cell}"
    assert unquoted(quoted(cell)) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "Ada",
        "1=1",
        "'Ave",
        "'t Hooft",
        "-1",
        "+1",
        "0",
        "-7.25",
        "c-1906",
        "4b",
        "+44 20 7946 0958",
        "+442079460958",
    ],
)
def test_text_and_numbers_are_not_quoted(cell: str) -> None:
    assert quoted(cell) == cell
    assert unquoted(cell) == cell


@given(st.text(alphabet="'=+-@\t\r 01aé\n;,\"＝") | st.text())  # noqa: RUF001 # a full-width sign is meant
def test_a_quoted_cell_is_unquoted_to_the_original(cell: str) -> None:
    written = quoted(cell)
    assert unquoted(written) == cell
    assert written[:1] not in tuple("=@\t\r\n")
