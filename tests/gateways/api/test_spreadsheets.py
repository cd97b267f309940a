"""Cells that a spreadsheet could evaluate as formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.api.spreadsheets import quoted, unquoted


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "+",
        "-",
        "-1+1",
        "+1-1",
        "+1+cmd|'/C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "+44 20+A1",
        "+ 1",
        "- 1",
        "-1 ",
        "+1\n=1",
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


@pytest.mark.parametrize("cell", ["", "Ada", "1=1", "'Ave", "-1", "+1", "-007", "+44 20 7946 0958", "+442079460958"])
def test_text_and_numbers_are_not_quoted(cell: str) -> None:
    assert quoted(cell) == cell
    assert unquoted(cell) == cell


@given(st.text(alphabet="'=+-@\t\r 01aé\n") | st.text())
def test_a_quoted_cell_is_unquoted_to_the_original(cell: str) -> None:
    written = quoted(cell)
    assert unquoted(written) == cell
    assert written[:1] not in tuple("=@\t\r")
