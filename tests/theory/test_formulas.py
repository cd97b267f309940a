"""The formulas against published values, against the chain they solve, and against each other at their limits."""

import pytest

from tests.theory.formulas import Figures, erlang_a, erlang_b, erlang_c


@pytest.mark.parametrize(
    ("agents", "offered"), [(1, 0.0101), (2, 0.153), (5, 1.36), (10, 4.46), (20, 12.03), (50, 37.90)]
)
def test_erlang_b_agrees_with_the_tables(agents: int, offered: float) -> None:
    """The column of 1 % of the common traffic tables."""
    assert erlang_b(agents, offered) == pytest.approx(0.01, abs=0.00005)


def test_erlang_c_agrees_with_the_textbook() -> None:
    """The closed forms for one agent and for two; ten Erlang before fourteen agents, the example that call centres
    know."""
    assert erlang_c(1, 0.8).waiting == pytest.approx(0.8)
    assert erlang_c(1, 0.8).mean_wait == pytest.approx(4.0)
    assert erlang_c(2, 1.6).waiting == pytest.approx(2 * 0.8**2 / 1.8)
    assert erlang_c(14, 10).waiting == pytest.approx(0.174, abs=0.0005)


def test_erlang_a_agrees_with_garnett_mandelbaum_and_reiman() -> None:
    """The source is Designing a Call Center with Impatient Customers (2002): 50 agents, 48 calls a minute of one
    minute each."""
    patient_for_two_minutes, endlessly = erlang_a(50, 48, 2), erlang_c(50, 48)
    assert patient_for_two_minutes.abandoned == pytest.approx(0.031, abs=0.0005)
    assert patient_for_two_minutes.mean_wait * 60 == pytest.approx(3.7, abs=0.05)
    assert endlessly.mean_wait * 60 == pytest.approx(20.8, abs=0.05)


def test_more_work_than_agents_needs_customers_who_give_up() -> None:
    assert erlang_a(5, 6, 1).abandoned > 1 - 5 / 6
    with pytest.raises(ValueError, match="without end"):
        erlang_c(5, 5)


@pytest.mark.parametrize("agents", [1, 2, 5, 20])
@pytest.mark.parametrize("rho", [0.5, 0.9, 1.2])
@pytest.mark.parametrize("patience", [0.5, 1.0, 3.0])
def test_erlang_a_solves_its_chain(agents: int, rho: float, patience: float) -> None:
    assert erlang_a(agents, agents * rho, patience) == pytest.approx(by_chain(agents, agents * rho, patience), rel=1e-9)


@pytest.mark.parametrize("agents", [1, 2, 5, 20])
@pytest.mark.parametrize("rho", [0.5, 0.8, 0.9])
def test_erlang_a_of_endless_patience_is_erlang_c(agents: int, rho: float) -> None:
    patient, endlessly = erlang_a(agents, agents * rho, 1e6), erlang_c(agents, agents * rho)
    assert patient == pytest.approx(endlessly, rel=1e-3, abs=1e-4)


@pytest.mark.parametrize("agents", [1, 2, 5, 20])
@pytest.mark.parametrize("rho", [0.5, 0.9, 1.2])
def test_erlang_a_of_no_patience_is_erlang_b(agents: int, rho: float) -> None:
    impatient, blocked = erlang_a(agents, agents * rho, 1e-7), erlang_b(agents, agents * rho)
    assert impatient == pytest.approx((blocked, 0.0, blocked), rel=1e-4, abs=1e-6)


def by_chain(agents: int, offered: float, patience: float, states: int = 2_000) -> Figures:
    """The same figures from the balance of the birth-and-death chain: in state k, k customers are in the centre."""
    weights = [1.0]
    for number in range(1, states):
        leaving = min(number, agents) + max(number - agents, 0) / patience
        weights.append(weights[-1] * offered / leaving)
    total = sum(weights)
    in_line = sum((number - agents) * weight for number, weight in enumerate(weights) if number > agents) / total
    return Figures(sum(weights[agents:]) / total, in_line / offered, in_line / patience / offered)
