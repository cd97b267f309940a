"""Ids: their form, their order, and derived ids."""

import uuid

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.identifiers import (
    MAX_EVENTS_A_COMMAND,
    ConfiguredName,
    Id,
    command_id,
    derived_id,
    event_id,
    new_id,
    uuid7,
)
from tests.examples import identifier

TIMES = st.integers(0, 2**48 - 1)
RANDOMNESS = st.integers(0, 2**74 - 1)


@given(TIMES, RANDOMNESS)
def test_uuid7_has_the_form_of_the_standard(milliseconds: int, randomness: int) -> None:
    text = uuid7(milliseconds, randomness)
    parsed = uuid.UUID(text)
    assert str(parsed) == text
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert parsed.int >> 80 == milliseconds
    assert msgspec.convert(text, Id) == text


@given(TIMES, RANDOMNESS, TIMES, RANDOMNESS)
def test_uuid7_keeps_the_order_of_time_and_loses_no_randomness(
    time: int, randomness: int, other_time: int, other_randomness: int
) -> None:
    one, other = (time, randomness), (other_time, other_randomness)
    assert (uuid7(*one) < uuid7(*other)) == (one < other)
    assert (uuid7(*one) == uuid7(*other)) == (one == other)


def test_uuid7_of_the_standards_example() -> None:
    assert uuid7(0x017F22E279B0, (0xCC3 << 62) | 0x18C4DC0C0C07398F) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_new_ids_differ() -> None:
    assert len({new_id() for _ in range(1_000)}) == 1_000


class TestIdsOfEvents:
    def test_carry_the_commands_id_and_a_number(self) -> None:
        command = command_id(identifier(7))
        assert command.endswith("0000")
        assert event_id(command, 1) == command[:-4] + "0001"
        assert event_id(command, MAX_EVENTS_A_COMMAND) == command[:-4] + "ffff"

    @given(RANDOMNESS, st.integers(1, MAX_EVENTS_A_COMMAND))
    def test_are_uuids_too(self, randomness: int, number: int) -> None:
        text = event_id(command_id(uuid7(0, randomness)), number)
        assert uuid.UUID(text).version == 7
        assert msgspec.convert(text, Id) == text


class TestDerivedIds:
    def test_never_change(self) -> None:
        assert derived_id(identifier(1), "agent_logout") == "01a202b2-c500-7468-b38d-338b85f5d509"

    @given(RANDOMNESS, st.text())
    def test_are_the_same_for_the_same(self, randomness: int, label: str) -> None:
        source = uuid7(5, randomness)
        derived = derived_id(source, label)
        assert derived == derived_id(source, label)
        assert derived != source
        assert uuid.UUID(derived).version == 7
        assert uuid.UUID(derived).int >> 80 == 5

    def test_differ_by_source_and_label(self) -> None:
        derived = {derived_id(identifier(number), label) for number in range(10) for label in ("", "a", "b")}
        assert len(derived) == 30

    def test_are_derived_from_any_uuid(self) -> None:
        assert uuid.UUID(derived_id("6fa459ea-ee8a-4ca4-894e-db77e160355e", "x")).version == 7


@pytest.mark.parametrize(
    "text", ["", "x", identifier(1).upper(), identifier(1)[:-1], identifier(1) + "0", identifier(1).replace("-", "")]
)
def test_ids_are_lower_case_uuids(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, Id)


@pytest.mark.parametrize("text", ["", "A", "-a", "a b", "a/b", "a" * 65, "ä"])
def test_configured_names_are_plain(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, ConfiguredName)


@pytest.mark.parametrize("text", ["\n", "a\n", identifier(1) + "\n"])
@pytest.mark.parametrize("kind", [Id, ConfiguredName])
def test_names_and_ids_end_where_they_end(kind: type[str], text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, kind)
