"""Student's t against the tables, and intervals that contain the mean as often as promised."""

from random import Random

import pytest

from tests.theory.intervals import interval, student_t

COLUMNS = {0.95: {1: 12.706, 2: 4.303, 9: 2.262, 19: 2.093, 120: 1.980}, 0.99: {1: 63.657, 10: 3.169, 30: 2.750}}


@pytest.mark.parametrize(
    ("confidence", "freedom", "quantile"),
    [(confidence, freedom, value) for confidence, column in COLUMNS.items() for freedom, value in column.items()],
)
def test_students_t_agrees_with_the_tables(confidence: float, freedom: int, quantile: float) -> None:
    assert student_t(confidence, freedom) == pytest.approx(quantile, abs=0.0005)


def test_an_interval_agrees_with_the_textbook() -> None:
    found = interval([1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09], 0.90)
    assert found.mean == pytest.approx(1.34, abs=0.005)
    assert found.half_width == pytest.approx(0.24, abs=0.005)


def test_nineteen_of_twenty_intervals_hold_the_mean() -> None:
    random = Random(1)
    samples = [[random.gauss(7.0, 3.0) for _ in range(20)] for _ in range(2_000)]
    held = sum(interval(sample, 0.95).holds(7.0) for sample in samples)
    assert 1_870 <= held <= 1_930, "1,900, within three standard deviations"
